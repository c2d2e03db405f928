"""Values of a JSON text are found where they stand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog import places

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=20,
)


def paths(tree: Any, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [above]
    pairs: Any = ()
    if isinstance(tree, dict):
        pairs = tree.items()
    elif isinstance(tree, list):
        pairs = enumerate(tree)
    for name, inner in pairs:
        found += paths(inner, (*above, name))
    return found


@given(TREES, st.sampled_from([None, 1, 3]))
def test_each_value_is_cut_out_as_it_is_written(tree: Any, indent: int | None) -> None:
    text = json.dumps(tree, indent=indent)
    for path in paths(tree):
        wanted = tree
        for step in path:
            wanted = wanted[step]
        cut = places.cut_out(text, path)
        assert cut is not None
        assert json.loads(cut[0]) == wanted
        first = cut[0].splitlines()[0]
        assert first in text.split("\n")[cut[1] - 1]


@pytest.mark.parametrize("path", [("c",), ("a", 7), ("a", "b"), ("b", "x")])
def test_what_is_not_there_is_not_found(path: tuple[str | int, ...]) -> None:
    assert places.line('{"a": [1, 2], "b": 3}', path) is None


def test_of_two_members_with_one_name_the_last_counts() -> None:
    assert places.line('{"a": 1,\n"a": 2}', ("a",)) == 2
