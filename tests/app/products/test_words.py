"""Changes in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from app.products import offers, rules, words
from app.products.documents import Kind, item, with_item
from tests.app.products.demo import DEMO


def test_a_copy_says_what_is_new_and_which_rules_hold_for_it_too() -> None:
    after = offers.copied(DEMO, "F03", "F09X", "Glimt 1500")
    after = offers.set_monthly("F09X", Decimal(52))(after)
    found = words.diff(DEMO, after)
    first = found[0]
    assert (first.title, first.state, first.tone) == ("F09X Glimt 1500", "new", "good")
    assert first.summary() == "Offer: £52.00 a month, £0.00 once, 24 months"
    by_title = {each.title: each for each in found}
    assert by_title["Rule R25"].summary() == "Also for: Glimt 1500"
    assert by_title["Group BB"].summary() == "Also for: Glimt 1500"
    assert {each.kind for each in found} == {Kind.OFFER, Kind.RULE, Kind.GROUP}


def test_a_price_says_what_it_was() -> None:
    (change,) = words.diff(DEMO, offers.set_monthly("F03", Decimal(45))(DEMO))
    assert change.summary() == "Monthly: £45.00, before £43.00"
    (change,) = words.diff(DEMO, offers.set_term("F03", 0)(DEMO))
    assert change.summary() == "Contract: none, before 24 months"


def test_an_offer_that_is_retired_says_what_it_was() -> None:
    found = words.diff(DEMO, offers.retired(DEMO, "F03"))
    gone = next(each for each in found if each.kind is Kind.OFFER)
    assert (gone.title, gone.state) == ("F03 Glimt 1000", "retired")
    assert gone.summary().startswith("Offer: no longer sold, before £43.00 a month")
    rule = next(each for each in found if each.title == "Rule R25")
    assert rule.summary() == "No longer for: Glimt 1000"


def test_a_rule_says_its_sentence_and_texts_where_they_are_others() -> None:
    rule = rules.rule(DEMO, "R30")
    assert rule is not None
    more = replace(rule, figure=2, text="Two at most.", internal="Trial", kind="requires")
    (change,) = words.diff(DEMO, rules.with_rule(DEMO, more))
    assert [line.label for line in change.lines] == [
        "Says", "Text for the agent", "Internal text", "Kind",
    ]  # fmt: skip
    assert (
        change.lines[0].spoken() == "Says: Always: at most 2 of BB, before Always: at most 1 of BB"
    )


def test_a_rule_that_came_or_went_is_said_whole() -> None:
    new = replace(rules.Rule("R500"), names=("BB",), op=">=", figure=1, text="Needs one.")
    (change,) = words.diff(DEMO, rules.with_rule(DEMO, new))
    assert change.summary() == "Says: Always: at least 1 of BB"
    (change,) = words.diff(DEMO, rules.without_rule(DEMO, "R30"))
    assert (change.state, change.summary()) == (
        "gone",
        "Said: nothing, before Always: at most 1 of BB",
    )


def test_what_stands_beside_the_rules_is_said_field_by_field() -> None:
    held = next(iter(DEMO.prices["price_list"]))
    after = with_item(DEMO, Kind.PRICE_LIST, held["id"], {**held, "name": "Private 2027", "x": [1]})
    (change,) = words.diff(DEMO, after)
    assert change.summary() == "Name: Private 2027, before Private 2026 · x: 1"
    assert words.count_words(0) == "No changes"
    assert words.count_words(2) == "2 changes"


def test_a_specification_says_what_its_form_asks_otherwise() -> None:
    before = item(DEMO, Kind.SPECIFICATION, "mobile-line")
    cap = next(each for each in before["characteristic"] if each["name"] == "spendCap")
    others = [
        each for each in before["characteristic"] if each["name"] not in {"spendCap", "userName"}
    ]
    pet = {"name": "pet", "label": "Pet", "type": "string"}
    form = [{**cap, "default": "50", "values": cap["values"][:2]}, *others, pet]
    after = {**before, "name": "Line", "characteristic": form}
    (change,) = words.diff(DEMO, with_item(DEMO, Kind.SPECIFICATION, "mobile-line", after))
    spoken = [line.spoken() for line in change.lines]
    assert spoken[0] == "Name: Line, before Mobile line"
    assert spoken[1] == "Spending cap, usual: 50, before 25"
    assert spoken[2].startswith(
        "Spending cap, values: Nothing outside the plan, £10 a month, before"
    )
    assert spoken[3:] == [
        "Pet: asked",
        "Who uses it: asked no more, before asked",
    ]


def test_a_price_list_says_its_days_and_its_surcharge() -> None:
    before = item(DEMO, Kind.PRICE_LIST, "PL-R1-26")
    surcharge = {**before["surcharge"], "monthly": "1.50"}
    after = {**before, "valid_until": "2026-12-31", "surcharge": surcharge}
    (change,) = words.diff(DEMO, with_item(DEMO, Kind.PRICE_LIST, "PL-R1-26", after))
    assert {line.spoken() for line in change.lines} == {
        "Until: 2026-12-31",
        "Surcharge: +£1.50 a month for Mobile line, before +£1.00 a month for Mobile line",
    }
