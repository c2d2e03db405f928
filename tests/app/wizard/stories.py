"""A customer, a catalogue and a clock for the wizard's tests."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from app.wizard import edits
from app.wizard.choices import (
    BasketItem,
    Characteristic,
    Choices,
    MissingChoice,
    OfferChoice,
    Totals,
)
from app.wizard.draft import Draft, Hold, new_draft

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
    monthly=Decimal("19.00"),
    once=Decimal("0.00"),
    term=24,
    most=6,
    number_type="mobile",
    characteristics=(Characteristic(name="userName", label="Who uses it", type="string"),),
)
ESIM = OfferChoice(
    id="M11", name="eSIM profile", family="Mobile", kind="sim", monthly=Decimal(0), once=Decimal(0)
)
ROAMING = OfferChoice(
    id="M13",
    name="Nordic + EU roaming pass",
    family="Mobile",
    kind="addon",
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
