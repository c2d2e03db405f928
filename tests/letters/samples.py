"""The letters of the resources, filled with their samples."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

from letters import (
    Brand,
    Letter,
    Recipient,
    Template,
    Words,
    parse_brand,
    parse_sample,
    parse_template,
    parse_words,
)

PAPER = (
    "LT01", "LT02", "LT03", "LT05", "LT09", "LT11", "LT13", "LT15", "LT16", "LT17", "LT21", "LT22",
    "LT23", "LT25", "LT26", "LT27", "LT31", "LT32", "LT33", "LT34",
)  # fmt: skip
KINDS = (*PAPER, "LT04", "LT06", "LT07", "LT10", "LT12", "LT18", "LT19", "LT20", "LT36", "LT37")


def resource(path: str) -> str:
    return files("resources").joinpath("letters", path).read_text("utf-8")


def words() -> Words:
    return parse_words(resource("en/words.toml"))


def brand() -> Brand:
    return parse_brand(resource("brands/R0.toml"))


def template(kind: str) -> Template:
    return parse_template(resource(f"en/{kind}.toml"), words())


def sample(kind: str, *, large_print: bool = False) -> Letter:
    data = parse_sample(resource(f"samples/{kind}.toml"))
    return Letter(
        template=template(kind),
        brand=brand(),
        recipient=Recipient(
            str(data.fields.get("customer.name", "Edda Marrowby")),
            ("14 Pebblewick Rise", "Norsby-on-Tarn", "QX4 7TR"),
        ),
        date=date(2026, 11, 18),
        number="KL-0301177-9",
        customer_number="KF-0041873-6",
        fields=data.fields,
        rows=data.rows,
        large_print=large_print,
    )
