"""The structure tree of a tagged PDF (ISO 32000-1, 14.7): what a screen reader follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from letters.flow import Element
from letters.frame import ARTIFACT

Mark = tuple[int, int]


class _Written(pdfdoc.PDFObject):
    """An object whose text is known once every object has its number."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.text = ""

    def format(self, document: object) -> bytes:
        del document
        return self.text.encode("ascii")


def document_of(canvas: Canvas) -> Any:
    """The document behind a canvas; reportlab has no public way to it."""
    return canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001 - as said above


class Structure:
    """Marks what is drawn page by page, then writes the tree that names the marks."""

    def __init__(self, canvas: Canvas, elements: Sequence[Element]) -> None:
        self._document = document_of(canvas)
        self._elements = elements
        self._marks: list[list[Mark]] = [[] for _ in elements]
        self._on_page: list[list[int]] = [[]]

    def open(self, element: int) -> str:
        """The operator that begins content of `element`; the page's next mark."""
        if element == ARTIFACT:
            return "/Artifact BMC"
        marks = self._on_page[-1]
        self._marks[element].append((len(self._on_page) - 1, len(marks)))
        marks.append(element)
        return f"/{self._elements[element].role} <</MCID {len(marks) - 1}>> BDC"

    def close_page(self) -> None:
        """Tie the page that was just shown to its marks."""
        page = self._document.Pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._on_page) - 1
        page.Tabs = pdfdoc.PDFName("S")
        self._on_page.append([])

    def finish(self) -> None:
        """Write the tree into the document."""
        document = self._document
        root = _Written()
        nodes = [_Written() for _ in self._elements]
        root_name = _name(document, root)
        names = [_name(document, node) for node in nodes]
        pages = [_name(document, page) for page in document.Pages.pages]
        kids: list[list[str]] = [[] for _ in nodes]
        for index, element in enumerate(self._elements):
            if element.parent >= 0:
                kids[element.parent].append(names[index])
            kids[index] += [
                f"<</Type /MCR /Pg {pages[page]} /MCID {mark}>>"
                for page, mark in self._marks[index]
            ]
        for node, element, own in zip(nodes, self._elements, kids, strict=True):
            parent = names[element.parent] if element.parent >= 0 else root_name
            node.text = f"<</Type /StructElem /S /{element.role} /P {parent} /K [{' '.join(own)}]>>"
        parents = " ".join(
            f"{index} [{' '.join(names[element] for element in marks)}]"
            for index, marks in enumerate(self._on_page[:-1])
        )
        root.text = (
            f"<</Type /StructTreeRoot /K [{names[0]}] "
            f"/ParentTree <</Nums [{parents}]>> /ParentTreeNextKey {len(self._on_page) - 1}>>"
        )
        document.Catalog.StructTreeRoot = root
        document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})


def _name(document: Any, part: object) -> str:
    """`12 0 R`: how other objects refer to this one."""
    return str(document.Reference(part).format(document), "ascii")
