"""What the customer has, grouped, summed and told as it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.accounts.families import Family, icon_of, is_sim
from app.accounts.records import Product
from app.accounts.view import AccountView
from backend_client.inventory import Product as Record
from backend_client.records import Ref
from tests.support import edda
from tests.support.account_views import edda_with, view_of


def found(view: AccountView, name: str) -> Product:
    groups = view.products.groups
    return next(each for group in groups for each in group.products if each.name == name)


def test_products_stand_at_their_address_and_on_their_numbers() -> None:
    groups = view_of(edda.account_bytes()).products.groups
    assert [(group.title, group.note, group.monthly) for group in groups] == [
        ("14 Pebblewick Rise, QX4 7TR", "", Decimal(64)),
        ("07700 900471 · Edda", "eSIM profile", Decimal(32)),
        ("07700 900518 · Jory", "Plastic SIM", Decimal(7)),
    ]


def test_the_sums_of_the_groups_are_the_sum_of_the_month() -> None:
    products = view_of(edda.account_bytes()).products
    assert products.monthly == sum(group.monthly for group in products.groups) == Decimal(103)
    assert products.count == 12


def test_a_saving_is_told_on_a_product_that_has_room_for_it() -> None:
    view = view_of(edda.account_bytes())
    kids = found(view, "Nutshell Kids")
    assert (kids.state.text, kids.state.tone, kids.marked) == ("Trio saving −£10.00", "good", True)
    assert [each.name for each in view.products.groups[0].savings] == ["Trio saving"]


def test_what_an_order_exchanges_says_what_it_becomes() -> None:
    glimt = found(view_of(edda.account_bytes()), "Glimt 500")
    assert (glimt.state.text, glimt.until) == ("Becomes Glimt 2500", "Until 11 Mar 2028")


def test_ended_products_are_kept_apart() -> None:
    (ended,) = view_of(edda.account_bytes()).products.ended
    assert (ended.name, ended.until, ended.is_held) == (
        "Touchline Sports", "Ended 31 Aug 2026", False,
    )  # fmt: skip


def test_terms_of_one_month_are_monthly_and_free_is_free() -> None:
    view = view_of(edda.account_bytes())
    assert found(view, "Pro router (Wi-Fi 7)").until == "Monthly"
    assert found(view, "Young-caller protection").until == "Free"


def one(**changes: Any) -> AccountView:
    return edda_with(products=[{**edda.account()["products"][1], **changes}], orders=[])


def test_each_state_has_its_word_and_only_what_runs_is_paid() -> None:
    words = {
        "created": ("Ordered", 0),
        "pendingActive": ("Being set up", 0),
        "active": ("Works since 12 Mar", 6),
        "suspended": ("Suspended", 6),
        "pendingTerminate": ("Is ending", 6),
    }
    for state, (word, monthly) in words.items():
        view = one(status=state)
        assert found(view, "Pro router (Wi-Fi 7)").state.text == word
        assert view.products.monthly == monthly


def test_products_of_a_server_without_places_are_shown_all_the_same() -> None:
    (group,) = one(place=[]).products.groups
    assert group.title == "Other products"


def test_relations_that_go_in_a_circle_do_no_harm() -> None:
    products = edda.account()["products"][:2]
    for product, other in zip(products, reversed(products), strict=True):
        relation = {"relationshipType": "reliesOn", "product": {"id": other["id"]}}
        product["productRelationship"] = [relation]
    assert edda_with(products=products).products.count == 2


def test_details_of_a_product_say_term_and_days_left() -> None:
    rows = {
        row.label: (row.value, row.note) for row in view_of(edda.account_bytes()).product("P-F02")
    }
    assert rows["Until"] == ("11 Mar 2028", "477 days left")
    assert rows["Minimum term"] == ("24 months", "")
    assert rows["Every month"] == ("£35.00", "")
    assert rows["Family"] == ("Internet", "")


def test_details_of_a_line_say_its_number_and_who_uses_it() -> None:
    rows = {
        row.label: (row.value, row.note) for row in view_of(edda.account_bytes()).product("P-M05")
    }
    assert rows["Number"] == ("07700 900518", "Jory")


def test_details_of_an_unknown_product_are_none() -> None:
    assert view_of(edda.account_bytes()).product("P-?") == ()


def test_icons_follow_the_operators_own_words() -> None:
    def icon(name: str, category: str = "", specification: str = "") -> str:
        product = Record(name=name, product_offering=Ref(id="X"))
        return icon_of(product, {"X": Family(category, specification)})

    assert icon("Glimt 500", "Internet", "Fibre broadband") == "fibre"
    assert icon("Hearth Line", "Fastnet", "Landline") == "phone"
    assert icon("Nordic + EU roaming pass", "Mobile") == "globe"
    assert icon("Something else") == "box"


def test_a_sim_is_known_by_its_specification_or_its_name() -> None:
    product = Record(name="eSIM profile", product_offering=Ref(id="M11"))
    assert is_sim(product, {})
    assert is_sim(Record(name="Card", product_offering=Ref(id="C")), {"C": Family("Mobile", "SIM")})
    assert not is_sim(product, {"M11": Family("Mobile", "Mobile line")})


def test_tiles_stand_in_the_catalogues_order_whatever_the_servers_is() -> None:
    products = list(reversed(edda.account()["products"]))
    (home, *_lines) = edda_with(products=products).products.groups
    assert [each.name for each in home.products] == [
        "Glimt 500", "Pro router (Wi-Fi 7)", "Home shield", "Lanternview Plus", "Lantern Box 4K",
        "Nutshell Kids",
    ]  # fmt: skip


def test_what_was_done_once_is_no_product_but_is_shown_until_it_is_done() -> None:
    free = {**edda.account()["products"][1], "name": "Self-install pack", "productPrice": []}
    free["productOffering"] = {"id": "F14", "name": "Self-install pack"}
    for state, count in (("active", 0), ("pendingActive", 1)):
        assert edda_with(products=[{**free, "status": state}], orders=[]).products.count == count


def test_a_term_behind_a_name_is_no_state() -> None:
    handset = found(view_of(edda.account_bytes()), "Ormsund A2 handset on credit")
    assert (handset.term, handset.state.text) == ("24 months", "Works since 14 Mar")


def test_what_is_paid_once_is_not_told_by_the_month() -> None:
    products = edda.account()["products"]
    products[0]["productPrice"][0]["priceType"] = "oneTime"
    facts = {
        each.id: each.value for each in edda_with(products=products).product(products[0]["id"])
    }
    assert "monthly" not in facts
    assert facts["once"] == "£35.00"
