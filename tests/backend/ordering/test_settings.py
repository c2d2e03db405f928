"""Whoever sends an order: what is set must fit its form, and what is needed must be set."""

from __future__ import annotations

from typing import Any

import pytest

from backend.inventory import rules as inventory
from backend.rest.errors import Refused
from backend.rest.resource import Document
from tests.backend.ordering.conftest import Shop, add, order_of

SETTINGS = "productOrderItem.0.product.productCharacteristic"


def refused(shop: Shop, customer: str, *items: Document) -> dict[str, str]:
    """The fields a refusal names, with what it says of each."""
    with pytest.raises(Refused) as refusal, shop.at() as context:
        shop.ordering.place(context, order_of(customer, *items))
    assert refusal.value.code == "characteristic"
    return {each.path.removeprefix(f"{SETTINGS}."): each.message for each in refusal.value.fields}


def settings(document: Document) -> dict[str, Any]:
    return {each["name"]: each["value"] for each in document["productCharacteristic"]}


def line(**chosen: Any) -> tuple[Document, Document]:
    return add("1", "M03", **chosen), add("2", "M10", line="1")


def test_a_value_that_is_closed_is_refused_by_name(shop: Shop) -> None:
    said = refused(shop, shop.customer(), *line(spendCap="none", premiumBar="false"))
    assert said == {"spendCap": "Spending cap does not go with Bar premium numbers: off."}


def test_a_hidden_field_and_a_missing_one_are_refused_together(shop: Shop) -> None:
    said = refused(
        shop, shop.customer(), *line(directoryListing=False, directoryName="E. M.", roamingCap="7")
    )
    assert set(said) == {"directoryName", "roamingCap"}
    card = add("1", "M10", delivery="other"), add("2", "M03")
    assert refused(shop, shop.customer(), *card) == {"deliveryAddress": "Deliver to is needed."}


def test_what_follows_and_what_is_usual_is_written_down(shop: Shop) -> None:
    order = shop.place(shop.customer(), *line(spendCap="none", userName="Edda"))
    told = settings(order["productOrderItem"][0]["product"])
    assert (told["spendCap"], told["premiumBar"], told["roamingCap"]) == ("none", "true", "45")
    assert told["userName"] == "Edda"
    assert "directoryName" not in told
    assert settings(order["productOrderItem"][1]["product"])["delivery"] == "post"


def test_a_change_is_held_to_the_form_and_takes_along_what_falls_away(shop: Shop) -> None:
    edda = shop.customer()
    done = shop.fulfilled(edda, *line(directoryListing="true", directoryName="E. Marrowby"))
    product = done["productOrderItem"][0]["product"]["id"]

    def change(**chosen: Any) -> Document:
        asked = [{"name": name, "value": value} for name, value in chosen.items()]
        return {
            "id": "1",
            "action": "modify",
            "product": {"id": product, "productCharacteristic": asked},
        }

    assert set(refused(shop, edda, change(roaming="false", roamingCap="0"))) == {"roamingCap"}
    assert set(refused(shop, edda, change(spendCap="none", premiumBar="false"))) == {"spendCap"}
    shop.fulfilled(edda, change(directoryListing="false", spendCap="50"))
    with shop.at() as context:
        told = settings(inventory.find(context, product))
    assert (told["directoryListing"], told["spendCap"]) == ("false", "50")
    assert "directoryName" not in told
    assert told["telephoneNumber"]
