"""The facts of the Customer tab, and the last contacts."""

from __future__ import annotations

from app.accounts.records import Fact
from app.accounts.view import AccountView
from tests.support import edda
from tests.support.account_views import edda_with, view_of


def rows(view: AccountView) -> dict[str, str]:
    return {fact.label: fact.value for fact in view.facts}


def row(view: AccountView, identity: str) -> Fact:
    return next(fact for fact in view.facts if fact.id == identity)


def test_edda_in_facts() -> None:
    assert rows(view_of(edda.account_bytes())) == {
        "Date of birth": "8 May 1992",
        "Mobile": "07700 900471",
        "E-mail": "Returned 18 Nov",
        "Lives at": "14 Pebblewick Rise, QX4 7TR",
        "Letters in": "English",
        "Identity seen": "Passport",
        "Pays by": "Direct debit, 24th",
        "Bills to": "By e-mail",
        "Savings group": "Trio saving",
        "May ask": "Lorcan Marrowby",
    }


def test_a_returned_address_warns_and_is_copied_whole() -> None:
    email = row(view_of(edda.account_bytes()), "email0")
    assert (email.tone, email.copy) == ("warn", "edda.marrowby@example.com")


def test_an_address_is_shortened_to_see_and_whole_to_copy() -> None:
    home = row(view_of(edda.account_bytes()), "home")
    assert home.copy == "14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR"


def test_each_group_begins_with_a_line_and_the_first_does_not() -> None:
    gaps = [fact.id for fact in view_of(edda.account_bytes()).facts if fact.gap]
    assert gaps == ["pays0", "person0"]


def test_an_organization_has_its_number_and_no_birthday() -> None:
    party = {
        "id": "O-1",
        "@type": "Organization",
        "tradingName": "Wrenhallow Joinery Ltd",
        "organizationIdentification": [
            {"identificationType": "companyNumber", "identificationId": "01234567"}
        ],
    }
    view = edda_with(party=party)
    assert rows(view)["Company number"] == "01234567"
    assert "Date of birth" not in rows(view)


def test_bills_to_the_same_address_say_so() -> None:
    account = edda.account()["billingAccounts"][0]
    medium = {
        "mediumType": "postalAddress",
        "characteristic": {
            "street1": "14 Pebblewick Rise",
            "city": "Norsby-on-Tarn",
            "postCode": "QX4 7TR",
        },
    }
    billing = {**account, "contact": [{"contactMedium": [medium]}]}
    assert rows(edda_with(billingAccounts=[billing]))["Bills to"] == "Same address · by e-mail"


def test_a_balance_is_shown_only_where_the_server_has_one() -> None:
    account = edda.account()["billingAccounts"][0]
    balance = [{"balanceType": "Receivable", "amount": {"unit": "GBP", "value": 118.6}}]
    billing = {**account, "accountBalance": balance}
    assert rows(edda_with(billingAccounts=[billing]))["Balance"] == "£118.60"


def test_what_happened_last_comes_first() -> None:
    contacts = view_of(edda.account_bytes()).contacts
    assert [contact.title for contact in contacts[:4]] == [
        "LT09 Engineer appointment",
        "LT01 Order confirmation",
        "LT02 Contract summary",
        "Ordered Glimt 500 to Glimt 2500",
    ]
    assert contacts[0].note == "E-mail returned, text delivered"
    assert contacts[0].tone == "warn"
    assert contacts[3].target.id == "O-93317"
