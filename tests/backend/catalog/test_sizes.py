"""A catalogue that would fill the memory is refused before it is read."""

from __future__ import annotations

from typing import Any

import pytest

from backend.catalog.loading import demo_tables
from backend.catalog.sizes import oversized


def offers(count: int, most: int = 1) -> list[dict[str, Any]]:
    return [{"code": f"A{number}", "max": most} for number in range(count)]


def tower(height: int) -> dict[str, list[str]]:
    """Groups, each inside the next."""
    return {f"G{number}": [f"G{number + 1}"] for number in range(height)}


def test_the_demo_is_not_too_large() -> None:
    assert oversized(demo_tables()[0]) is None


@pytest.mark.parametrize(
    ("catalogue", "where"),
    [
        ({"offers": offers(20_001)}, "offers"),
        ({"offers": offers(51, most=10_000)}, "offers"),
        ({"offers": offers(9), "groups": tower(60)}, "groups"),
        (
            {
                "offers": offers(3_000),
                "groups": {"ALL": [f"A{number}" for number in range(3_000)]},
                "rules": [{"lhs": "ALL", "rhs": [["ALL"], 1], "when": [["sel", "ALL"]]}] * 300,
            },
            "rules",
        ),
    ],
)
def test_what_is_too_large_is_told(catalogue: dict[str, Any], where: str) -> None:
    fault = oversized(catalogue)
    assert fault is not None
    assert fault.where == where


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {"offers": 3, "groups": [], "rules": {}},
        {"offers": [3, {"max": 10**9}], "groups": {"G": "H"}, "rules": [3, {"when": [3, []]}]},
        {"offers": offers(2), "groups": {"G": ["H", 3], "H": ["G"]}, "rules": [{"rhs": []}]},
    ],
)
def test_what_is_no_catalogue_is_left_to_its_reader(document: object) -> None:
    assert oversized(document) is None
