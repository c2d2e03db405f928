"""Pounds and pence: rounding, and what of an amount is VAT."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from backend.catalog.definitions import Vat

_PENNY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Amounts:
    """One amount in pounds, without VAT, its VAT, and with it; net and tax make gross exactly."""

    net: Decimal
    tax: Decimal
    gross: Decimal


def pence(amount: Decimal) -> Decimal:
    """Half a penny is rounded away from nothing, as bills have it."""
    return amount.quantize(_PENNY, rounding=ROUND_HALF_UP)


def amounts(value: Decimal, vat: Vat, rate: Decimal) -> Amounts:
    """Split an amount that holds its VAT (`included`) or gets it on top (`added`).

    `rate` is a share of one. The amount itself stays to the penny; the other side is rounded.
    """
    if vat == "included":
        gross = pence(value)
        net = pence(value / (1 + rate))
    else:
        net = pence(value)
        gross = pence(value * (1 + rate))
    return Amounts(net, gross - net, gross)
