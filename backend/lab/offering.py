"""Tries a catalogue on cases: what may be offered in each, and why the rest may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from backend.lab.files import Case
from backend.product_rules import Catalogue, Engine


def offered(catalogue: Catalogue, cases: Iterable[Case]) -> Iterator[dict[str, Any]]:
    """For each case `{"offerable": [codes], "hidden": {code: [ids of a minimal set of rules]}}`.

    The list is empty where the offer's own quantity limit alone stops it. Raises LabFault for
    facts, offers or quantities the catalogue does not know.
    """
    engine = Engine(catalogue)
    for case in cases:
        try:
            answer = engine.answer(case.facts, case.picks)
            reasons = engine.reasons_of(case.facts, case.picks, answer.hidden)
        except (ValueError, TypeError) as error:
            raise case.fault(error) from None
        hidden = {code: list(rules) for code, rules in reasons.items()}
        yield {"offerable": list(answer.offerable), "hidden": hidden}
