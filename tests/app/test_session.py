"""Signing in at the real backend, losing the sign-in, and going on as the same person."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.changes import Change, Kind
from app.kept_token import LONGEST, KeptToken
from app.session import AnotherUser, TokenKeeper, User
from app.start import Desk
from app.store.faults import FaultKind
from app.workplace import Workplace
from backend_client import NotAllowed, SignedOut
from tests.app.store.people import FakeKeychain
from tests.support.backend import RunningBackend


@pytest.fixture
def operator(lent_operator: RunningBackend) -> RunningBackend:
    return lent_operator


def test_who_signs_in_is_known_by_name_team_and_rights(workplace: Workplace) -> None:
    user = workplace.user
    assert user.name == "Maren Tindlewick"
    assert user.given_name == "Maren"
    assert user.initials == "MT"
    assert user.team == "Front desk Norsby"
    assert user.may("order.create")
    assert not user.may("order.skip-step")


def test_initials_of_one_name_and_of_three() -> None:
    def initials(name: str) -> str:
        return User("1", "x", name, "", frozenset()).initials

    assert initials("Maren") == "M"
    assert initials("Jens Åge Ødegård") == "JØ"


@pytest.mark.parametrize(("name", "password"), [("agent", "wrong"), ("nobody", "agent")])
def test_a_wrong_name_or_password_is_signed_out(new_desk: Desk, name: str, password: str) -> None:
    with pytest.raises(SignedOut):
        new_desk.sign_in(name, password)


@pytest.mark.parametrize(("name", "password"), [("", "agent"), ("agent", ""), ("  ", "x")])
def test_an_empty_field_never_leaves_the_desk(
    new_desk: Desk, operator: RunningBackend, name: str, password: str
) -> None:
    operator.offline()
    with pytest.raises(SignedOut):
        new_desk.sign_in(name, password)


def test_a_token_that_is_taken_back_ends_the_session_and_is_told(
    workplace: Workplace,
) -> None:
    told: list[Change] = []
    workplace.changes.watch(told.append)
    lose_sign_in(workplace)
    with pytest.raises(SignedOut):
        workplace.client.orders.page()
    assert workplace.session.expired
    assert Kind.SESSION in {change.kind for change in told}


def test_the_same_person_goes_on_with_the_password(workplace: Workplace) -> None:
    lose_sign_in(workplace)
    with pytest.raises(SignedOut):
        workplace.client.orders.page()
    with pytest.raises(SignedOut):
        workplace.session.sign_in_again("wrong")
    assert workplace.session.expired
    with pytest.raises(SignedOut):
        workplace.session.sign_in_again("")
    workplace.session.sign_in_again("agent")
    workplace.client.orders.page()
    assert {"expired": workplace.session.expired} == {"expired": False}


def test_another_person_does_not_get_this_persons_work(workplace: Workplace) -> None:
    workplace.session.user = User("somebody-else", "agent", "Edda", "", frozenset())
    with pytest.raises(AnotherUser) as caught:
        workplace.session.sign_in_again("agent")
    assert "Edda" in caught.value.sentence
    with pytest.raises((SignedOut, NotAllowed)):
        workplace.client.orders.page()


def test_the_next_start_goes_on_without_a_password(new_desk: Desk, ring: FakeKeychain) -> None:
    new_desk.sign_in("agent", "agent").close()
    assert [service for service, _ in ring.secrets if "/refresh/" in service]
    again = new_desk.resume("agent")
    assert again is not None
    assert again.user.name == "Maren Tindlewick"
    again.close()


def test_after_signing_out_nothing_is_kept_to_go_on_with(
    new_desk: Desk, ring: FakeKeychain
) -> None:
    workplace = new_desk.sign_in("agent", "agent")
    workplace.session.sign_out()
    workplace.close()
    assert not [service for service, _ in ring.secrets if "/refresh/" in service]
    assert new_desk.resume("agent") is None


def test_a_kept_token_that_is_over_is_forgotten(
    new_desk: Desk, ring: FakeKeychain, operator: RunningBackend
) -> None:
    new_desk.sign_in("agent", "agent").close()
    end_all_sign_ins(operator)
    assert new_desk.resume("agent") is None
    assert not [service for service, _ in ring.secrets if "/refresh/" in service]


def test_without_a_name_there_is_nobody_to_go_on_as(new_desk: Desk) -> None:
    assert new_desk.resume("") is None


def test_a_token_too_long_for_a_keychain_is_not_kept(ring: FakeKeychain) -> None:
    kept = KeptToken(ring, "default", "https://desk.example", "agent")
    kept.keep("short")
    kept.keep("x" * (LONGEST + 1))
    assert kept.load() is None


def test_a_keychain_that_refuses_costs_only_the_comfort(ring: FakeKeychain) -> None:
    kept = KeptToken(ring, "default", "https://desk.example", "agent")
    ring.fault = FaultKind.KEY_UNREADABLE
    kept.keep("token")
    kept.forget()
    assert kept.load() is None


def test_tokens_of_two_people_and_two_servers_lie_apart(ring: FakeKeychain) -> None:
    for server, name in (
        ("https://a.example", "x"),
        ("https://a.example", "y"),
        ("https://b", "x"),
    ):
        KeptToken(ring, "default", server, name).keep(f"{server} {name}")
    assert len({service for service, _ in ring.secrets}) == 3


def test_a_token_that_came_before_its_person_was_known_is_kept_too(
    ring: FakeKeychain, workplace: Workplace
) -> None:
    keeper = TokenKeeper()
    keeper.changed("first")
    kept = KeptToken(ring, "default", "https://desk.example", "agent")
    keeper.keep_for(kept, workplace.session)
    assert kept.load() == "first"
    keeper.changed("second")
    assert kept.load() == "second"
    keeper.changed(None)
    assert kept.load() is None
    assert workplace.session.expired


def end_all_sign_ins(operator: RunningBackend) -> None:
    """No refresh token is taken any longer."""
    with operator.database.begin() as connection:
        connection.execute(sa.text("DELETE FROM refresh_token"))


def lose_sign_in(workplace: Workplace) -> None:
    """The tokens at hand are worthless, as after a night."""
    workplace.client.tokens.resume("worthless")
