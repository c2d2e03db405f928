"""Writes the map of folders into docs/ARCHITECTURE.md, from each package's first line."""

from __future__ import annotations

import ast

from tests.architecture.sources import PACKAGES, ROOT, all_sources

PAGE = ROOT / "docs" / "ARCHITECTURE.md"
BEGIN, END = "<!-- map -->", "<!-- end of map -->"


def folder_map() -> str:
    """One row for each package of ours, in order."""
    rows = ["| Folder | What |", "|--|--|"]
    for source in sorted(all_sources(), key=lambda each: each.path):
        folder, _, name = source.path.rpartition("/")
        if name == "__init__.py" and folder.split("/")[0] in PACKAGES:
            first = (ast.get_docstring(source.tree) or "").split("\n")[0]
            rows.append(f"| `{folder}` | {first} |")
    return "\n".join(rows)


def written() -> str:
    """The map as it stands on the page."""
    text = PAGE.read_text(encoding="utf-8")
    return text.partition(BEGIN)[2].partition(END)[0].strip()


def write() -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{folder_map()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    write()
