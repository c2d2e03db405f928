"""The letters of the resources, filled with their samples."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from letters import (
    Brand,
    Letter,
    Price,
    Recipient,
    Row,
    Template,
    Words,
    parse_brand,
    parse_template,
    parse_words,
)

KINDS = ("LT01", "LT02", "LT03", "LT04", "LT05", "LT13")
PAPER = ("LT01", "LT02", "LT03", "LT05", "LT13")


def resource(path: str) -> str:
    return files("resources").joinpath("letters", path).read_text("utf-8")


def words() -> Words:
    return parse_words(resource("en/words.toml"))


def brand() -> Brand:
    return parse_brand(resource("brands/R0.toml"))


def template(kind: str) -> Template:
    return parse_template(resource(f"en/{kind}.toml"), words())


def rows_of(entries: Mapping[str, Any]) -> dict[str, tuple[Row, ...]]:
    return {name: tuple(map(_row, rows)) for name, rows in entries.items()}


def _row(entry: Mapping[str, Any]) -> Row:
    value = entry.get("value")
    if "monthly" in entry or "once" in entry:
        value = Price(_amount(entry.get("monthly")), _amount(entry.get("once")))
    return Row(entry["text"], value, entry.get("quantity", 1))


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def sample(kind: str, *, large_print: bool = False) -> Letter:
    entries = tomllib.loads(resource(f"samples/{kind}.toml"))
    return Letter(
        template=template(kind),
        brand=brand(),
        recipient=Recipient(
            str(entries["fields"].get("customer.name", "Edda Marrowby")),
            ("14 Pebblewick Rise", "Norsby-on-Tarn", "QX4 7TR"),
        ),
        date=date(2026, 11, 18),
        number="KL-0301177-9",
        customer_number="KF-0041873-6",
        fields=entries["fields"],
        rows=rows_of(entries.get("rows", {})),
        large_print=large_print,
    )
