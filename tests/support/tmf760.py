"""TMF760 v5's official OpenAPI file as JSON schemas; its discriminators are followed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

_FOLDER = Path(__file__).parents[3] / "shared" / "tmf"
_REFERENCE = "#/components/schemas/"
_OWN = "#/definitions/own/"
_KIND = "#/definitions/kind/"


def assert_conforms_760(name: str, body: object) -> None:
    """Fail unless `body` is what TMF760 v5 calls `name`; skips where the file is absent."""
    errors = sorted(
        f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
        for error in _validator(name).iter_errors(body)
    )
    assert not errors, f"TMF760 {name}: {errors}"


def paths() -> Mapping[str, Any]:
    """The official paths and their operations."""
    found: Mapping[str, Any] = _document()["paths"]
    return found


@cache
def _document() -> Mapping[str, Any]:
    files = list(_FOLDER.glob("TMF760-*.yaml"))
    if not files:
        pytest.skip("TM Forum's official files are not beside this checkout (../shared/tmf)")
    document: dict[str, Any] = yaml.load(files[0].read_text(), Loader=yaml.CSafeLoader)
    _put_right(document["components"]["schemas"])
    return document


def _put_right(schemas: dict[str, Any]) -> None:
    """The file has boolean characteristics, yet does not name them among the kinds."""
    for suffix in ("", "_FVO"):
        kinds = schemas[f"Characteristic{suffix}"]["discriminator"]["mapping"]
        for kind in ("BooleanCharacteristic", "BooleanArrayCharacteristic"):
            kinds.setdefault(kind, f"{_REFERENCE}{kind}{suffix}")


@cache
def _validator(name: str) -> Draft7Validator:
    schemas = _document()["components"]["schemas"]
    if name not in schemas:
        raise LookupError(f"TMF760 has no {name}")
    definitions = {
        "own": {each: _own(schema) for each, schema in schemas.items()},
        "kind": {each: _kind(each, schemas) for each in schemas},
    }
    return Draft7Validator({"$ref": _KIND + name, "definitions": definitions})


def _kind(name: str, schemas: Mapping[str, Any]) -> dict[str, Any]:
    """What a place of this type may hold: the subtype that `@type` names, and no other."""
    mapping = schemas[name].get("discriminator", {}).get("mapping")
    if not mapping:
        return {"$ref": _OWN + name}
    branches = [
        {
            "if": {"properties": {"@type": {"const": kind}}},
            "then": {"$ref": _target(reference, name)},
        }
        for kind, reference in mapping.items()
    ]
    return {
        "type": "object",
        "required": ["@type"],
        "properties": {"@type": {"enum": list(mapping)}},
        "allOf": branches,
    }


def _target(reference: str, name: str) -> str:
    target = reference.removeprefix(_REFERENCE)
    return _OWN + target if target == name else _KIND + target


def _own(schema: Any, *, parent: bool = False) -> Any:
    """The schema itself: parents in `allOf` are taken as they are, places by their kind."""
    if isinstance(schema, list):
        return [_own(each, parent=parent) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {}
    for key, value in schema.items():
        if key == "$ref":
            made[key] = (_OWN if parent else _KIND) + value.removeprefix(_REFERENCE)
        elif key in {"oneOf", "anyOf"} and "discriminator" in schema:
            continue
        elif key != "discriminator":
            made[key] = _own(value, parent=key == "allOf")
    return made
