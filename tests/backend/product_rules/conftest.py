"""The demo's catalogue as document, as records and with an engine."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from backend.product_rules import Catalogue, Engine, read_catalogue_text


@pytest.fixture(scope="package")
def demo_text() -> str:
    return files("resources.demo").joinpath("catalogue.json").read_text(encoding="utf-8")


@pytest.fixture(scope="package")
def demo_document(demo_text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(demo_text)
    return document


@pytest.fixture(scope="package")
def demo(demo_text: str) -> Catalogue:
    return read_catalogue_text(demo_text)


@pytest.fixture(scope="package")
def engine(demo: Catalogue) -> Engine:
    return Engine(demo)
