"""The PDF itself: golden letters, same bytes, hostile names, what it carries inside."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters import Letter, Recipient, Row, render, render_many
from letters.typeface import typeface
from tests.letters.samples import KINDS, PAPER, sample
from tests.letters.seen import expected, golden, reader, text_on_pages

HOSTILE = (
    "Jens <b Olsen",
    '<img src="file:///etc/passwd">',
    '<a href="https://example.com">x</a>',
    "<para><font color=[[[x for x in ()]]]>",
    "Robert (x) \\ Tj ET",
    "&amp;&#60;",
    "{customer.number} **strong**",
    "O'Neill %s %n {0} ${PATH}",
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_looks_as_it_did_when_it_was_last_approved(kind: str) -> None:
    assert expected(kind) == golden(kind).read_text("utf-8"), (
        "The letter changed. Look at it, then renew with: python -m tests.letters.seen"
    )


@pytest.mark.parametrize("kind", PAPER)
def test_the_same_letter_gives_the_same_bytes(kind: str) -> None:
    assert render(sample(kind)) == render(sample(kind))


def test_letters_made_at_once_in_many_threads_are_the_same_as_alone() -> None:
    letters = [replace(sample(kind), number=f"KL-{n}") for n in range(6) for kind in PAPER]
    alone = [sha256(pdf).digest() for pdf in render_many(letters)]
    with ThreadPoolExecutor(6) as threads:
        together = [sha256(pdf).digest() for pdf in threads.map(render, letters)]
    assert together == alone


def test_the_document_names_itself_its_sender_and_its_language() -> None:
    document = reader(render(sample("LT01")))
    root: Any = document.root_object
    assert document.metadata is not None
    assert document.metadata.title == "Order confirmation, KL-0301177-9"
    assert document.metadata.author == "Kestrelfjord Telecom"
    assert root["/Lang"] == "en-GB"
    assert [round(edge) for edge in document.pages[0].mediabox] == [0, 0, 595, 842]


def test_only_the_typeface_is_used_and_it_is_embedded() -> None:
    pages: Any = reader(render(sample("LT01"))).pages
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            assert "SourceSansPro" in font["/BaseFont"]
            assert "/FontFile2" in font["/FontDescriptor"]


def nodes(node: Any) -> Iterator[Any]:
    yield node
    for kid in node.get("/K", []):
        if "/S" in kid.get_object():
            yield from nodes(kid.get_object())


def test_a_screen_reader_finds_a_heading_paragraphs_and_tables_in_order() -> None:
    root: Any = reader(render(sample("LT01"))).root_object
    assert root["/MarkInfo"]["/Marked"]
    roles = [node["/S"] for node in nodes(root["/StructTreeRoot"]["/K"][0])]
    assert roles[:5] == ["/Document", "/P", "/P", "/P", "/H1"]
    assert roles.count("/Table") == 2
    assert roles.count("/TR") * 2 == roles.count("/TD")


def test_every_mark_on_every_page_belongs_to_one_element() -> None:
    document = reader(render(sample("LT02")))
    root: Any = document.root_object
    parents = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    pages: Any = document.pages
    for number, page in enumerate(pages):
        assert page["/StructParents"] == parents[2 * number] == number
        marks = page.get_contents().get_data().count(b"/MCID")
        assert len(parents[2 * number + 1]) == marks


def hostile(text: str) -> Letter:
    letter = sample("LT01")
    return replace(
        letter,
        recipient=Recipient(text, (text,)),
        fields={**letter.fields, "customer.name": text},
        rows={**letter.rows, "items": (Row(text, text),)},
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_prints_literally_and_links_nowhere(text: str) -> None:
    document = render(hostile(text))
    assert f"Dear {text}," in text_on_pages(document)[0]
    pages: Any = reader(document).pages
    for page in pages:
        assert "/Annots" not in page
        assert "/XObject" not in page["/Resources"]


@given(st.text(max_size=300).filter(str.strip))
@settings(max_examples=60, deadline=None)
def test_any_text_at_all_becomes_a_letter_that_says_it(text: str) -> None:
    printed = "".join(typeface().para(text).replace("\u00a0", " ").split())
    pages = "".join("".join(page.split()) for page in text_on_pages(render(hostile(text))))
    assert f"Dear{printed}," in pages


def test_making_a_letter_opens_no_file_and_no_connection() -> None:
    letters = [hostile(text) for text in HOSTILE]
    render(letters[0])
    opened: list[str] = []
    watching = True

    def watch(event: str, args: tuple[object, ...]) -> None:
        if watching and event in {"open", "socket.connect", "socket.getaddrinfo", "urllib.Request"}:
            opened.append(f"{event} {args[0]!r}")

    sys.addaudithook(watch)
    list(render_many(letters))
    watching = False
    assert opened == []
