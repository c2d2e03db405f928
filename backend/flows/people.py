"""What people do to steps: finish their tasks, try held ones again, or pass over them."""

from __future__ import annotations

from collections.abc import Mapping

from backend.access.caller import Caller
from backend.flows import forms, records
from backend.flows.definition import OURS
from backend.flows.outcomes import Done
from backend.flows.progress import Progress
from backend.flows.rules import RETRY, SKIP, of_flow
from backend.flows.work import Work
from backend.rest import documents, etags
from backend.rest.checks import check
from backend.rest.documents import Stored
from backend.rest.errors import Field, Forbidden, Refused
from backend.rest.patches import Change
from backend.rest.resource import Context, Document

REASON = "reason"
_WRITABLE = frozenset({"state", "characteristic", "completionMethod", "priority", "@type"})
_PLAIN = frozenset({"priority", "completionMethod"})


class People:
    """PATCH of a taskFlow: everything people may do about a step."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def change(
        self,
        context: Context,
        flow_id: str,
        task_id: str,
        wanted: Change,
        if_match: str | None = None,
    ) -> Stored:
        """The changed step.

        `state` completed ends a task for people, or passes over a held step (with a reason);
        active tries a held step again. What characteristics say, conditions find under the
        step's id. NotFound, Refused, Forbidden, PreconditionFailed.
        """
        resource = of_flow(flow_id)
        records.lock_flow(context.connection, flow_id)
        current = documents.read(context.connection, resource, context.caller, task_id)
        etags.require(if_match, current.revision)
        before = current.document
        after = wanted(before)
        check(resource, after)
        _require_writable(before, after)
        given = _given(before, after)
        work = self._progress.work(context, task_id)
        if after["state"] == before["state"]:
            self._note(work, after, given)
        else:
            self._move(work, after["state"], given)
        return documents.read(context.connection, resource, context.caller, task_id)

    def _move(self, work: Work, state: str, given: Document) -> None:
        """Decide what the wanted state means for the step as it is."""
        caller = work.context.caller
        shown = {**given, "doneBy": caller.name}
        match work.task.state, state:
            case "active", "completed" if work.step.kind == "manual":
                forms.require(work.step.form, given)
                self._progress.settle(work, Done(given, shown=shown))
            case "hold", "active":
                _require(caller, RETRY)
                self._progress.again(work)
            case "hold", "completed":
                _require(caller, SKIP)
                if not str(given.get(REASON, "")).strip():
                    raise Refused(
                        "Say why the step is passed over.",
                        "Add a characteristic named reason.",
                        code="reasonMissing",
                    )
                self._progress.settle(work, Done(given, outcome="passedOver", shown=shown))
            case _:
                raise Refused(
                    f"This step can not go from {work.task.state} to {state} here.",
                    "Only tasks for people can be completed, and held steps tried again.",
                    code="illegalTransition",
                )

    def _note(self, work: Work, after: Document, given: Document) -> None:
        """Attributes without a meaning for the flow: priority, notes."""

        def noted(document: Document) -> Document:
            plain: Document = {name: after[name] for name in _PLAIN & after.keys()}
            kept = [one for one in document.get("characteristic", ()) if one["name"] not in given]
            new = [one for one in after.get("characteristic", ()) if one["name"] in given]
            return {**document, **plain, "characteristic": [*kept, *new]}

        documents.rewrite(work.context, of_flow(work.flow.id), work.task.id, noted)


def _given(before: Document, after: Document) -> Document:
    """The characteristics that the caller adds or changes; the server's own are not theirs."""
    old, new = _values(before), _values(after)
    given = {name: value for name, value in new.items() if old.get(name) != value}
    if wrong := sorted(OURS & given.keys()):
        raise Refused(
            "Some characteristics are the server's own.",
            f"Leave out: {', '.join(wrong)}.",
            code="protectedAttribute",
            fields=tuple(Field(f"characteristic.{name}", "Leave this out.") for name in wrong),
        )
    return given


def _values(document: Document) -> Mapping[str, object]:
    return {one["name"]: one["value"] for one in document.get("characteristic", ())}


def _require_writable(before: Document, after: Document) -> None:
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if wrong := sorted(changed - _WRITABLE):
        raise Refused(
            "This can not be changed here.",
            f"Leave out: {', '.join(wrong)}.",
            code="protectedAttribute",
            fields=tuple(Field(name, "Leave this out.") for name in wrong),
        )


def _require(caller: Caller, right: str) -> None:
    if right not in caller.rights:
        raise Forbidden("You may not do this.", "Ask a senior or a supervisor.", code="forbidden")
