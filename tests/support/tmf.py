"""TM Forum's official files as JSON schemas, to hold every answer against."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker

_FOLDER = Path(__file__).parents[3] / "shared" / "tmf"
_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("date-time")
def _is_moment(value: object) -> bool:
    """RFC 3339 with an offset."""
    from datetime import datetime

    if not isinstance(value, str):
        return True
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def assert_conforms(api: int, definition: str, body: object) -> None:
    """Fail unless `body` is what TMF `api` (its number) calls `definition`."""
    errors = sorted(
        (
            f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
            for error in _validator(api, definition).iter_errors(body)
        ),
    )
    assert not errors, f"TMF{api} {definition}: {errors}"


def official(api: int) -> Mapping[str, Any]:
    """The official file of an API with its known mistakes put right; skips where absent."""
    if not _FOLDER.is_dir():
        pytest.skip("TM Forum's official files are not beside this checkout (../shared/tmf)")
    return _read(api)


@cache
def _read(api: int) -> Mapping[str, Any]:
    (path,) = _FOLDER.glob(f"TMF{api}-*.swagger.json")
    document: dict[str, Any] = json.loads(path.read_text())
    _put_right(document)
    return document


def _put_right(document: dict[str, Any]) -> None:
    """Mistakes of the files that stand in the way (see TM Forum's issue lists)."""
    definitions = document["definitions"]
    for definition in definitions.values():
        states = definition.get("enum", [])
        if "aborted " in states:
            states[states.index("aborted ")] = "aborted"
        definition.get("properties", {}).pop("randomAtt", None)
    # a value of any kind is declared as an object
    if "Any" in definitions:
        definitions["Any"] = {}


@cache
def _validator(api: int, definition: str) -> Draft4Validator:
    definitions = official(api)["definitions"]
    if definition not in definitions:
        raise LookupError(f"TMF{api} has no {definition}")
    schema = {"$ref": f"#/definitions/{definition}", "definitions": definitions}
    return Draft4Validator(schema, format_checker=_FORMATS)
