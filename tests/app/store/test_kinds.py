"""The chip in the search field says what the text was taken for."""

from __future__ import annotations

import pytest

from app.store.kinds import Kind, kind_of
from app.store.records import Conventions


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("marr", Kind.NAME),
        ("edda marrowby", Kind.NAME),
        ("14 pebblewick", Kind.NAME),
        ("14", Kind.NAME),
        ("", Kind.NAME),
        ("kf", Kind.NAME),
        ("07700 900471", Kind.TELEPHONE),
        ("+44 7700 900471", Kind.TELEPHONE),
        ("(020) 7946 0318", Kind.TELEPHONE),
        ("0471", Kind.TELEPHONE),
        ("KO-0093317-4", Kind.ORDER),
        ("ko 0093", Kind.ORDER),
        ("KF-0041873-6", Kind.CUSTOMER),
        ("kf0041", Kind.CUSTOMER),
        ("QX4 7TR", Kind.POSTCODE),
        ("qx47tr", Kind.POSTCODE),
        ("qx4", Kind.POSTCODE),
        ("qx4 7", Kind.POSTCODE),
        ("8944110068842917307", Kind.ICCID),
        ("8944 1100 6884", Kind.ICCID),
        ("edda@", Kind.EMAIL),
    ],
)
def test_a_text_is_taken_for(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


def test_another_operator_writes_its_numbers_its_own_way() -> None:
    theirs = Conventions(customer="C", order="ORD")
    assert kind_of("ord-77", theirs) is Kind.ORDER
    assert kind_of("c 12", theirs) is Kind.CUSTOMER
    assert kind_of("KF-0041873-6", theirs) is Kind.NAME
