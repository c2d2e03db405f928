"""Whom a notice is for, and where it finds them."""

from __future__ import annotations

import pytest

from backend.customer import rules as customer
from backend.notices.reader import Reader, reader
from backend.party import rules as party
from backend.rest.resource import Document
from tests.support.post import EDDA, HOME, Post


def read(post: Post, customer_id: str) -> Reader:
    with post.context() as context:
        return reader(context, customer_id)


def medium(*, preferred: bool = False, **characteristic: str) -> Document:
    return {"mediumType": "any", "preferred": preferred, "characteristic": characteristic}


def test_a_customer_is_found_by_every_medium(post: Post) -> None:
    found = read(post, post.customer(*EDDA))
    assert found.address == ("14 Pebblewick Rise", "Norsby-on-Tarn", "QX4 7TR")
    assert (found.email, found.mobile) == ("edda.marrowby@example.com", "07700 900471")
    assert (found.reseller, found.business, found.large_print) == ("R0", False, False)


def test_what_is_preferred_comes_first(post: Post) -> None:
    old, new = (
        medium(emailAddress="old@example.com"),
        medium(preferred=True, emailAddress="new@example.com"),
    )
    assert read(post, post.customer(old, new)).email == "new@example.com"


@pytest.mark.parametrize(
    ("number", "mobile"),
    [
        ("07700 900471", True), ("+44 7700 900471", True), ("+44 (0)7700 900471", True),
        ("0044 7700 900471", True), ("020 7946 0001", False), ("+45 70 12 34 56", False),
        ("7700", False),
    ],
)  # fmt: skip
def test_texts_go_to_mobiles_only(post: Post, number: str, mobile: bool) -> None:  # noqa: FBT001 - a column
    found = read(post, post.customer(medium(phoneNumber=number)))
    assert found.mobile == (number if mobile else "")


def test_a_business_is_reached_by_its_organisations_media(post: Post) -> None:
    with post.context() as context:
        wrenhallow = {
            "tradingName": "Wrenhallow Joinery Ltd",
            "contactMedium": [{"mediumType": "postalAddress", "characteristic": HOME}],
        }
        who = party.create_organization(context, wrenhallow)
        made = customer.create(
            context, {"name": "Wrenhallow Joinery Ltd", "engagedParty": {"id": who["id"]}}
        )
    found = read(post, made["id"])
    assert found.business
    assert found.address[0] == "14 Pebblewick Rise"


def test_the_favourite_language_comes_first(post: Post) -> None:
    with post.context() as context:
        torvald = {
            "givenName": "Torvald",
            "familyName": "Quillfeather",
            "languageAbility": [
                {"languageCode": "en-GB"},
                {"languageCode": "da-DK", "isFavouriteLanguage": True},
                {"languageName": "Norn"},
            ],
        }
        who = party.create_individual(context, torvald)
        made = customer.create(
            context, {"name": "Torvald Quillfeather", "engagedParty": {"id": who["id"]}}
        )
    assert read(post, made["id"]).languages == ("da", "en")
