"""Describes a resource's operations for /openapi.json: bodies, examples, errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from fastapi import FastAPI
from pydantic import BaseModel

from backend.rest.patches import JSON_PATCH, MERGE_PATCH
from backend.rest.query import DEFAULT_LIMIT, MOST
from backend.rest.resource import Operation, Resource

_JSON = "application/json"
_MODELS = "#/$defs/"
_COMPONENTS = "#/components/schemas/"
_FRAMEWORK_ERRORS = ("HTTPValidationError", "ValidationError")

ERROR_SCHEMA: Mapping[str, Any] = {
    "title": "Error",
    "type": "object",
    "required": ["code", "reason"],
    "properties": {
        "code": {"type": "string", "description": "The application's own code."},
        "reason": {"type": "string", "description": "A sentence for people."},
        "message": {"type": "string", "description": "What to do about it."},
        "status": {"type": "string", "description": "The HTTP status."},
        "@type": {"type": "string", "const": "Error"},
        "fields": {
            "type": "array",
            "description": "The attributes that are wrong.",
            "items": {
                "type": "object",
                "properties": {"path": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
_REASONS = {
    400: "The request is not understood",
    401: "Not signed in",
    403: "Not allowed",
    404: "No such resource",
    405: "Not offered here",
    409: "Conflict with what is there",
    412: "Changed in the meantime",
    413: "Too large",
    415: "This kind of content is not understood",
    422: "Against the rules",
    500: "The server's mistake",
    501: "This part of TMF630 is not offered",
}
_ERRORS: Mapping[Operation, tuple[int, ...]] = {
    Operation.LIST: (400, 401, 403, 500, 501),
    Operation.RETRIEVE: (400, 401, 403, 404, 500),
    Operation.CREATE: (400, 401, 403, 409, 413, 415, 422, 500),
    Operation.PATCH: (400, 401, 403, 404, 409, 412, 413, 415, 422, 500, 501),
    Operation.DELETE: (401, 403, 404, 409, 412, 500),
}


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of an operation, for `responses=` of a hand-made route."""
    return {
        status: {
            "description": _REASONS[status],
            "content": {_JSON: {"schema": dict(ERROR_SCHEMA)}},
        }
        for status in statuses
    }


def json_body(schema: Mapping[str, Any], example: object, *media: str) -> dict[str, Any]:
    """`openapi_extra` for a route that reads its body itself."""
    content = {kind: {"schema": dict(schema), "example": example} for kind in media or (_JSON,)}
    return {"requestBody": {"required": True, "content": content}}


@dataclass(frozen=True, slots=True)
class Describer:
    """What FastAPI is told about the routes of one resource."""

    resource: Resource

    def route(self, operation: Operation) -> dict[str, Any]:
        """Keyword arguments of `add_api_route`."""
        return {
            "operation_id": self._operation_id(operation),
            "summary": self._summary(operation),
            "status_code": {Operation.CREATE: 201, Operation.DELETE: 204}.get(operation, 200),
            "response_model": None,
            "responses": self._success(operation) | errors(*_ERRORS[operation]),
            "openapi_extra": self._extra(operation),
        }

    def _operation_id(self, operation: Operation) -> str:
        name = self.resource.name
        return f"{operation.value}{name[0].upper()}{name[1:]}"

    def _summary(self, operation: Operation) -> str:
        return f"{operation.value.capitalize()} {self.resource.tmf_type}"

    def _success(self, operation: Operation) -> dict[int | str, dict[str, Any]]:
        if operation is Operation.DELETE:
            return {204: {"description": "Deleted"}}
        schema: dict[str, Any] = self._read_schema()
        if operation is Operation.LIST:
            counts = {
                name: {"description": text, "schema": {"type": "integer"}}
                for name, text in (
                    ("X-Total-Count", "How many there are over all pages"),
                    ("X-Result-Count", "How many are on this page"),
                )
            }
            content = {_JSON: {"schema": {"type": "array", "items": schema}}}
            return {200: {"description": "A page", "headers": counts, "content": content}}
        status = 201 if operation is Operation.CREATE else 200
        return {
            status: {"description": self.resource.tmf_type, "content": {_JSON: {"schema": schema}}}
        }

    def _extra(self, operation: Operation) -> dict[str, Any]:
        if operation is Operation.LIST:
            return {"parameters": [*_LIST_PARAMETERS, *self._filters()]}
        if operation is Operation.RETRIEVE:
            return {"parameters": [_FIELDS, _header("If-None-Match", "An ETag; 304 if unchanged")]}
        if operation is Operation.CREATE:
            example = self.resource.examples.get("create", {})
            body = json_body(self._model_schema("Create"), example)
            return {**body, "parameters": [_IDEMPOTENCY]}
        if operation is Operation.PATCH:
            return {**self._patch_body(), "parameters": [_IF_MATCH, _IDEMPOTENCY]}
        return {"parameters": [_IF_MATCH]}

    def _patch_body(self) -> dict[str, Any]:
        example = self.resource.examples.get("patch", {})
        schema = self._model_schema("Update")
        schema.pop("required", None)
        extra = json_body(schema, example, _JSON, MERGE_PATCH)
        steps = [
            {"op": "replace", "path": f"/{name}", "value": value} for name, value in example.items()
        ]
        extra["requestBody"]["content"][JSON_PATCH] = {
            "schema": {"type": "array", "items": {"type": "object"}},
            "example": steps,
        }
        return extra

    def _read_schema(self) -> dict[str, Any]:
        schema = self._model_schema("")
        own = {"id": {"type": "string"}, "href": {"type": "string"}}
        own[self.resource.stamp] = {"type": "string", "format": "date-time"}
        schema["properties"] = own | schema["properties"]
        return schema

    def _model_schema(self, suffix: str) -> dict[str, Any]:
        schema: dict[str, Any] = orjson.loads(_schema_of(self.resource.model))
        schema["title"] = f"{self.resource.tmf_type}_{suffix}" if suffix else self.resource.tmf_type
        return schema

    def _filters(self) -> list[dict[str, Any]]:
        """The attributes that are quick to filter by; all others may be named as well."""
        names = ["id", *self.resource.columns, *self.resource.searches]
        return [_query(name, "string", f"Only those with this {name}") for name in names]


@cache
def _schema_of(model: type[BaseModel]) -> bytes:
    """As JSON, for each who asks makes a copy of his own: working it out takes most of a start."""
    return orjson.dumps(model.model_json_schema(by_alias=True))


def install(app: FastAPI) -> None:
    """Let `app` publish each model once, under components/schemas."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = generate()
            app.openapi_schema = hoisted(document)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI offers


def hoisted(document: dict[str, Any]) -> dict[str, Any]:
    """`document` with every titled schema moved to components/schemas and referred to."""
    schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
    for name in _FRAMEWORK_ERRORS:  # never sent: every error has TMF630's body
        schemas.pop(name, None)
    for operation in _operations(document):
        answers = operation.setdefault("responses", {})
        if _FRAMEWORK_ERRORS[0] in str(answers.get("422", "")):
            del answers["422"]
        answers.setdefault("500", errors(500)[500])
    document["paths"] = _walk(document["paths"], schemas)
    return document


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from (one for one in path.values() if isinstance(one, dict))


def _walk(node: Any, schemas: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_walk(item, schemas) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("title"), str) and "properties" in node:
        return _hoist(node, schemas)
    return {
        name: value if name in {"example", "examples"} else _walk(value, schemas)
        for name, value in node.items()
    }


def _hoist(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    names: dict[str, str] = {}
    for name, one in schema.get("$defs", {}).items():
        names[name] = _free_name(name, _pointed(one, {}), schemas)
    for name, one in schema.get("$defs", {}).items():
        schemas[names[name]] = _pointed(one, names)
    own = _pointed({key: value for key, value in schema.items() if key != "$defs"}, names)
    name = _free_name(schema["title"], own, schemas)
    schemas[name] = own
    return {"$ref": f"{_COMPONENTS}{name}"}


def _pointed(node: Any, names: Mapping[str, str]) -> Any:
    """References to a schema's own definitions, pointed at the components."""
    if isinstance(node, list):
        return [_pointed(item, names) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _component(value, names)
        if key == "$ref" and isinstance(value, str)
        else _pointed(value, names)
        for key, value in node.items()
    }


def _component(reference: str, names: Mapping[str, str]) -> str:
    name = reference.removeprefix(_MODELS)
    return f"{_COMPONENTS}{names.get(name, name)}" if name != reference else reference


def _free_name(name: str, schema: Any, schemas: Mapping[str, Any]) -> str:
    while name in schemas and schemas[name] != schema:
        name += "_"
    return name


def _query(name: str, kind: str, text: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "schema": {"type": kind}}


def _header(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "in": "header", "description": text, "schema": {"type": "string"}}


_FIELDS = _query("fields", "string", "First-level attributes to send; none sends id and href")
_IF_MATCH = _header("If-Match", "The ETag you read; 412 if it changed since")
_IDEMPOTENCY = _header("Idempotency-Key", "The same key again gives the first answer again")
_LIST_PARAMETERS = [
    _FIELDS,
    _query("offset", "integer", "How many to pass over"),
    _query("limit", "integer", f"How many to send: {DEFAULT_LIMIT} unless told, at most {MOST}"),
    _query("sort", "string", "Attributes, a minus before it sorts downwards: -name,+id"),
    _query("filter", "string", "JSONPath such as $[?(@.status=='held')] (TMF630 part 6)"),
]
