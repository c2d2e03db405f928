"""A command goes out once, in order, under the login it was made with."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.store.database import Database
from app.store.drafts import Draft
from app.store.faults import AnotherCommand, AnotherUsers
from app.store.opening import in_memory
from app.store.outbox import WAITING, Command, CommandState, Outbox
from app.store.store import Store, open_store
from tests.app.store.people import NOON, FakeKeychain, SetClock

ORDER = Command(id="k1", owner="maren", kind="creation", payload=b'{"a":1}', customer="c1")


def another(number: int, customer: str = "c1", owner: str = "maren") -> Command:
    return msgspec.structs.replace(ORDER, id=f"k{number}", customer=customer, owner=owner)


def claimed(store: Store, user: str = "maren") -> str | None:
    command = store.outbox.claim(user)
    return command.id if command else None


def test_a_command_is_claimed_once(store: Store) -> None:
    added = store.outbox.add(ORDER)
    assert (added.state, added.created) == (CommandState.QUEUED, NOON)
    sending = store.outbox.claim("maren")
    assert sending is not None
    assert (sending.id, sending.state, sending.attempts) == ("k1", CommandState.SENDING, 1)
    assert store.outbox.claim("maren") is None


def test_submitting_a_draft_takes_it_off_the_list_in_the_same_moment(store: Store) -> None:
    store.drafts.save(Draft(id="d1", owner="maren", kind="creation", title="Jorun"))
    store.outbox.add(ORDER, draft_id="d1")
    assert store.drafts.open_drafts("maren") == ()
    assert [command.id for command in store.outbox.listed("maren")] == ["k1"]


def test_a_draft_of_somebody_else_cannot_be_submitted_and_nothing_is_queued(store: Store) -> None:
    store.drafts.save(Draft(id="d1", owner="silje", kind="creation", title="Jorun"))
    with pytest.raises(AnotherUsers):
        store.outbox.add(ORDER, draft_id="d1")
    assert store.outbox.listed("maren") == ()


def test_the_same_command_twice_is_one(store: Store) -> None:
    store.outbox.add(ORDER)
    store.outbox.claim("maren")
    assert store.outbox.add(ORDER).state is CommandState.SENDING
    assert len(store.outbox.listed("maren")) == 1


def test_another_content_under_the_same_id_is_refused(store: Store) -> None:
    store.outbox.add(ORDER)
    with pytest.raises(AnotherCommand):
        store.outbox.add(msgspec.structs.replace(ORDER, payload=b"{}"))
    with pytest.raises(AnotherUsers):
        store.outbox.add(msgspec.structs.replace(ORDER, owner="silje"))


def test_the_answer_is_kept_to_be_shown_again(store: Store) -> None:
    store.outbox.add(ORDER)
    store.outbox.claim("maren")
    store.outbox.succeeded("k1", b'{"orderNumber":"KO-0093317-4"}')
    done = store.outbox.load("k1", "maren")
    assert done is not None
    assert (done.state, done.answer) == (CommandState.DONE, b'{"orderNumber":"KO-0093317-4"}')
    assert store.outbox.listed("maren") == ()


def test_a_late_refusal_does_not_undo_a_success(store: Store) -> None:
    store.outbox.add(ORDER)
    store.outbox.claim("maren")
    store.outbox.succeeded("k1", b"ok")
    store.outbox.refused("k1", b"no")
    store.outbox.retry_later("k1", NOON)
    done = store.outbox.load("k1", "maren")
    assert done is not None
    assert (done.state, done.answer) == (CommandState.DONE, b"ok")


def test_commands_of_one_customer_keep_their_order(store: Store) -> None:
    for command in (ORDER, another(2), another(3, customer="c2"), another(4, customer="")):
        store.outbox.add(command)
    assert [claimed(store) for _ in range(4)] == ["k1", "k3", "k4", None]
    store.outbox.succeeded("k1", b"")
    assert claimed(store) == "k2"


def test_an_unknown_outcome_holds_the_customers_next_command_back(store: Store) -> None:
    store.outbox.add(ORDER)
    store.outbox.add(another(2))
    store.outbox.claim("maren")
    store.outbox.became_unknown("k1")
    assert claimed(store) is None
    store.outbox.retry_later("k1", NOON)
    assert claimed(store) == "k1"


def test_a_refused_command_lets_the_next_one_through(store: Store) -> None:
    store.outbox.add(ORDER)
    store.outbox.add(another(2))
    store.outbox.claim("maren")
    store.outbox.refused("k1", b'{"reason":"number taken"}')
    assert claimed(store) == "k2"


def test_a_retry_waits_for_its_time(store: Store, clock: SetClock) -> None:
    store.outbox.add(ORDER)
    store.outbox.claim("maren")
    store.outbox.retry_later("k1", NOON + timedelta(seconds=30), b"503")
    assert claimed(store) is None
    clock.forward(seconds=30)
    again = store.outbox.claim("maren")
    assert again is not None
    assert (again.id, again.attempts, again.answer) == ("k1", 2, b"503")


def test_nothing_is_ever_sent_under_the_next_users_login(store: Store) -> None:
    store.outbox.add(ORDER)
    assert claimed(store, "silje") is None
    with pytest.raises(AnotherUsers):
        store.outbox.load("k1", "silje")
    assert store.outbox.listed("silje") == ()
    assert claimed(store) == "k1"


def test_after_a_crash_what_was_being_sent_is_sent_again(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    store.outbox.add(ORDER)
    store.outbox.claim("maren")
    store.close()
    again = open_store(folder, "maren", keychain)
    assert again.outbox.recover(alone=True) == 1
    assert claimed(again) == "k1"
    again.close()


def test_beside_another_desk_only_what_ran_out_is_taken_over(store: Store, clock: SetClock) -> None:
    store.outbox.add(ORDER)
    store.outbox.claim("maren")
    assert store.outbox.recover() == 0
    clock.forward(minutes=2)
    assert store.outbox.recover() == 1
    assert claimed(store) == "k1"


def test_a_sender_that_died_unnoticed_loses_its_claim_with_the_lease(
    store: Store, clock: SetClock
) -> None:
    store.outbox.add(ORDER)
    store.outbox.claim("maren")
    clock.forward(minutes=2)
    again = store.outbox.claim("maren")
    assert again is not None
    assert again.attempts == 2


def test_only_what_is_settled_is_ever_forgotten(store: Store, clock: SetClock) -> None:
    store.outbox.add(ORDER)
    store.outbox.add(another(2, customer="c2"))
    store.outbox.claim("maren")
    store.outbox.succeeded("k1", b"")
    clock.forward(days=100)
    assert store.outbox.forget_before(clock.now) == 1
    assert [command.id for command in store.outbox.listed("maren")] == ["k2"]


def test_two_desks_with_four_threads_never_send_the_same(
    store: Store, folder: Path, keychain: FakeKeychain, clock: SetClock
) -> None:
    other = open_store(folder, "maren", keychain, clock=clock)
    for number in range(40):
        store.outbox.add(another(number, customer=f"c{number % 7}"))

    def send_all(desk: Store) -> list[str]:
        sent = []
        while command := desk.outbox.claim("maren"):
            sent.append(command.id)
            desk.outbox.succeeded(command.id, b"")
        return sent

    with ThreadPoolExecutor(4) as threads:
        sent = [name for names in threads.map(send_all, (store, other) * 2) for name in names]
    while rest := claimed(store):  # a thread may have left while another held its customer
        sent.append(rest)
        store.outbox.succeeded(rest, b"")
    other.close()
    assert Counter(sent) == {f"k{number}": 1 for number in range(40)}


class ThreeUsersOneMachine(RuleBasedStateMachine):
    """Users come and go while commands are queued, sent, retried and lost from sight."""

    @initialize()
    def begin(self) -> None:
        self.desk: Database
        self.desk, cache = in_memory()
        cache.close()
        self.clock = SetClock()
        self.outbox = Outbox(self.desk, self.clock)
        self.user = "maren"
        self.made: dict[str, Command] = {}
        self.sending: list[str] = []
        self.finished: dict[str, list[int]] = {}

    @rule(user=st.sampled_from(["maren", "silje", "ivo"]))
    def another_signs_in(self, user: str) -> None:
        self.user = user

    @rule(customer=st.sampled_from(["", "c1", "c2"]))
    def submit(self, customer: str) -> None:
        command = another(len(self.made), customer, self.user)
        self.made[command.id] = self.outbox.add(command)

    @rule()
    def send(self) -> None:
        command = self.outbox.claim(self.user)
        if command:
            assert command.owner == self.user
            assert command.id not in self.sending
            self.sending.append(command.id)

    @precondition(lambda self: self.sending)
    @rule(end=st.sampled_from(["done", "refused", "retry", "unknown"]))
    def answered(self, end: str) -> None:
        name = self.sending.pop(0)
        if end == "done":
            self.outbox.succeeded(name, b"")
        elif end == "refused":
            self.outbox.refused(name, b"")
        elif end == "retry":
            self.outbox.retry_later(name, self.clock.now + timedelta(seconds=5))
        else:
            self.outbox.became_unknown(name)
            self.outbox.retry_later(name, self.clock.now)
        if end in {"done", "refused"}:
            customer = self.made[name].customer
            self.finished.setdefault(customer, []).append(int(name[1:]))

    @rule()
    def crash(self) -> None:
        assert self.outbox.recover(alone=True) == len(self.sending)
        self.sending.clear()

    @rule()
    def time_goes_by(self) -> None:
        self.clock.forward(seconds=5)

    @invariant()
    def nothing_is_lost(self) -> None:
        waiting = sum(len(self.outbox.listed(user)) for user in ("maren", "silje", "ivo"))
        assert waiting + sum(map(len, self.finished.values())) == len(self.made)
        assert all(state in CommandState for state in WAITING)

    @invariant()
    def each_customers_commands_end_in_the_order_they_began(self) -> None:
        for customer, numbers in self.finished.items():
            assert not customer or numbers == sorted(numbers)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.close()


TestThreeUsersOneMachine = ThreeUsersOneMachine.TestCase
TestThreeUsersOneMachine.settings = settings(max_examples=30, deadline=None)
