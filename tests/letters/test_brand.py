"""Who a letter comes from."""

from __future__ import annotations

import pytest

from letters import LetterFault, parse_brand
from letters.formats import NO_BREAK
from tests.letters.samples import brand, resource


def test_the_brands_number_never_breaks_wherever_it_stands() -> None:
    number = f"03069{NO_BREAK}990100"
    assert brand().fields()["brand.phone"] == number
    assert number in brand().foot[0]


@pytest.mark.parametrize("reseller", ["R0", "R1", "R2", "R3"])
def test_every_reseller_has_a_brand_with_small_print(reseller: str) -> None:
    assert parse_brand(resource(f"brands/{reseller}.toml")).foot


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345G", "#1234567"])
def test_an_accent_is_six_hexadecimal_figures(colour: str) -> None:
    with pytest.raises(LetterFault, match="#RRGGBB"):
        parse_brand(resource("brands/R0.toml").replace("#0A6577", colour))


def test_the_small_print_is_a_list() -> None:
    with pytest.raises(LetterFault, match="list of texts"):
        parse_brand('name = "K"\naccent = "#000000"\nphone = "1"\nweb = "k"\nfoot = "one"')
