"""Checks a document against its resource's model before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from backend.rest.errors import Field, Invalid
from backend.rest.resource import Document, Resource

_SENTENCES = {
    "missing": "This is needed.",
    "string_type": "This must be text.",
    "string_too_long": "This is too long.",
    "string_too_short": "This must not be empty.",
    "bool_type": "This must be true or false.",
    "list_type": "This must be a list.",
    "model_type": "This must be an object.",
    "model_attributes_type": "This must be an object.",
    "unknown_attribute": "This attribute is not known here.",
    "timezone_aware": "This date and time needs an offset, such as Z.",
}


def parse(body: bytes) -> Any:
    """JSON from the wire; Invalid when it is not JSON that can be stored."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Invalid("The body is not valid JSON.", code="invalidJson") from error
    if b"\\u0000" in body and b"\\u0000" in orjson.dumps(value):
        raise Invalid("Text must not hold the character NUL.", code="invalidText")
    return value


def parse_object(body: bytes) -> Document:
    """A JSON object from the wire."""
    value = parse(body)
    if not isinstance(value, dict):
        raise Invalid("The body must be a JSON object.", code="invalidJson")
    return value


def refuse_protected(resource: Resource, names: Iterable[str]) -> None:
    """Invalid when a client names attributes that only the server writes."""
    fields = [
        Field(name, "Only the server sets this.") for name in names if name in resource.protected
    ]
    if fields:
        raise Invalid(
            "Some attributes can not be written.",
            "Leave these attributes out: " + ", ".join(field.path for field in fields) + ".",
            code="protectedAttribute",
            fields=tuple(fields),
        )


def check(resource: Resource, document: Document) -> None:
    """Invalid, with every wrong attribute named, unless `document` may be stored."""
    written = {name: value for name, value in document.items() if name not in resource.protected}
    try:
        resource.model.model_validate_json(orjson.dumps(written))
    except ValidationError as error:
        fields = tuple(_fields(error.errors(include_url=False, include_input=False)))
        raise Invalid(
            f"This is not a valid {resource.name}.",
            "Correct these attributes: " + ", ".join(field.path for field in fields) + ".",
            code="invalidBody",
            fields=fields,
        ) from error


def _fields(errors: list[ErrorDetails]) -> Iterator[Field]:
    for error in errors:
        path = ".".join(str(step) for step in error["loc"])
        sentence = _SENTENCES.get(error["type"], f"{error['msg']}.")
        context: Mapping[str, Any] = error.get("ctx", {})
        if error["type"] == "unknown_attribute":
            for name in context["names"]:
                yield Field(f"{path}.{name}" if path else name, sentence)
        else:
            yield Field(path, sentence)
