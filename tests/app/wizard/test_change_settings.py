"""What a customer has is set anew in the form that new services have."""

from __future__ import annotations

from msgspec.structs import replace

from app.wizard import edits
from app.wizard.change_edits import end_products, move_product
from app.wizard.change_view import count_of_changes, product_groups
from app.wizard.choices import Choices
from app.wizard.settings_view import faulty, form, keys_in, units
from backend_client.choices import Characteristic, CharacteristicValue
from tests.app.wizard.stories import EDDAS_LINE, SKARV_100, edda, eddas_choices

CAP = Characteristic(
    name="spendCap",
    label="Spending cap",
    type="choice",
    values=(
        CharacteristicValue(value="10", label="£10 a month"),
        CharacteristicValue(value="25", label="£25 a month"),
    ),
    default="10",
    required=True,
)
LINE = "p:line-1"


def with_cap() -> Choices:
    line = replace(EDDAS_LINE, characteristics=(CAP,), settings={"spendCap": "25"})
    return replace(eddas_choices(), installed=(line, *eddas_choices().installed[1:]))


def test_the_form_shows_how_a_product_is_set_now() -> None:
    (unit,) = units(edda(), with_cap())
    assert (unit.key, unit.name, unit.number) == (LINE, "Skarv 100", "07700 900471")
    (setting,) = form(LINE, edda(), with_cap())
    assert (setting.value, setting.differs) == ("25", "")
    assert faulty(LINE, edda(), with_cap()) == ()


def test_setting_it_anew_is_a_change() -> None:
    draft = edits.set_setting(LINE, "spendCap", "10")(edda())
    assert form(LINE, draft, with_cap())[0].value == "10"
    assert count_of_changes(draft) == 1
    line = product_groups(draft, with_cap())[0].products[0]
    assert (line.fate, line.becomes) == ("set", "set anew")


def test_what_ends_is_not_set_any_more() -> None:
    assert units(end_products(["line-1"])(edda()), with_cap()) == ()


def test_what_becomes_another_offer_is_set_as_that_offer_is() -> None:
    draft = move_product("line-1", SKARV_100.id)(edda())
    assert [each.name for each in form(LINE, draft, with_cap())] == ["userName"]


def test_a_change_of_all_units_reaches_those_the_customer_has() -> None:
    keys = keys_in("all", LINE, (), "spendCap", edda(), with_cap())
    assert keys == (LINE,)
