"""A change is one order: what is added, what becomes something else, what ends."""

from __future__ import annotations

from typing import Any

from app.wizard import edits
from app.wizard.change_edits import end_products, move_product
from app.wizard.command import creation_of
from app.wizard.draft import Draft
from tests.app.wizard.stories import agreed, edda, eddas_choices

Item = dict[str, Any]


def items_of(draft: Draft) -> list[Item]:
    items: list[Item] = creation_of(agreed(draft), eddas_choices())["order"]["productOrderItem"]
    return items


def test_one_order_adds_changes_and_ends() -> None:
    draft = edits.pick("M13", 1)(end_products(["kids-1"])(move_product("line-1", "M04")(edda())))
    added, moved, ended = items_of(draft)
    assert (added["action"], added["productOffering"]["id"]) == ("add", "M13")
    assert (moved["action"], moved["productOffering"]["id"]) == ("modify", "M04")
    assert moved["product"]["id"] == "line-1"
    assert (ended["action"], ended["product"]["id"]) == ("delete", "kids-1")
    assert [each["id"] for each in (added, moved, ended)] == ["1", "2", "3"]


def test_picks_are_only_what_is_added() -> None:
    body = creation_of(agreed(end_products(["kids-1"])(edda())), eddas_choices())
    assert body["picks"] == {}
    assert [each["action"] for each in body["order"]["productOrderItem"]] == ["delete"]


def test_an_extra_belongs_to_a_line_the_customer_has() -> None:
    (extra,) = items_of(edits.pick("M13", 1)(edda()))
    relation = {"relationshipType": "reliesOn", "product": {"id": "line-1"}}
    assert extra["product"]["productRelationship"] == [relation]


def test_it_may_be_set_to_another_of_his_lines() -> None:
    draft = edits.set_setting("M13#1", "line", "p:line-2")(edits.pick("M13", 1)(edda()))
    (extra,) = items_of(draft)
    assert extra["product"]["productRelationship"][0]["product"]["id"] == "line-2"


def test_nothing_is_hung_on_a_line_that_ends() -> None:
    draft = end_products(["line-1"])(edits.pick("M13", 1)(edda()))
    draft = edits.set_setting("M13#1", "line", "p:line-1")(draft)
    assert items_of(draft)[0]["product"]["productRelationship"][0]["product"]["id"] == "line-2"


def test_what_is_set_anew_of_a_product_is_a_modification_without_an_offer() -> None:
    draft = edits.set_setting("p:line-2", "spendCap", "25")(edda())
    (item,) = items_of(draft)
    assert item["action"] == "modify"
    assert "productOffering" not in item
    assert item["product"]["productCharacteristic"] == [
        {"name": "spendCap", "value": "25", "valueType": "string"}
    ]


def test_settings_go_with_what_is_moved() -> None:
    draft = edits.set_setting("p:line-1", "spendCap", "25")(move_product("line-1", "M04")(edda()))
    (item,) = items_of(draft)
    assert item["productOffering"]["id"] == "M04"
    assert item["product"]["productCharacteristic"][0]["name"] == "spendCap"
