"""Edda Marrowby of the pictures: her account as the server would send it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.support import edda_orders
from tests.support.tmf_parts import day, engaged, facts, money_price, named

NOW = dt.datetime(2026, 11, 20, 9, 14, tzinfo=dt.UTC)
CUSTOMER = "KF-0041873-6"
PLACE = "A-00214"
HOME = "14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR"

# what the catalogue says of the offerings: category and specification
FAMILIES: Mapping[str, tuple[str, str]] = {
    "F02": ("Internet", "Fibre broadband"),
    "F04": ("Internet", "Fibre broadband"),
    "F08": ("Internet", "Equipment and extras for broadband"),
    "F11": ("Internet", "Equipment and extras for broadband"),
    "F13": ("Internet", "Equipment and extras for broadband"),
    "T02": ("TV", "TV package"),
    "S02": ("Set-top box", "Set-top box"),
    "C01": ("Content", "Content pack"),
    "C03": ("Content", "Content pack"),
    "X02": ("Savings", "Saving"),
    "M03": ("Mobile", "Mobile line"),
    "M05": ("Mobile", "Mobile line"),
    "M10": ("Mobile", "SIM"),
    "M11": ("Mobile", "SIM"),
    "M13": ("Mobile", "Extra for a mobile line"),
    "M14": ("Mobile", "Extra for a mobile line"),
    "M18": ("Mobile", "Extra for a mobile line"),
    "M19": ("Mobile", "Handset on credit"),
}

_HOUSE = (
    ("F02", "Glimt 500", "35.00", "2026-03-12", 24),
    ("F08", "Pro router (Wi-Fi 7)", "6.00", "2026-03-12", 1),
    ("F11", "Home shield (DNS security)", "3.00", "2026-03-12", 1),
    ("T02", "Lanternview Plus (72 channels)", "18.00", "2026-03-12", 12),
    ("S02", "Lantern Box 4K", "7.00", "2026-03-12", 12),
    ("C03", "Nutshell Kids", "5.00", "2026-05-01", 1),
    ("X02", "Trio saving (fibre + TV + mobile)", "-10.00", "2026-03-12", None),
)
_LINES = (
    ("M03", "Skarv 100 (100 GB, 5G)", "19.00", "2026-03-12", 24, ""),
    ("M11", "eSIM profile", "0.00", "2026-03-12", None, "M03"),
    ("M19", "Ormsund A2 handset on credit (24 m)", "9.00", "2026-03-14", 24, "M03"),
    ("M13", "Nordic + EU roaming pass", "4.00", "2026-03-12", 1, "M03"),
    ("M05", "Skarv Flock (extra family line, 15 GB)", "7.00", "2026-03-12", 12, ""),
    ("M10", "Plastic SIM", "0.00", "2026-03-12", None, "M05"),
    ("M18", "Young-caller protection (premium bar)", "0.00", "2026-03-12", None, "M05"),
)
_NUMBERS = {"M03": ("07700900471", "Edda"), "M05": ("07700900518", "Jory")}


def _product(code: str, name: str, price: str, since: str, months: int | None) -> dict[str, Any]:
    start = dt.date.fromisoformat(since)
    term: dict[str, Any] = {}
    if months:
        year, month = divmod(start.month - 1 + months, 12)
        end = dt.date(start.year + year, month + 1, start.day) - dt.timedelta(days=1)
        term = {
            "productTerm": [
                {
                    "name": f"{months} months",
                    "duration": {"amount": months, "units": "month"},
                    "validFor": {"startDateTime": day(since), "endDateTime": day(str(end))},
                }
            ]
        }
    return {
        "id": f"P-{code}",
        "href": f"/tmf-api/productInventory/v4/product/P-{code}",
        "name": name,
        "status": "active",
        "startDate": day(since),
        "orderDate": day(since),
        "productOffering": {"id": code, "name": name},
        "productPrice": [money_price(f"{name}, every month", price, "recurring")],
        "relatedParty": [{"id": CUSTOMER, "role": "customer", "@referredType": "Customer"}],
        "@type": "Product",
        **term,
    }


def _products() -> list[dict[str, Any]]:
    at_home = [
        {**_product(*row), "place": [{"id": PLACE, "role": "installationAddress", "name": HOME}]}
        for row in _HOUSE
    ]
    lines = []
    for *row, line in _LINES:
        product = _product(*row)
        code = str(row[0])
        if code in _NUMBERS:
            number, user = _NUMBERS[code]
            product["productCharacteristic"] = facts(telephoneNumber=number, userName=user)
        if line:
            relation = {"relationshipType": "reliesOn", "product": {"id": f"P-{line}"}}
            product["productRelationship"] = [relation]
        lines.append(product)
    ended = {
        **_product("C01", "Touchline Sports", "20.00", "2026-04-01", 1),
        "status": "terminated",
        "terminationDate": day("2026-08-31"),
    }
    return [*at_home, *lines, ended]


def _customer() -> dict[str, Any]:
    return {
        "id": CUSTOMER,
        "name": "Edda Marrowby",
        "status": "active",
        "validFor": {"startDateTime": day("2026-03-12")},
        "engagedParty": engaged("P1", "Edda Marrowby"),
        "account": [{"id": "B-1", "name": "Edda Marrowby"}],
        "characteristic": facts(
            language="en", creditClass="A", addressId=PLACE, identitySeen="passport"
        ),
        "contactMedium": _contact(),
        "relatedParty": [
            {"id": "R0", "role": "reseller", "@referredType": "PartyRole"},
            {"id": "P77", "name": "Lorcan Marrowby", "role": "mayAsk"},
        ],
        "@type": "Customer",
    }


def _contact() -> list[dict[str, Any]]:
    return [
        {
            "mediumType": "phone",
            "preferred": True,
            "characteristic": {"contactType": "mobile", "phoneNumber": "07700 900471"},
        },
        {
            "mediumType": "email",
            "characteristic": {
                "contactType": "personal",
                "emailAddress": "edda.marrowby@example.com",
            },
        },
        {
            "mediumType": "postalAddress",
            "characteristic": {
                "street1": "14 Pebblewick Rise",
                "city": "Norsby-on-Tarn",
                "postCode": "QX4 7TR",
            },
        },
    ]


def _party() -> dict[str, Any]:
    return {
        "id": "P1",
        "givenName": "Edda",
        "familyName": "Marrowby",
        "birthDate": "1992-05-08T00:00:00Z",
        "contactMedium": _contact(),
        "languageAbility": [
            {"languageCode": "en", "languageName": "English", "isFavouriteLanguage": True},
            {"languageCode": "da", "languageName": "Danish"},
        ],
        "@type": "Individual",
    }


def _billing() -> dict[str, Any]:
    return {
        "id": "B-1",
        "name": "Edda Marrowby",
        "accountType": "postpaid",
        "paymentStatus": "paid",
        "billStructure": {
            "cycleSpecification": named("cycle-24", "24th"),
            "format": named("summary", "Summary"),
            "presentationMedia": [named("email", "E-mail")],
        },
        "defaultPaymentMethod": named("directDebit", "Direct debit"),
        "relatedParty": [{"id": CUSTOMER, "role": "customer"}],
        "@type": "BillingAccount",
    }


def account() -> dict[str, Any]:
    """`GET /desk-api/v1/account/{id}`, as a tree that a test may change."""
    document: dict[str, Any] = json.loads(_whole())
    return document


def account_bytes() -> bytes:
    """The same, as it travels."""
    return _whole()


@cache
def _whole() -> bytes:
    return json.dumps(
        {
            "asOf": NOW.isoformat(),
            "customer": _customer(),
            "party": _party(),
            "billingAccounts": [_billing()],
            "products": _products(),
            "orders": edda_orders.orders(),
            "flows": [edda_orders.flow()],
            "documents": edda_orders.documents(),
            "messages": edda_orders.messages(),
            "places": [{"id": PLACE, "label": HOME, "networks": {"gpon": True, "xgspon": True}}],
            "facts": {"segment": "RES", "credit": "A", "vulnerable": 0, "arrears": 0},
        }
    ).encode()
