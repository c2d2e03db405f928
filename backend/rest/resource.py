"""What one kind of TMF resource is: names, table, rights, rules, states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from pydantic import BaseModel

from backend.access.caller import Caller

Document = dict[str, Any]
"""A TMF resource as JSON."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule works with: one transaction, who asks, when, and under which request.

    `read_once` keeps what a noun need not read again; who changes that takes it out.
    """

    connection: sa.Connection
    caller: Caller
    now: datetime
    correlation_id: str
    read_once: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Api:
    """One TM Forum API: its `base` is the basePath of the official file, without the last slash."""

    name: str
    base: str
    domain: str


class Operation(Enum):
    """The operations of the uniform contract; the value is the HTTP method."""

    LIST = "list"
    RETRIEVE = "retrieve"
    CREATE = "create"
    PATCH = "patch"
    DELETE = "delete"


READ_ONLY = frozenset({Operation.LIST, Operation.RETRIEVE})
NO_DELETE = READ_ONLY | {Operation.CREATE, Operation.PATCH}
ALL = NO_DELETE | {Operation.DELETE}


@dataclass(frozen=True, slots=True)
class Rights:
    """Names of the rights that the operations ask for."""

    read: str
    create: str
    update: str
    delete: str

    @classmethod
    def of(cls, noun: str) -> Rights:
        return cls(f"{noun}.read", f"{noun}.create", f"{noun}.update", f"{noun}.delete")


@dataclass(frozen=True, slots=True)
class StateMachine:
    """Which states the `attribute` may take; leaving a state not listed here is refused.

    `first` holds the states a new resource may have; its first entry is the default.
    """

    attribute: str
    first: tuple[str, ...]
    transitions: Mapping[str, frozenset[str]]

    @property
    def states(self) -> frozenset[str]:
        return frozenset(self.first).union(self.transitions, *self.transitions.values())


def _unchanged(_context: Context, document: Document) -> Document:
    return document


def _patch_unchanged(_context: Context, _before: Document, after: Document) -> Document:
    return after


def _nothing(_context: Context, _document: Document) -> None:
    return None


def _nothing_to_lock(_context: Context, _identity: str) -> None:
    return None


def _nothing_after_patch(_context: Context, _before: Document, _after: Document) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Rules:
    """A noun's own decisions, called inside the transaction of the write.

    `before_…` may refuse (raise a Problem) and returns the document to store; `after_…` runs
    when the row and its event are written. `before_create` sees the document with its id.
    """

    lock: Callable[[Context, str], None] = _nothing_to_lock
    before_create: Callable[[Context, Document], Document] = _unchanged
    before_patch: Callable[[Context, Document, Document], Document] = _patch_unchanged
    before_delete: Callable[[Context, Document], None] = _nothing
    after_create: Callable[[Context, Document], None] = _nothing
    after_patch: Callable[[Context, Document, Document], None] = _nothing_after_patch
    after_delete: Callable[[Context, Document], None] = _nothing


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose data an event tells about: bounds who may see it."""

    customer_id: str | None = None
    reseller: str | None = None


def opaque_id(_context: Context) -> str:
    return uuid4().hex


def everybody(_caller: Caller) -> sa.ColumnElement[bool] | None:
    """No bound by reseller: data that is not a customer's, such as the catalogue."""
    return None


def no_audience(_context: Context, _document: Document) -> Audience:
    return Audience()


Search = Callable[[sa.ColumnElement[str]], sa.ColumnElement[bool]]
"""What a query parameter of its own asks, given the place for its value."""


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """One kind of resource, complete; the router, lists, writes and events read it.

    `model` checks what a client may write. `promote` gives the values of the table's own
    columns. `columns` maps dotted attribute paths to columns for filters and sorting; all
    other paths are looked up in the document. `server_set` names the attributes that only
    the server writes. `visible` bounds the rows for a caller (None: no bound). `stamp` is
    the attribute that tells when the resource was last written.
    """

    api: Api
    name: str
    tmf_type: str
    table: sa.Table
    model: type[BaseModel]
    promote: Callable[[Document], Mapping[str, object]]
    rights: Rights
    visible: Callable[[Caller], sa.ColumnElement[bool] | None]
    columns: Mapping[str, sa.ColumnElement[Any]] = field(default_factory=dict)
    operations: frozenset[Operation] = NO_DELETE
    server_set: frozenset[str] = frozenset()
    new_id: Callable[[Context], str] = opaque_id
    stamp: str = "lastUpdate"
    states: StateMachine | None = None
    rules: Rules = field(default_factory=Rules)
    audience: Callable[[Context, Document], Audience] = no_audience
    searches: Mapping[str, Search] = field(default_factory=dict)
    examples: Mapping[str, Document] = field(default_factory=dict)

    @property
    def protected(self) -> frozenset[str]:
        """Attributes that no client may write."""
        return self.server_set | {"id", "href", self.stamp}

    def href(self, identity: str) -> str:
        return f"{self.api.base}/{self.name}/{identity}"

    def event_type(self, change: str) -> str:
        """For example CustomerStateChangeEvent for `StateChange`."""
        return f"{self.name[0].upper()}{self.name[1:]}{change}Event"
