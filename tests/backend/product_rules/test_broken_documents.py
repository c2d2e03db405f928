"""Whatever is wrong with a catalogue's text: it is read, or every fault is named, nothing else."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest

from backend.product_rules import BadCatalogue, read_catalogue, read_catalogue_text
from tests.backend.product_rules.small_catalogues import document

ODD: tuple[Any, ...] = (
    None, True, -1, 10**12, 0.5, -1e300, "", " ", "M01", "MOBLINE", "ctx", "==", "\ud800",
    [], {}, [[]], [None], ["sel"], ["sel", 3], ["ctx", "segment", []], ["ctx", [], [1]],
    {"code": "M01"}, {"id": []}, ["M01", "M01"], ["MOBLINE", 0], [["M01"], "2"],
)  # fmt: skip
BITS = ('"', "{", "}", "[" * 2_000, ",", "1e99999999999999999999", "NaN", "0x", "\x00", "\ud800")


def read_or_refuse(text: str) -> bool:
    """Whether it is a catalogue; whatever is wrong with it is named."""
    try:
        read_catalogue_text(text)
    except BadCatalogue as bad:
        faults = bad.faults
    else:
        return True
    assert faults
    assert all(fault.where and fault.text for fault in faults)
    return False


def change(source: Any, chance: random.Random) -> None:
    """Somewhere in the document something is replaced, left out, or written twice."""
    here = source
    while True:
        key = chance.choice(list(here) if isinstance(here, dict) else range(len(here)))
        deeper = here[key]
        if isinstance(deeper, (dict, list)) and deeper and chance.random() < 0.8:  # mostly far down
            here = deeper
            continue
        what = chance.choice(["replace", "replace", "leave out", "twice"])
        if what == "replace":
            here[key] = chance.choice(ODD)
        elif what == "leave out":
            del here[key]
        elif isinstance(here, list):
            here.append(deeper)
        else:
            here[f"{key} "] = deeper
        return


def judge(document: dict[str, Any], text: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # examples, no secrets
    spoilt = copy.deepcopy(document)
    for _ in range(chance.randint(1, 3)):
        change(spoilt, chance)
    read_or_refuse(json.dumps(spoilt, indent=1))
    begin = chance.randrange(len(text))
    end = begin + chance.choice([0, 1, 1, chance.randrange(200)])
    read_or_refuse(text[:begin] + '"{' + text[end:])
    read_or_refuse(text[:begin] + chance.choice(BITS) + text[end:])


def test_whatever_is_wrong_is_refused_with_its_faults(
    demo_document: dict[str, Any], demo_text: str
) -> None:
    for seed in range(60):
        judge(demo_document, demo_text, seed)


@pytest.mark.long
def test_thousands_of_wrong_catalogues_are_refused_with_their_faults(
    demo_document: dict[str, Any], demo_text: str
) -> None:
    for seed in range(5_000):
        judge(demo_document, demo_text, 1_000 + seed)


def test_a_number_beyond_all_numbers_is_no_amount() -> None:
    plain = json.dumps(document([], {"A": 1}))
    whole = plain.replace('"oneoff": ', '"oneoff": 1e9999999999999999999, "note": ')
    assert not read_or_refuse(whole)


def test_groups_nested_without_end_are_a_fault() -> None:
    groups = {f"G{n}": [f"G{n + 1}"] for n in range(3_000)} | {"G3000": ["A"]}
    with pytest.raises(BadCatalogue, match="G0: groups are nested deeper than"):
        read_catalogue(document([], {"A": 1}, groups))
