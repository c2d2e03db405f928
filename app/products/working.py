"""The working copy: what a product manager has changed and not yet proposed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import msgspec

from app.products.documents import Change, Documents, Kind, applied, changes, overlapping
from app.products.history import Edit, History


class KeptChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change as the store keeps it."""

    kind: str
    id: str
    before: Any = None
    after: Any = None
    behind: str = ""


class Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A working copy as the store keeps it: the changes alone, and on what they stand."""

    based_on: int
    changes: tuple[KeptChange, ...] = ()
    note: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Working:
    """A version in force and the edits on top of it.

    `key` makes a repeated proposal the same one; it is another after each edit. `moved` are the
    changes whose item somebody else changed in a version published meanwhile.
    """

    version: int
    base: Documents
    history: History
    note: str = ""
    key: str = ""
    moved: tuple[Change, ...] = ()

    @property
    def now(self) -> Documents:
        return self.history.now

    def changes(self) -> tuple[Change, ...]:
        return changes(self.base, self.now)

    def done(self, edit: Edit, what: str, of: str = "") -> Working:
        """The working copy after one more edit; itself where nothing changed."""
        history = self.history.done(edit, what, of)
        return self if history is self.history else self._with(history)

    def back(self) -> Working:
        return self._with(self.history.back())

    def forth(self) -> Working:
        return self._with(self.history.forth())

    def settled(self) -> Working:
        return replace(self, history=self.history.settled())

    def renewed(self) -> Working:
        """The same copy: proposed again it is another proposal."""
        return replace(self, key=_new_key())

    def with_note(self, note: str) -> Working:
        return replace(self, note=note, key=_new_key())

    def _with(self, history: History) -> Working:
        return replace(self, history=history, key=_new_key())


def begun(version: int, base: Documents) -> Working:
    """A working copy without a change."""
    return Working(version, base, History.begin(base), key=_new_key())


def on_version(version: int, base: Documents, kept: Kept) -> Working:
    """The kept changes on the version in force, whichever they were made on.

    Changes that are in force already are gone; `moved` names those that somebody else made
    another way meanwhile. One undo goes back to the version in force.
    """
    delta = tuple(_change(each) for each in kept.changes)
    made = applied(base, delta)
    working = Working(version, base, History.begin(base), kept.note, kept.key or _new_key())
    if made == base:
        return begun(version, base)
    working = replace(working, history=working.history.done(lambda _now: made, "", ""))
    moved = overlapping(delta, base) if kept.based_on != version else ()
    return replace(working, moved=moved)


def to_json(working: Working) -> bytes:
    """The working copy as the store keeps it; prices stay exact."""
    found = tuple(
        KeptChange(
            kind=each.kind, id=each.id, before=each.before, after=each.after, behind=each.behind
        )
        for each in working.changes()
    )
    kept = Kept(based_on=working.version, changes=found, note=working.note, key=working.key)
    return _ENCODER.encode(kept)


def from_json(stored: bytes) -> Kept:
    """What `to_json` wrote; msgspec.DecodeError for anything else."""
    return _DECODER.decode(stored)


def _change(kept: KeptChange) -> Change:
    return Change(Kind(kept.kind), kept.id, kept.before, kept.after, kept.behind)


def _new_key() -> str:
    return str(uuid.uuid4())


_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(Kept, float_hook=Decimal)
