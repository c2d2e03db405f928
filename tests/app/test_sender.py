"""Commands from the outbox to the real backend: once, in order, and only by their own user."""

from __future__ import annotations

import threading
from typing import Any

import msgspec
import pytest

from app.changes import Change, Kind
from app.sender import Sender
from app.store.outbox import Command, CommandState
from app.workplace import Workplace
from tests.support.backend import RunningBackend
from tests.support.desk import creation
from tests.support.waiting import PATIENCE, eventually


def names_at(operator: RunningBackend) -> list[str]:
    found: list[dict[str, Any]] = operator.call(
        "GET", "/tmf-api/customerManagement/v4/customer?fields=name"
    ).json()
    return [each["name"] for each in found]


def test_a_command_is_sent_at_once_and_its_receipt_names_the_customer(
    workplace: Workplace, operator: RunningBackend
) -> None:
    receipt = workplace.sender.submit(creation(workplace.user.id))
    assert receipt.created is not None
    assert receipt.created.customer_id.startswith("KF-")
    assert not receipt.waiting
    assert names_at(operator) == ["Jorun Netherfold"]


def test_the_same_command_twice_makes_one_customer(
    workplace: Workplace, operator: RunningBackend
) -> None:
    command = creation(workplace.user.id)
    first = workplace.sender.submit(command)
    second = workplace.sender.submit(command)
    assert first == second
    assert names_at(operator) == ["Jorun Netherfold"]


def test_without_a_line_it_waits_and_goes_out_when_the_line_is_back(
    workplace: Workplace, operator: RunningBackend
) -> None:
    operator.offline()
    workplace.connection.doubted()
    eventually(lambda: not workplace.connection.online)
    receipt = workplace.sender.submit(creation(workplace.user.id))
    assert receipt.waiting
    assert workplace.sender.waiting() == 1
    operator.online()
    workplace.connection.try_now()
    eventually(lambda: not workplace.sender.waiting())
    assert workplace.sender.receipt(receipt.command_id).created is not None
    assert names_at(operator) == ["Jorun Netherfold"]


def test_a_server_that_fails_is_asked_again_under_the_same_id(
    workplace: Workplace, operator: RunningBackend
) -> None:
    operator.fails_with(500)
    command = creation(workplace.user.id)
    receipt = workplace.sender.submit(command)
    assert receipt.waiting
    kept = workplace.store.outbox.load(command.id, workplace.user.id)
    assert kept is not None
    assert kept.state is CommandState.QUEUED
    assert kept.not_before > workplace.clock()
    operator.online()
    eventually(lambda: not workplace.sender.waiting())
    assert names_at(operator) == ["Jorun Netherfold"]


def test_a_refusal_is_kept_with_its_sentence_and_is_not_tried_again(
    workplace: Workplace, operator: RunningBackend
) -> None:
    good = creation(workplace.user.id)
    body = msgspec.json.decode(good.payload)
    del body["customer"]["party"]["familyName"]
    bad = msgspec.structs.replace(good, payload=msgspec.json.encode(body))
    receipt = workplace.sender.submit(bad)
    assert receipt.refusal is not None
    assert receipt.refusal.sentence
    assert not receipt.refusal.conflict
    assert workplace.sender.waiting() == 0
    assert names_at(operator) == []


def test_while_signed_out_it_waits_for_the_same_person(
    workplace: Workplace, operator: RunningBackend
) -> None:
    workplace.client.tokens.resume("worthless")
    receipt = workplace.sender.submit(creation(workplace.user.id))
    assert receipt.waiting
    assert workplace.session.expired
    assert names_at(operator) == []
    workplace.session.sign_in_again("agent")
    workplace.connection.try_now()
    eventually(lambda: not workplace.sender.waiting())
    assert names_at(operator) == ["Jorun Netherfold"]


def test_another_users_commands_are_never_touched(workplace: Workplace) -> None:
    workplace.store.outbox.add(creation("somebody-else"))
    assert not workplace.sender.send_next()
    assert workplace.sender.waiting() == 0


def test_everybody_is_told_of_each_command(workplace: Workplace) -> None:
    told: list[Change] = []
    workplace.changes.watch(told.append)
    command = creation(workplace.user.id)
    workplace.sender.submit(command)
    about = [change for change in told if change.kind is Kind.OUTBOX]
    assert about
    assert all(change.ids == {command.id} for change in about)


def test_what_was_settled_since_the_line_went_is_counted(workplace: Workplace) -> None:
    before = workplace.clock()
    workplace.sender.submit(creation(workplace.user.id))
    bad = msgspec.structs.replace(creation(workplace.user.id), payload=b'{"customer": {}}')
    workplace.sender.submit(bad)
    assert workplace.sender.settled_since(before) == (1, 1)
    assert workplace.sender.settled_since(workplace.clock()) == (0, 0)


def test_a_receipt_of_nothing_is_a_mistake(workplace: Workplace) -> None:
    with pytest.raises(KeyError):
        workplace.sender.receipt("no-such-command")


def test_what_a_dead_desk_was_sending_goes_out_at_the_next_start(
    workplace: Workplace, operator: RunningBackend
) -> None:
    """The desk that claimed it died; nobody waits for its claim to run out."""
    left = creation(workplace.user.id)
    operator.offline()
    workplace.connection.doubted()
    eventually(lambda: not workplace.connection.online)
    workplace.store.outbox.add(left)
    claimed = workplace.store.outbox.claim(workplace.user.id)
    assert claimed is not None
    operator.online()
    next_start = Sender(
        workplace.client,
        workplace.store,
        workplace.session,
        workplace.connection,
        workplace.changes,
        clock=workplace.clock,
    )
    workplace.connection.try_now()
    thread = threading.Thread(target=next_start.run)
    thread.start()
    eventually(lambda: not workplace.sender.waiting())
    next_start.stop()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert names_at(operator) == ["Jorun Netherfold"]


def test_commands_of_one_customer_keep_their_order(
    workplace: Workplace, operator: RunningBackend
) -> None:
    operator.offline()
    workplace.connection.doubted()
    eventually(lambda: not workplace.connection.online)
    commands: list[Command] = []
    for given in ("Jorun", "Dagny", "Ingrith"):
        command = creation(workplace.user.id, given)
        commands.append(msgspec.structs.replace(command, customer="the same"))
    for command in commands:
        workplace.sender.submit(command)
    operator.online()
    workplace.connection.try_now()
    eventually(lambda: not workplace.sender.waiting())
    made = [workplace.sender.receipt(command.id).created for command in commands]
    ids = [each.customer_id for each in made if each is not None]
    assert ids == sorted(ids)
