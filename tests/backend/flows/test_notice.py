"""Notices: who can not be reached is either helped by people or left in peace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from backend.database import Database
from backend.flows.definition import Definition, Step
from backend.flows.outcomes import Done
from backend.flows.records import Flow, Task
from backend.flows.steps.notice import Notice
from backend.flows.work import Work
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document
from letters import FieldValue, Row
from tests.backend.flows.conftest import MAREN, now


@dataclass
class Post:
    """Keeps the keys of letters, or refuses with a code."""

    keys: list[str] = field(default_factory=list)
    refusing: str | None = None

    def letter(
        self,
        context: Context,
        letter_id: str,
        customer_id: str,
        *,
        key: str,
        order: Document | None = None,
        fields: Mapping[str, FieldValue] | None = None,
        rows: Mapping[str, Sequence[Row]] | None = None,
        mobile: str | None = None,
    ) -> str:
        del context, customer_id, order, fields, rows, mobile
        if self.refusing:
            raise Refused("Nobody there.", code=self.refusing)
        self.keys.append(key)
        return f"document of {letter_id}"


def work(database: Database, step: Step, customer_id: str | None = "KF-1") -> Work:
    with database.read() as connection:
        context = Context(connection, MAREN, now(), "test")
    flow = Flow("flow-1", customer_id, None, "PF90-1", "active", now(), {}, {}, *[False] * 3)
    task = Task("task-1", "flow-1", step.id, "active", 0, (), "", 1, 0, asked=False, turn=1,
                due=None, ended=None)  # fmt: skip
    return Work(context, Definition("PF90", "Trial", "", (step,)), flow, task, step)


def notice(**more: object) -> Step:
    return Step("told", "Told", "Letters", "notice", told=("LT01", "LT04"), **more)  # type: ignore[arg-type]  # as named


@pytest.mark.parametrize(
    ("once_per", "keys"),
    [
        ("flow", ["flow-1:LT01", "flow-1:LT04"]),
        ("order", ["flow-1:LT01", "flow-1:LT04"]),  # a flow without an order
        ("customer", ["KF-1:LT01", "KF-1:LT04"]),
    ],
)
def test_each_letter_has_a_key_of_its_own(
    database: Database, once_per: str, keys: list[str]
) -> None:
    post = Post()
    done = Notice(post).finish(work(database, notice(once_per=once_per)), None)
    assert post.keys == keys
    assert isinstance(done, Done)
    assert done.told[0] == {"letter": "LT01", "documentId": "document of LT01"}


def test_who_can_not_be_reached_is_noted_where_it_does_not_matter(database: Database) -> None:
    done = Notice(Post(refusing="noAddress")).finish(work(database, notice(must_reach=False)), None)
    assert isinstance(done, Done)
    assert done.told[1] == {"letter": "LT04", "reason": "Nobody there."}


@pytest.mark.parametrize(("code", "must_reach"), [("noAddress", True), ("letterIncomplete", False)])
def test_everything_else_needs_people(database: Database, code: str, *, must_reach: bool) -> None:
    with pytest.raises(Refused):
        Notice(Post(refusing=code)).finish(work(database, notice(must_reach=must_reach)), None)


def test_a_flow_about_nobody_tells_nobody(database: Database) -> None:
    with pytest.raises(Refused, match="not about a customer"):
        Notice(Post()).finish(work(database, notice(), None), None)
    with pytest.raises(Refused, match="no order"):
        assert work(database, notice()).order_id
