"""The customer step in words: the form with reasons, addresses and what the network does there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from app.language import tr
from app.wizard.fields import FormField, Problem, check, form_for
from app.wizard.report import Report
from app.wizard.steps import Step
from backend_client.desk_records import Address

MOST_ADDRESSES = 6


@dataclass(frozen=True, slots=True)
class AddressView:
    """An address of the register with what can be had there."""

    id: str
    label: str
    note: str
    networks: Mapping[str, bool]


def address_views(found: tuple[Address, ...]) -> tuple[AddressView, ...]:
    return tuple(
        AddressView(
            each.id, each.label, network_words(each.networks, flat=each.flat), each.networks
        )
        for each in found[:MOST_ADDRESSES]
    )


def network_words(networks: Mapping[str, bool], *, flat: bool = False) -> str:
    """Write what the network can do: "Fibre up to 2500, 5G"."""
    if networks.get("xgspon"):
        fixed = tr("Fibre up to 2500")
    elif networks.get("gpon"):
        fixed = tr("Fibre up to 1000")
    elif networks.get("vdsl"):
        fixed = tr("Copper up to 67")
    elif networks.get("copper"):
        fixed = tr("Copper up to 17")
    else:
        fixed = tr("No fixed network")
    air = tr("5G") if networks.get("cov5g") else tr("4G") if networks.get("cov4g") else ""
    parts = (fixed, air, tr("flat") if flat else "")
    return ", ".join(part for part in parts if part)


def label_of(field: FormField) -> str:
    """Write the field's name and, where it must be filled, why."""
    return f"{field.label} · {field.needed_for}" if field.needed_for else field.label


def problem_with(
    name: str, text: str, fields: Mapping[str, str], *, today: dt.date
) -> Problem | None:
    """What is wrong with a field, if it held this text."""
    field = next((each for each in form_for(fields) if each.name == name), None)
    return check(field, {**fields, name: text}, today=today) if field else None


def first_missing(report: Report) -> str:
    """The first field of the customer step that needs the agent; empty: none does."""
    found = (each.field for each in report.of(Step.CUSTOMER) if each.field)
    return next(found, "")
