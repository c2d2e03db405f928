"""Merge-patch (RFC 7396) and JSON Patch (RFC 6902)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import jsonpatch
import orjson
from jsonpointer import JsonPointerException

from backend.rest.checks import parse, parse_object, refuse_protected
from backend.rest.errors import Conflict, Invalid, NotSupported, Refused, UnsupportedMedia
from backend.rest.resource import Document, Resource

MERGE_PATCH = "application/merge-patch+json"
JSON_PATCH = "application/json-patch+json"
JSON_PATCH_QUERY = "application/json-patch-query+json"
JSON = "application/json"
_MOST_STEPS = 200
_MOST_BYTES = 1_000_000

Change = Callable[[Document], Document]


def reader(resource: Resource, content_type: str, body: bytes) -> Change:
    """The change that a PATCH body describes; Invalid, 415 or 501 when it can not be read."""
    media = content_type.partition(";")[0].strip().lower() or JSON
    if media in {JSON, MERGE_PATCH}:
        wanted = parse_object(body)
        refuse_protected(resource, wanted)
        return lambda document: merged(document, wanted)
    if media == JSON_PATCH:
        steps = _steps(body)
        return lambda document: _patched(resource, document, steps)
    if media == JSON_PATCH_QUERY:
        raise NotSupported("JSON Patch with queries is not offered here.", code="notSupported")
    raise UnsupportedMedia(
        "This kind of patch is not understood.",
        f"Send {MERGE_PATCH} or {JSON_PATCH}.",
        code="unsupportedMedia",
        headers={"Accept-Patch": f"{MERGE_PATCH}, {JSON_PATCH}, {JSON}"},
    )


def merged(document: Document, wanted: Document) -> Document:
    """`document` with `wanted` merged in: null deletes, arrays are replaced whole."""
    result = dict(document)
    for name, value in wanted.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, dict):
            old = result.get(name)
            result[name] = merged(old if isinstance(old, dict) else {}, value)
        else:
            result[name] = value
    return result


def _steps(body: bytes) -> list[Any]:
    steps = parse(body)
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise Invalid("A JSON Patch is a list of operations.", code="invalidPatch")
    if len(steps) > _MOST_STEPS:
        raise Invalid(f"A JSON Patch may hold {_MOST_STEPS} operations.", code="invalidPatch")
    return steps


def _patched(resource: Resource, document: Document, steps: list[Any]) -> Document:
    result: Any = copy.deepcopy(document)
    for step in steps:  # one by one: a few `copy` in a row could fill the memory
        result = _step(result, step)
        if len(orjson.dumps(result)) > _MOST_BYTES:
            raise Invalid("The patch makes the document too large.", code="invalidPatch")
    if not isinstance(result, dict):
        raise Invalid("The patch must leave an object.", code="invalidPatch")
    changed = [name for name in resource.protected if result.get(name) != document.get(name)]
    refuse_protected(resource, sorted(changed))
    return result


def _step(document: Any, step: Document) -> Any:
    try:
        return jsonpatch.apply_patch(document, [step])
    except jsonpatch.JsonPatchTestFailed as error:
        raise Conflict("A test of the patch failed.", code="patchTestFailed") from error
    except (jsonpatch.JsonPatchConflict, JsonPointerException) as error:
        raise Refused("The patch names a place that is not there.", code="patchPath") from error
    except (jsonpatch.JsonPatchException, TypeError, ValueError, KeyError) as error:
        raise Invalid("The patch is not a valid JSON Patch.", code="invalidPatch") from error
