"""Before it is agreed the change is said in figures: was, will be, exit fees, the next bill."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from msgspec.structs import replace

from app.wizard import edits
from app.wizard.basket_view import basket_view
from app.wizard.change_edits import end_products, move_product
from app.wizard.creation_view import spoken_sentence
from app.wizard.frame_view import head_view, steps
from app.wizard.plan import plan_of
from app.wizard.report import check_draft
from app.wizard.steps import Step
from backend_client.choices import Amounts, Bill, ChangeLine, Difference, Totals
from tests.app.wizard.stories import NOW, ROAMING, agreed, edda, eddas_choices

CHANGE = Difference(
    lines=(
        ChangeLine(change="keep", offer="T02", name="Lanternview Plus (72 channels)"),
        ChangeLine(
            change="end",
            offer="C03",
            name="Nutshell Kids",
            product_id="kids-1",
            monthly_before=Decimal("5.00"),
        ),
        ChangeLine(
            change="move",
            offer="M04",
            name="Skarv Unlimited (5G)",
            was="Skarv 100 (100 GB, 5G)",
            product_id="line-1",
            term=24,
            monthly_before=Decimal("19.00"),
            monthly_after=Decimal("27.00"),
        ),
    ),
    monthly_before=Decimal("49.00"),
    monthly_after=Decimal("52.00"),
    exit_fees=Decimal("40.00"),
    next_bill=Bill(
        day=dt.date(2026, 12, 1), start=dt.date(2026, 11, 20), total=Amounts(gross=Decimal("95.10"))
    ),
)


def test_the_side_says_what_was_and_what_will_be() -> None:
    draft = end_products(["kids-1"])(move_product("line-1", "M04")(edda()))
    view = basket_view(draft, eddas_choices(CHANGE))
    assert [(row.name, row.text, row.monthly) for row in view.rows] == [
        ("Skarv Unlimited", "instead of Skarv 100", "+£8.00"),
        ("Nutshell Kids", "ends", "−£5.00"),
    ]
    assert (view.monthly, view.was) == ("£52.00", "£49.00 until now, +£3.00")
    assert (view.first_bill, view.bill) == ("Next bill, 1 December", "£95.10")
    assert view.exit_fees == "£40.00"


def test_a_new_customer_has_a_basket_without_a_before() -> None:
    view = basket_view(edits.pick("M03", 1)(edda()), eddas_choices(None))
    assert (view.was, view.bill, view.exit_fees) == ("", "", "")


def test_it_is_read_out_before_the_yes() -> None:
    draft = end_products(["kids-1"])(move_product("line-1", "M04")(edda()))
    assert spoken_sentence(draft, eddas_choices(CHANGE)) == (
        "Skarv 100 becomes Skarv Unlimited. Nutshell Kids ends. "
        "You pay £52.00 a month instead of £49.00. Skarv Unlimited runs 24 months. "
        "Leaving early costs £40.00 once. The next bill on 1 December is £95.10. "
        "You can cancel what is new within 14 days. Do you agree?"
    )


def test_what_only_ends_needs_no_word_of_cancelling() -> None:
    kept = tuple(each for each in CHANGE.lines if each.change != "move")
    only_end = Difference(lines=kept, monthly_before=Decimal(5))
    said = spoken_sentence(end_products(["kids-1"])(edda()), eddas_choices(only_end))
    assert said == "Nutshell Kids ends. You pay £0.00 a month instead of £5.00. Do you agree?"


def test_what_ends_is_said_in_one_sentence() -> None:
    sports = ChangeLine(
        change="end", offer="C01", name="Touchline Sports", monthly_before=Decimal(20)
    )
    sim = ChangeLine(change="end", offer="M10", name="Plastic SIM")
    both = Difference(lines=(*CHANGE.lines, sports, sim), monthly_before=Decimal(5))
    said = spoken_sentence(end_products(["kids-1"])(edda()), eddas_choices(both))
    assert "Nutshell Kids and Touchline Sports end." in said


def test_nothing_changed_is_what_stops_the_press() -> None:
    report = check_draft(agreed(edda()), eddas_choices(), now=NOW)
    assert [each.title for each in report.errors()] == ["Nothing is changed yet."]


def test_an_end_alone_is_an_order() -> None:
    draft = agreed(end_products(["kids-1"])(edda()))
    report = check_draft(draft, eddas_choices(CHANGE), now=NOW)
    assert report.blockers(draft) == ()
    assert plan_of(draft, eddas_choices(CHANGE)).steps
    right = next(each for each in report.findings if each.code == "change")
    assert "Nutshell Kids ends" in right.text


def test_who_only_ends_something_is_told_of_the_change_alone() -> None:
    ends = plan_of(end_products(["kids-1"])(edda()), eddas_choices(CHANGE))
    assert [letter.kind for letter in ends.letters] == ["LT13"]


def test_what_is_set_anew_stands_at_the_side() -> None:
    draft = edits.set_setting("p:line-2", "userName", "Jory")(edda())
    view = basket_view(draft, eddas_choices(Difference()))
    assert [(row.name, row.text, row.monthly) for row in view.rows] == [
        ("Skarv Flock", "set anew", "")
    ]


def test_what_ended_meanwhile_is_named_and_leads_to_the_services() -> None:
    draft = agreed(move_product("sold-yesterday", "M04")(edda()))
    (found,) = check_draft(draft, eddas_choices(CHANGE), now=NOW).errors()
    assert (found.code, found.step) == ("gone:sold-yesterday", Step.SERVICE)


def test_the_steps_and_the_folded_side_say_the_difference() -> None:
    draft = end_products(["kids-1"])(move_product("line-1", "M04")(edda()))
    found = eddas_choices(CHANGE)
    report = check_draft(draft, found, now=NOW)
    service = next(each for each in steps(draft, found, report) if each.id == Step.SERVICE)
    assert service.note == "2 changes, +£3.00"
    assert head_view(draft, found, today=NOW.date(), number="").side == "Change +£3.00"


def test_what_comes_and_what_is_set_anew_is_read_out_with_its_price() -> None:
    added = (
        ChangeLine(change="add", offer="M13", name=ROAMING.name, monthly_after=Decimal(4)),
        ChangeLine(change="add", offer="M12", name="Extra 10 GB", quantity=2, once=Decimal(3)),
    )
    same = Decimal("49.00")
    difference = Difference(lines=added, monthly_before=same, monthly_after=same, once=Decimal(3))
    found = replace(eddas_choices(difference), totals=Totals(vat="added"))
    draft = edits.set_setting("p:line-2", "userName", "Jory")(edits.pick("M13", 1)(edda()))
    assert spoken_sentence(draft, found) == (
        "You take Nordic + EU roaming pass and 2 × Extra 10 GB. Skarv Flock is set anew. "
        "You go on paying £49.00 a month and £3.00 once. VAT is added to these prices. "
        "You can cancel what is new within 14 days. Do you agree?"
    )
    view = basket_view(draft, found)
    assert view.was == "£49.00 until now, no difference"
    assert (view.first_bill, view.bill) == ("", "")


def test_a_change_that_costs_no_more_says_so() -> None:
    draft = end_products(["kids-1"])(edda())
    report = check_draft(draft, eddas_choices(Difference()), now=NOW)
    notes = {each.id: each.note for each in steps(draft, eddas_choices(Difference()), report)}
    assert notes[Step.SERVICE] == "1 change, same price"
