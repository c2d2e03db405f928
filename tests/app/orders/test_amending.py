"""A change of an order that is under way, as TMF622 is told of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.orders.amending import (
    Setting,
    Wanted,
    changed_words,
    kept_of,
    offerings_of,
    patch_of,
    standing_of,
    wanted_of,
)
from backend_client.catalog import (
    CharacteristicValue,
    ProductSpecification,
    SpecificationCharacteristic,
)
from backend_client.decoding import read
from backend_client.errors import Trace
from backend_client.ordering import ProductOrder
from tests.support import edda
from tests.support.fake_orders import SLOTS
from tests.support.tmf_parts import facts

ORDER: dict[str, Any] = {
    "id": "o1",
    "requestedCompletionDate": "2026-11-25T00:00:00+00:00",
    "productOrderItem": [
        {
            "id": "1",
            "action": "add",
            "productOffering": {"id": "M03", "name": "Skarv 100 (100 GB, 5G)"},
            "product": {"productCharacteristic": facts(userName="Jory", telephoneNumber="077")},
        },
        {"id": "2", "action": "add", "productOffering": {"id": "M10"}, "ours": {"kept": True}},
    ],
}
LINE = ProductSpecification(
    product_spec_characteristic=(
        SpecificationCharacteristic(name="userName", description="Who uses it", configurable=True),
        SpecificationCharacteristic(
            name="spendCap",
            configurable=True,
            product_spec_characteristic_value=(
                CharacteristicValue(value="25", is_default=True),
                CharacteristicValue(value="50"),
            ),
        ),
        SpecificationCharacteristic(name="roaming", configurable=True, value_type="boolean"),
        SpecificationCharacteristic(name="telephoneNumber", configurable=True),
        SpecificationCharacteristic(name="processFlow", configurable=False),
    )
)


def order() -> ProductOrder:
    return read(msgspec.json.encode(ORDER), ProductOrder, Trace(method="GET", route="/order"))


def test_what_can_be_set_comes_from_the_catalogue_with_its_labels() -> None:
    standing = standing_of(order(), {"M03": LINE})
    assert standing.day == dt.date(2026, 11, 25)
    assert standing.settings == (
        Setting(("1", "userName"), "Skarv 100", "Who uses it", "Jory"),
        Setting(("1", "spendCap"), "Skarv 100", "spendCap", "", ("25", "50")),
        Setting(("1", "roaming"), "Skarv 100", "roaming", "", ("true", "false")),
    )
    assert offerings_of(order()) == ("M03", "M10")


def test_only_what_is_wanted_is_sent() -> None:
    assert patch_of(ORDER, Wanted(contact=" jory@example.com ")) == {
        "notificationContact": "jory@example.com"
    }
    day = Wanted(day=dt.date(2026, 12, 1))
    assert patch_of(ORDER, day) == {"requestedCompletionDate": "2026-12-01T00:00:00Z"}
    begins = {"requestedStartDate": "2026-11-25T00:00:00Z", "productOrderItem": []}
    assert patch_of(begins, day) == {"requestedStartDate": "2026-12-01T00:00:00Z"}


def test_an_item_taken_out_is_left_out_of_the_whole_list() -> None:
    patch = patch_of(ORDER, Wanted(without=frozenset({"1"})))
    assert patch == {"productOrderItem": [ORDER["productOrderItem"][1]]}


def test_a_setting_takes_the_place_of_the_one_before() -> None:
    patch = patch_of(ORDER, Wanted(settings={("1", "userName"): "Edda"}))
    first, second = patch["productOrderItem"]
    assert first["product"]["productCharacteristic"] == [
        {"name": "telephoneNumber", "value": "077"},
        {"name": "userName", "value": "Edda", "valueType": "string"},
    ]
    assert second == ORDER["productOrderItem"][1]


def test_what_has_changed_is_told_in_one_sentence() -> None:
    wanted = Wanted(
        day=dt.date(2026, 11, 27),
        contact="jory@example.com",
        without=frozenset({"2"}),
        settings={("1", "userName"): "Edda"},
        slot=SLOTS[0],
    )
    assert changed_words(wanted, {"2": "Plastic SIM"}, edda.NOW) == (
        "the engineer comes Tue 24 Nov, 12:00–16:00, without Plastic SIM, 1 setting,"
        " wanted for Fri 27 Nov, news go to jory@example.com"
    )
    assert wanted.is_of_order
    assert not Wanted(slot=SLOTS[0]).is_of_order


names = st.text(st.characters(codec="ascii", exclude_characters="/,"), min_size=1, max_size=8)


@given(
    day=st.none() | st.dates(),
    contact=st.none() | st.text(max_size=20),
    without=st.frozensets(names, max_size=3),
    settings=st.dictionaries(st.tuples(names, names), st.text(max_size=10), max_size=3),
)
def test_what_is_kept_comes_back_as_it_was(
    day: dt.date | None,
    contact: str | None,
    without: frozenset[str],
    settings: dict[tuple[str, str], str],
) -> None:
    wanted = Wanted(day=day, contact=contact, without=without, settings=settings)
    assert wanted_of(kept_of(wanted)) == wanted
