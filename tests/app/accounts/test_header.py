"""What stands above the tabs of an account."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.accounts.records import Answer, Target
from app.accounts.view import AccountView
from tests.support import edda
from tests.support.account_views import edda_with, flow, task, view_of


def answer(view: AccountView, identity: str) -> Answer:
    return next(each for each in view.header.answers if each.id == identity)


def test_edda_is_named_with_her_segment_and_credit() -> None:
    header = view_of(edda.account_bytes()).header
    assert (header.name, header.number) == ("Edda Marrowby", "KF-0041873-6")
    assert [chip.text for chip in header.chips] == ["Private", "Credit A"]


def test_the_line_below_says_age_address_and_how_to_reach_her() -> None:
    assert [piece.text for piece in view_of(edda.account_bytes()).header.pieces] == [
        "34 years",
        "14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR",
        "07700 900471",
        "edda.marrowby@example.com",
        "Customer since 12 March 2026",
        "Speaks English, Danish",
    ]


def test_a_birthday_that_is_still_to_come_this_year_does_not_count() -> None:
    eve = dt.datetime(2026, 5, 7, 12, tzinfo=dt.UTC)
    assert edda_with(now=eve).header.pieces[0].text == "33 years"


def test_the_bill_is_what_runs_and_says_what_an_order_changes() -> None:
    bill = answer(view_of(edda.account_bytes()), "bill")
    assert (bill.answer, bill.note) == ("£103.00", "every month")
    assert bill.cause == "+£30.00 after Glimt 500 to Glimt 2500"


def test_before_anything_runs_the_bill_is_what_is_to_come() -> None:
    held = [each for each in edda.account()["products"] if each["status"] == "active"]
    products = [{**each, "status": "pendingActive"} for each in held]
    view = edda_with(products=products)
    bill = answer(view, "bill")
    assert (bill.answer, bill.note) == ("£103.00", "every month")
    assert bill.cause == "From the day it works"
    assert view.products.total_words == "Every month once it works"
    assert [group.total for group in view.products.groups] == [64, 32, 7]


def test_the_order_is_answered_with_its_step_and_promise() -> None:
    order = answer(view_of(edda.account_bytes()), "order")
    assert order.answer == "Engineer visit Tue 24 Nov"
    assert order.cause == "08:00 to 12:00 · on time · step 5 of 9"
    assert order.target == Target("orders", "O-93317")


def test_without_an_open_order_the_last_one_is_named() -> None:
    done = [each for each in edda.account()["orders"] if each["state"] == "completed"]
    order = answer(edda_with(orders=done), "order")
    assert (order.answer, order.cause) == ("No open order", "World roaming pass, 13 Oct")


def test_the_contract_ends_with_the_last_term_and_the_first_is_named() -> None:
    contract = answer(view_of(edda.account_bytes()), "contract")
    assert contract.answer == "13 Mar 2028"
    assert contract.cause == "Lantern Box 4K before, 11 Mar 2027"


def test_a_term_that_has_not_begun_is_told_as_a_length() -> None:
    product = {**edda.account()["products"][0], "status": "pendingActive"}
    del product["productTerm"][0]["validFor"]
    view = edda_with(products=[product])
    assert answer(view, "contract").answer == "24 months"
    assert answer(view, "bill").answer == "£35.00"


def test_who_has_nothing_is_asked_nothing() -> None:
    assert edda_with(products=[], orders=[], flows=[]).header.answers == ()


def test_a_returned_email_is_an_alert_that_leads_to_its_letter() -> None:
    (alert,) = view_of(edda.account_bytes()).header.alerts
    assert (alert.lead, alert.text) == ("E-mail returned on 18 Nov.", "Ask for the right address.")
    assert alert.target == Target("letters", "D-9")


def test_an_email_that_arrived_later_clears_the_alert() -> None:
    messages = edda.account()["messages"]
    later = {**messages[2], "id": "M-9", "sendTimeComplete": "2026-11-19T08:00:00+00:00"}
    assert edda_with(messages=[later, *messages]).header.alerts == ()


def test_a_returned_email_to_an_old_address_is_no_alert() -> None:
    messages = edda.account()["messages"]
    for message in messages:
        if message["state"] == "failed":
            message["receiver"][0]["email"] = "edda@example.org"
    assert edda_with(messages=messages).header.alerts == ()


def test_a_stuck_order_is_an_alert_with_its_reason() -> None:
    held = task(1, name="SIM reserved", state="hold", reason="No such SIM in stock.")
    alerts = edda_with(flows=flow(held)).header.alerts
    assert alerts[0].lead == "Glimt 500 to Glimt 2500: stuck."
    assert alerts[0].text == "No such SIM in stock."


def test_arrears_and_need_of_the_phone_come_from_the_facts() -> None:
    facts = {"segment": "BUS", "arrears": 1, "vulnerable": 1}
    header = edda_with(facts=facts, messages=[]).header
    assert [chip.text for chip in header.chips] == ["Business", "Depends on the phone"]
    assert [alert.lead for alert in header.alerts] == ["There is an unpaid balance."]


def test_a_suspended_customer_says_so_first() -> None:
    customer = {**edda.account()["customer"], "status": "suspended"}
    assert edda_with(customer=customer).header.chips[0].text == "Suspended"


def test_names_that_are_strange_to_computers_stay_as_they_are() -> None:
    def named(name: str) -> Any:
        return edda_with(customer={**edda.account()["customer"], "name": name}).header.name

    assert named("Jens <b Olsen") == "Jens <b Olsen"
    assert named("Æbba Ørskov") == "Æbba Ørskov"


def test_an_account_that_says_almost_nothing_is_still_shown() -> None:
    header = view_of(b'{"customer": {"id": "KF-1"}}').header
    assert (header.name, header.number) == ("Customer", "KF-1")
    assert (header.chips, header.pieces, header.answers, header.alerts) == ((), (), (), ())
