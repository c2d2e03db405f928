"""Puts the demo operator's catalogue in force."""

from __future__ import annotations

import json
import tomllib
from importlib import resources
from typing import Any

import orjson

from backend.catalog import rules
from backend.catalog.bundles import read_bundles
from backend.catalog.definitions import Definitions
from backend.catalog.in_step import bring_in_step
from backend.rest.resource import Context, Document


def demo_tables() -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The demo operator's rules, specifications and prices, as JSON can hold them."""
    folder = resources.files("resources.demo")

    def table(name: str) -> dict[str, Any]:
        loaded: dict[str, Any] = orjson.loads(
            json.dumps(tomllib.loads((folder / name).read_text("utf-8")), default=str)
        )
        return loaded

    found: dict[str, Any] = orjson.loads((folder / "catalogue.json").read_bytes())
    return found, table("specifications.toml"), table("prices.toml")


def demo_golden() -> list[Document]:
    """Orders of the demo operator that every catalogue must leave as they are."""
    text = (resources.files("resources.demo") / "golden.jsonl").read_text("utf-8")
    return [orjson.loads(line) for line in text.splitlines() if line.strip()]


def load_demo(context: Context) -> Definitions:
    """Publish the demo operator's catalogue and store its TMF620 entities."""
    found, specifications, prices = demo_tables()
    number = rules.publish(
        context, found, specifications, prices, golden=demo_golden(), note="The first catalogue"
    )
    definitions = rules.definitions_of(number, found, specifications, prices)
    bring_in_step(context, definitions, read_bundles(definitions.catalogue, specifications))
    return definitions
