"""A customer, a catalogue and a clock for the wizard's tests."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from app.wizard import edits
from app.wizard.choices import (
    BasketItem,
    Characteristic,
    Choices,
    Difference,
    InstalledProduct,
    MissingChoice,
    OfferChoice,
    Reason,
    Totals,
)
from app.wizard.draft import Draft, Hold, draft_for, new_draft
from backend_client.choices import Plan, PlannedLetter

NOW = dt.datetime(2026, 11, 20, 9, 14, tzinfo=dt.UTC)

JORUN = {
    "partyType": "individual",
    "reseller": "R0",
    "givenName": "Jorun",
    "familyName": "Netherfold",
    "birthDate": "2 April 1985",
    "email": "jorun@example.com",
    "telephone": "07700 900123",
    "address": "9 Sprucegate, Norsby-on-Tarn QX4 1PB",
    "pin": "4071",
    "identity": "passport",
}

SKARV_100 = OfferChoice(
    id="M03",
    name="Skarv 100 (100 GB, 5G)",
    family="Mobile",
    kind="line",
    role="line",
    monthly=Decimal("19.00"),
    once=Decimal("0.00"),
    term=24,
    most=6,
    number_type="mobile",
    characteristics=(Characteristic(name="userName", label="Who uses it", type="string"),),
)
ESIM = OfferChoice(
    id="M11",
    name="eSIM profile",
    family="Mobile",
    kind="sim",
    role="sim",
    monthly=Decimal(0),
    once=Decimal(0),
)
ROAMING = OfferChoice(
    id="M13",
    name="Nordic + EU roaming pass",
    family="Mobile",
    kind="addon",
    role="addon",
    monthly=Decimal("4.00"),
    once=Decimal(0),
    term=1,
)
SIM_NEEDED = MissingChoice(
    rule="R59",
    text="Each mobile line and each Twin SIM gets exactly one SIM, plastic or eSIM.",
    exactly=True,
    serves=("M10", "M11"),
)


def jorun(**changes: str) -> Draft:
    """Jorun's draft with every detail right."""
    draft = new_draft("agent", now=NOW, fields={**JORUN, **changes})
    return edits.set_address("A-1", JORUN["address"])(draft)


def _planned(**letters: str) -> tuple[PlannedLetter, ...]:
    return tuple(PlannedLetter(id=letter, way=way) for letter, way in letters.items())


MOBILE_PLAN = Plan(
    steps=(
        "Customer checked",
        "Credit checked",
        "Number assigned",
        "SIM reserved",
        "Line set up in the network",
        "Billing account checked",
        "eSIM released",
        "Phone seen in the network",
        "Account updated",
    ),
    letters=_planned(LT02="email", LT01="email", LT04="text", LT03="email"),
)
CHANGE_PLAN = Plan(
    steps=("Customer checked", "Carried out", "Account updated"), letters=_planned(LT13="email")
)


def choices(*missing: MissingChoice, lines: int = 1) -> Choices:
    """What the server would say of Skarv 100 lines with eSIMs."""
    monthly = SKARV_100.monthly * lines
    return Choices(
        catalogue_version="41",
        price_list="PL-RES-26",
        offers=(SKARV_100, ESIM, ROAMING),
        missing=missing,
        basket=(
            BasketItem(id="M03", name=SKARV_100.name, quantity=lines, monthly=monthly),
            BasketItem(id="M11", name=ESIM.name, quantity=lines),
        ),
        totals=Totals(monthly=monthly, once=Decimal("40.00")),
        plan=MOBILE_PLAN,
    )


def hold(number: str = "07700900477", *, minutes: int = 15) -> Hold:
    return Hold(
        number=number,
        display=f"{number[:5]} {number[5:]}",
        grade="silver",
        once="40.00",
        reservation=f"R-{number}",
        until=NOW + dt.timedelta(minutes=minutes),
    )


def agreed(draft: Draft) -> Draft:
    return edits.agree("voice", NOW, version="12", fingerprint="9f2c")(draft)


EDDAS_LINE = InstalledProduct(
    product_id="line-1",
    offer="M03",
    name=SKARV_100.name,
    family="Mobile",
    kind="line",
    role="line",
    number="07700 900471",
    status="active",
    monthly=Decimal("19.00"),
    term=24,
    term_ends=dt.date(2028, 3, 12),
    exit_fee=Decimal("40.00"),
    may_end=True,
    may_move=True,
)
JORYS_LINE = InstalledProduct(
    product_id="line-2",
    offer="M05",
    name="Skarv Flock (extra family line, 15 GB)",
    family="Mobile",
    kind="line",
    role="line",
    number="07700 900518",
    status="active",
    monthly=Decimal("7.00"),
    may_end=False,
    end_reasons=(Reason(rule="R57", text="The handset is paid with this line."),),
)
KIDS = InstalledProduct(
    product_id="kids-1",
    offer="C03",
    name="Nutshell Kids",
    family="Content",
    kind="content",
    role="item",
    place="14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR",
    status="active",
    monthly=Decimal("5.00"),
    term=1,
    may_end=True,
)
TV = InstalledProduct(
    product_id="tv-1",
    offer="T02",
    name="Lanternview Plus (72 channels)",
    family="IPTV",
    kind="tv",
    place="14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR",
    status="active",
    monthly=Decimal("18.00"),
    term=12,
    end_reasons=(Reason(rule="R47", text="Content packs need a TV package."),),
    end_with=("kids-1",),
    may_move=True,
)


def edda() -> Draft:
    """Edda's draft: she has two lines, television and a pack."""
    return draft_for("agent", "KF-0041873-6", "Edda Marrowby", now=NOW)


def eddas_choices(difference: Difference | None = None) -> Choices:
    """What the server says of Edda's products."""
    return Choices(
        catalogue_version="41",
        offers=(SKARV_100, ROAMING),
        installed=(EDDAS_LINE, JORYS_LINE, TV, KIDS),
        difference=difference,
        plan=CHANGE_PLAN,
    )
