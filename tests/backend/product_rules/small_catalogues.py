"""Random small catalogues with facts and picks, for the oracle to judge."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from backend.product_rules.catalogue import Fact

FACTS: dict[str, Fact] = {"segment": "RES", "fibre": 1}
CONTEXT: dict[str, list[Any]] = {"segment": ["RES", "BUS"], "fibre": [0, 1]}
GROUPS: dict[str, list[str]] = {"LINES": ["A", "B"], "EXTRAS": ["C", "LINES"]}


def offer(code: str, most: int) -> dict[str, Any]:
    return {
        "code": code,
        "name": f"Offer {code}",
        "family": "Any",
        "kind": "line",
        "monthly": 1,
        "oneoff": 0,
        "term": 1,
        "max": most,
    }


def document(
    rules: list[dict[str, Any]], most: dict[str, int], groups: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A catalogue of these offers; rules get ids and texts of their own."""
    return {
        "context": CONTEXT,
        "offers": [offer(code, limit) for code, limit in most.items()],
        "groups": groups or {},
        "rules": [
            {"id": f"R{place}", "kind": "test", "msg": f"Rule {place}.", **rule}
            for place, rule in enumerate(rules, start=1)
        ],
    }


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], dict[str, int]]:
    """A catalogue of three to five offers, facts, and picks that may already be too many."""
    codes = "ABCDE"[: draw(st.integers(3, 5))]
    most = {code: draw(st.integers(0 if code == "E" else 1, 4)) for code in codes}
    names = st.one_of(
        st.sampled_from(sorted(GROUPS)),
        st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True),
    )
    condition = st.one_of(
        st.tuples(st.just("ctx"), st.just("segment"), st.sampled_from([["RES"], ["BUS"]])),
        st.tuples(st.just("ctx"), st.just("fibre"), st.sampled_from([[0], [1], [0, 1]])),
        st.tuples(st.just("sel"), names),
        st.tuples(st.just("sel"), names),
    )
    rule = st.fixed_dictionaries(
        {
            "when": st.lists(condition, max_size=2),
            "lhs": names,
            "op": st.sampled_from(["==", "<=", ">="]),
            "k": st.sampled_from([0, 0, 1, 1, 2, 3, -1]),
            "rhs": st.one_of(st.none(), st.tuples(names, st.integers(1, 3))),
        }
    )
    rules = draw(st.lists(rule, max_size=7))
    facts = {key: draw(st.sampled_from(values)) for key, values in CONTEXT.items()}
    chosen = st.dictionaries(st.sampled_from(codes), st.integers(0, 2), max_size=2)
    picks: dict[str, int] = draw(chosen)
    return document(rules, most, GROUPS), facts, picks
