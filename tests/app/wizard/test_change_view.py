"""What a customer has, in words: groups, what changes, why something cannot end."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from app.wizard.change_edits import end_products, move_product
from app.wizard.change_proposals import lost_by, package_view, target_details, target_views
from app.wizard.change_view import (
    ending_words,
    ends_with,
    product_details,
    product_groups,
    search_installed,
)
from backend_client.choices import InstalledProduct, OfferCount, Repackage, Target
from tests.app.wizard.stories import EDDAS_LINE, JORYS_LINE, TV, edda, eddas_choices

PASS = InstalledProduct(
    product_id="pass-1",
    offer="M13",
    name="Nordic + EU roaming pass",
    family="Mobile",
    kind="addon",
    role="addon",
    number="07700 900471",
    monthly=Decimal("4.00"),
)
SAVING = InstalledProduct(
    product_id="x",
    offer="X02",
    name="Trio saving",
    kind="discount",
    role="discount",
    monthly=Decimal("-10.00"),
)
VISIT = InstalledProduct(
    product_id="v", offer="F13", name="Engineer installation visit", kind="install", role="once"
)


def test_a_number_has_its_extras_then_comes_the_address_and_at_last_the_savings() -> None:
    choices = eddas_choices()
    every = replace(choices, installed=(SAVING, VISIT, PASS, *reversed(choices.installed)))
    groups = product_groups(edda(), every)
    assert [(group.title, group.total) for group in groups] == [
        ("07700 900471", "£23.00"),
        ("07700 900518", "£7.00"),
        ("14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR", "£23.00"),
        ("Savings", "−£10.00"),
    ]
    assert [each.name for each in groups[0].products] == ["Skarv 100", "Nordic + EU roaming pass"]
    assert [each.name for each in groups[2].products] == ["Lanternview Plus", "Nutshell Kids"]


def test_each_product_says_what_this_change_does_with_it() -> None:
    draft = end_products(["kids-1"])(move_product("line-1", "M13")(edda()))
    every = [each for group in product_groups(draft, eddas_choices()) for each in group.products]
    assert {each.id: (each.fate, each.becomes) for each in every} == {
        "line-1": ("moves", "becomes Nordic + EU roaming pass"),
        "line-2": ("stays", ""),
        "tv-1": ("stays", ""),
        "kids-1": ("ends", "ends"),
    }


def test_the_panel_says_what_leaving_costs_and_how_long_it_is_bound() -> None:
    details = product_details(eddas_choices(), "line-1")
    assert details is not None
    assert ("Bound until", "12 Mar 2028") in details.facts
    assert ("Leaving costs", "£40.00 once") in details.facts
    assert (
        details.sentence == "Skarv 100 runs until 12 Mar 2028. Ending it before costs £40.00 once."
    )
    assert product_details(eddas_choices(), "gone") is None


def test_what_cannot_end_says_why() -> None:
    details = product_details(eddas_choices(), "line-2")
    assert details is not None
    assert (details.notes_title, details.notes) == (
        "Why it cannot end",
        ("The handset is paid with this line.",),
    )
    words = ending_words(eddas_choices(), JORYS_LINE)
    assert words == "Skarv Flock cannot end: The handset is paid with this line."


def test_what_hangs_on_it_is_named() -> None:
    words = ending_words(eddas_choices(), TV)
    assert words == (
        "Content packs need a TV package. Ending Lanternview Plus ends Nutshell Kids too."
    )


def test_products_are_found_by_name_number_and_place() -> None:
    choices = eddas_choices()
    assert [each.id for each in search_installed(choices, "skarv 100")] == ["line-1"]
    assert [each.id for each in search_installed(choices, "07700900518")] == ["line-2"]
    assert [each.id for each in search_installed(choices, "pebblewick kids")] == ["kids-1"]


def test_a_target_says_its_difference_what_is_lost_and_what_comes() -> None:
    target = Target(
        id="M01",
        name="Skarv 5 (5 GB, 4G)",
        monthly=Decimal(8),
        term=1,
        difference=Decimal(-11),
        lost=("5G speed boost",),
        brings=(OfferCount(id="M12", name="Extra 10 GB"),),
    )
    (view,) = target_views([target], eddas_choices())
    assert (view.difference, view.price) == ("−£11.00", "£8.00")
    assert view.text == "5 GB, 4G · without 5G speed boost · with Extra 10 GB"
    details = target_details(EDDAS_LINE, target, eddas_choices())
    assert ("Keeps", "07700 900471") in details.facts
    assert details.notes == ("Lost: 5G speed boost.", "Brings along 1 × Extra 10 GB.")


def test_a_cheaper_package_says_all_it_does_before_it_is_taken() -> None:
    found = Repackage(
        moves={"line-1": "M13"},
        ends=("kids-1",),
        picks={"M03": 1},
        monthly_before=Decimal(49),
        monthly_after=Decimal(40),
        saves=Decimal(9),
        kept=("Lanternview Plus",),
        gained=("C08",),
        proved=True,
    )
    view = package_view(found, eddas_choices())
    assert view.title == "£49.00 becomes £40.00 a month: saves £9.00"
    assert [(line.kind, line.text) for line in view.lines] == [
        ("move", "Skarv 100, 07700 900471 becomes Nordic + EU roaming pass"),
        ("end", "Nutshell Kids ends"),
        ("add", "1 × Skarv 100 is added"),
        ("kept", "Lanternview Plus"),
        ("gained", "C08"),
    ]
    assert "Proved" in view.note


def test_what_hangs_on_a_line_ends_with_it() -> None:
    choices = eddas_choices()
    every = replace(choices, installed=(*choices.installed, replace(PASS, may_end=True)))
    assert ends_with(every, ["line-1"]) == ("line-1", "pass-1")
    assert ends_with(every, ["tv-1"]) == ("tv-1", "kids-1")
    assert ends_with(every, ["pass-1"]) == ("pass-1",)


def test_what_was_done_once_is_not_lost() -> None:
    choices = eddas_choices()
    every = replace(choices, installed=(*choices.installed, VISIT))
    target = Target(id="T03", name="Lanternview Max", lost=("a", "b"), ends=("v", "kids-1"))
    assert lost_by(target, every) == ("Nutshell Kids",)
