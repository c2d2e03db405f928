"""A draft once saved is there, as it was saved, and only for its owner."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store.drafts import Draft, DraftState
from app.store.faults import AnotherUsers, StaleDraft
from app.store.store import Store, open_store
from tests.app.store.people import NOON, FakeKeychain, SetClock

JORUN = Draft(id="d1", owner="maren", kind="creation", title="Jorun Netherfold", step="needs")


def typed(draft: Draft, text: str, step: str = "needs") -> Draft:
    return msgspec.structs.replace(draft, payload=text.encode(), step=step)


def test_a_saved_draft_gets_its_version_and_its_times(store: Store) -> None:
    saved = store.drafts.save(JORUN)
    assert (saved.version, saved.created, saved.changed) == (1, NOON, NOON)
    assert store.drafts.load("d1", "maren") == saved


def test_it_is_there_after_the_desk_was_closed(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    saved = store.drafts.save(typed(JORUN, '{"name": "Jorun"}'))
    store.close()
    again = open_store(folder, "maren", keychain)
    assert again.drafts.load("d1", "maren") == saved
    again.close()


def test_open_drafts_come_last_changed_first(store: Store, clock: SetClock) -> None:
    first = store.drafts.save(JORUN)
    clock.forward(minutes=1)
    store.drafts.save(msgspec.structs.replace(JORUN, id="d2"))
    clock.forward(minutes=1)
    store.drafts.save(first)
    assert [draft.id for draft in store.drafts.open_drafts("maren")] == ["d1", "d2"]


def test_a_discarded_draft_is_off_the_list_and_can_be_taken_back(store: Store) -> None:
    store.drafts.save(JORUN)
    store.drafts.discard("d1", "maren")
    assert store.drafts.open_drafts("maren") == ()
    store.drafts.reopen("d1", "maren")
    (draft,) = store.drafts.open_drafts("maren")
    assert (draft.state, draft.version) == (DraftState.OPEN, 3)


def test_another_window_that_saved_first_is_not_overwritten(store: Store) -> None:
    here = store.drafts.save(JORUN)
    there = store.drafts.save(typed(here, "there"))
    with pytest.raises(StaleDraft) as refused:
        store.drafts.save(typed(here, "here"))
    assert refused.value.stored == there.version
    assert store.drafts.load("d1", "maren") == there


def test_back_returns_through_what_was_saved(store: Store) -> None:
    draft = store.drafts.save(typed(JORUN, "1", "customer"))
    draft = store.drafts.save(typed(draft, "2", "needs"))
    draft = store.drafts.save(typed(draft, "3", "numbers"))

    second = store.drafts.back("d1", "maren")
    assert second is not None
    assert (second.payload, second.step, second.version) == (b"2", "needs", 4)
    first = store.drafts.back("d1", "maren")
    assert first is not None
    assert (first.payload, first.step) == (b"1", "customer")
    assert store.drafts.back("d1", "maren") is None
    assert store.drafts.load("d1", "maren") == first


def test_fifty_steps_back_are_kept(store: Store) -> None:
    draft = store.drafts.save(JORUN)
    for number in range(60):
        draft = store.drafts.save(typed(draft, str(number)))
    steps = 0
    while store.drafts.back("d1", "maren"):
        steps += 1
    assert steps == 50


def test_nobody_is_given_another_users_draft(store: Store) -> None:
    store.drafts.save(JORUN)
    assert store.drafts.open_drafts("silje") == ()
    for attempt in (store.drafts.load, store.drafts.back, store.drafts.discard):
        with pytest.raises(AnotherUsers):
            attempt("d1", "silje")
    with pytest.raises(AnotherUsers):
        store.drafts.save(msgspec.structs.replace(JORUN, owner="silje"))


def test_what_does_not_exist_is_none(store: Store) -> None:
    assert store.drafts.load("d9", "maren") is None
    assert store.drafts.back("d9", "maren") is None
    store.drafts.discard("d9", "maren")


def test_only_what_is_closed_is_ever_forgotten(store: Store, clock: SetClock) -> None:
    store.drafts.save(JORUN)
    store.drafts.save(msgspec.structs.replace(JORUN, id="d2"))
    store.drafts.discard("d2", "maren")
    clock.forward(days=400)
    assert store.drafts.forget_before(clock.now - timedelta(days=90)) == 1
    assert store.drafts.load("d2", "maren") is None
    assert store.drafts.load("d1", "maren") is not None


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(st.text(max_size=4) | st.none(), min_size=1, max_size=12))
def test_saving_and_going_back_is_a_stack_of_texts(store: Store, texts: list[str | None]) -> None:
    """None is a step back. Saving the same text twice is no step."""
    draft = store.drafts.save(msgspec.structs.replace(JORUN, id=str(uuid4()), payload=b""))
    stack = [b""]
    for text in texts:
        if text is None:
            back = store.drafts.back(draft.id, "maren")
            assert (back is not None) == (len(stack) > 1)
            if back is not None:
                stack.pop()
                draft = back
        else:
            draft = store.drafts.save(typed(draft, text))
            if text.encode() != stack[-1]:
                stack.append(text.encode())
        assert draft.payload == stack[-1]
