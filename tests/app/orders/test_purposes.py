"""Orders that do something with what is there are called and spoken of by what they do."""

from __future__ import annotations

from typing import Any

import pytest

from app.orders.records import Film
from tests.support import edda
from tests.support.account_views import edda_with
from tests.support.tmf_parts import facts

LINE = {"id": "P-M03"}


def film(purpose: str, state: str = "inProgress", **changes: Any) -> Film:
    """An order of one item that names its product by nothing but the id."""
    item = {
        "id": "1",
        "action": "delete" if purpose == "discontinue" else "modify",
        "purpose": purpose,
        "product": changes.pop("product", LINE),
    }
    order = edda.account()["orders"][0] | {"state": state, "productOrderItem": [item], **changes}
    found = edda_with(orders=[order]).film(order["id"])
    assert found is not None
    return found


NEW_NUMBER = {**LINE, "productCharacteristic": facts(telephoneNumber="07700900499")}
HOUSE = {"id": "P-F02", "place": [{"id": "A-3", "name": "3 Sprucegate, Norsby-on-Tarn QX4 7TS"}]}
OWNER = [{"id": "KF-2", "role": "newOwner", "name": "Jory Marrowby"}]


@pytest.mark.parametrize(
    ("purpose", "changes", "title"),
    [
        ("suspend", {}, "Suspension of Skarv 100, 07700 900471"),
        ("resume", {}, "Restart of Skarv 100, 07700 900471"),
        ("simSwap", {}, "SIM change, 07700 900471"),
        ("numberChange", {"product": NEW_NUMBER}, "Change of number to 07700 900499"),
        ("change", {}, "Change of Skarv 100, 07700 900471"),
        ("discontinue", {}, "End of Skarv 100, 07700 900471"),
        ("relocate", {"product": HOUSE}, "Move to 3 Sprucegate"),
        ("relocate", {}, "Move to another address"),
        ("ownership", {"relatedParty": OWNER}, "New owner: Jory Marrowby"),
        ("ownership", {}, "Change of owner"),
    ],
)
def test_an_order_is_called_by_what_it_is_for(
    purpose: str, changes: dict[str, Any], title: str
) -> None:
    assert film(purpose, **changes).title == title


@pytest.mark.parametrize(
    ("purpose", "changes", "sentence"),
    [
        ("suspend", {}, "Skarv 100, 07700 900471 is suspended since Thursday 19 November."),
        ("resume", {}, "Skarv 100, 07700 900471 works again since Thursday 19 November."),
        ("simSwap", {}, "07700 900471 works with its new SIM since Thursday 19 November."),
        (
            "numberChange",
            {"product": NEW_NUMBER},
            "The new number is 07700 900499 since Thursday 19 November.",
        ),
        (
            "relocate",
            {"product": HOUSE},
            "Everything works at 3 Sprucegate since Thursday 19 November.",
        ),
        (
            "discontinue",
            {},
            "The end of Skarv 100, 07700 900471 was done on Thursday 19 November.",
        ),
        (
            "ownership",
            {"relatedParty": OWNER},
            "The change of owner of Skarv 100, 07700 900471 was done on Thursday 19 November.",
        ),
    ],
)
def test_what_was_done_is_told_by_what_has_come_of_it(
    purpose: str, changes: dict[str, Any], sentence: str
) -> None:
    done = film(purpose, "completed", completionDate="2026-11-19T12:00:00Z", **changes)
    assert done.sentence == sentence


def test_what_was_cancelled_says_what_did_not_happen() -> None:
    gone = film("suspend", "cancelled", cancellationDate="2026-11-19T12:00:00Z")
    assert gone.sentence == (
        "The suspension of Skarv 100, 07700 900471 was cancelled on Thursday 19 November."
    )
    assert gone.title == "Suspension of Skarv 100, 07700 900471"


def test_what_has_ended_stands_under_its_name_in_its_lane() -> None:
    assert film("discontinue", "completed").title == "Skarv 100"
