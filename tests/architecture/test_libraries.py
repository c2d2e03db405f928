"""Each library stays in its room."""

from __future__ import annotations

import pytest

from tests.architecture.sources import Source, our_sources

ROOMS = {
    "PySide6": ("ui",),
    "shiboken6": ("ui",),
    "requests": (
        "backend_client",
        "backend.flows.adapters",
        "backend.rest.hub_adapter",
        "backend.lab.server_adapter",
    ),
    "sqlalchemy": ("app.store", "backend"),
    "sqlcipher3": ("app.store",),
    "keyring": ("app.store.keychain",),
    "reportlab": ("letters",),
    "fastapi": ("backend",),
    "starlette": ("backend",),
    "procrastinate": ("backend",),
    "psycopg": ("backend",),
    "pysat": ("backend.product_rules",),
}


def inside(source: Source, rooms: tuple[str, ...]) -> bool:
    return any(source.module == room or source.module.startswith(f"{room}.") for room in rooms)


@pytest.mark.parametrize("library", sorted(ROOMS))
def test_a_library_is_used_only_in_its_room(library: str) -> None:
    assert [
        source.path
        for source in our_sources()
        if any(name.split(".")[0] == library for name in source.imports())
        and not inside(source, ROOMS[library])
    ] == []


def test_product_rules_import_nothing_of_ours() -> None:
    ours = ("app", "ui", "backend", "backend_client", "letters", "resources")
    assert [
        f"{source.path}: {name}"
        for source in our_sources()
        if inside(source, ("backend.product_rules",))
        for name in source.imports()
        if name.split(".")[0] in ours and not name.startswith("backend.product_rules")
    ] == []


def test_one_noun_reaches_another_only_through_its_rules() -> None:
    """On the server `records` and `schemas` and `routes` of a noun are its own."""
    own_only = {"records", "routes", "schemas"}
    nouns = {
        source.module.split(".")[1]
        for source in our_sources()
        if source.module.startswith("backend.") and source.module.endswith(".rules")
    }
    assert [
        f"{source.path} imports {name}"
        for source in our_sources()
        if source.module.startswith("backend.") and source.module.count(".") >= 2
        for name in source.imports()
        if name.startswith("backend.")
        and len(name.split(".")) == 3
        and name.split(".")[2] in own_only
        and name.split(".")[1] in nouns
        and name.split(".")[1] != source.module.split(".")[1]
    ] == []
