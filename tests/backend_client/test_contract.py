"""The client against the real backend."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from backend_client import (
    Cancel,
    Client,
    Conflict,
    Event,
    Rejected,
    Retry,
    ServerFault,
    Settings,
    SignedOut,
    Unreachable,
    Where,
)
from backend_client.identity import Identity
from backend_client.party import Individual
from backend_client.records import ContactMedium, MediumCharacteristic, Ref
from tests.support.backend import RunningBackend

pytestmark = pytest.mark.journey


@pytest.fixture
def agent(shared_backend: RunningBackend) -> Iterator[Client]:
    shared_backend.online()
    settings = Settings(proxies={}, retry=Retry(attempts=2, base=0.01))
    with Client(shared_backend.url, settings=settings) as client:
        client.tokens.sign_in("agent", "agent")
        yield client
    shared_backend.online()


def somebody(client: Client, family_name: str) -> str:
    """A new person as a customer; the customer's number."""
    email = MediumCharacteristic(email_address="edda@example.org", contact_type="personal")
    person = client.individuals.create(
        Individual(
            type="Individual",
            given_name="Edda",
            family_name=family_name,
            birth_date="1984-03-01T00:00:00Z",
            contact_medium=(ContactMedium(medium_type="email", characteristic=email),),
        )
    ).record
    assert person.born is not None
    party = Ref(id=person.id, referred_type="Individual")
    body = {"@type": "Customer", "name": f"Edda {family_name}", "engagedParty": party}
    return client.customers.create(body, key=uuid4().hex).record.id


def test_signing_in_tells_who_is_there(shared_backend: RunningBackend, agent: Client) -> None:
    assert Identity(agent.transport).me().user_name == "agent"
    with Client(shared_backend.url) as stranger, pytest.raises(SignedOut):
        stranger.tokens.sign_in("agent", "wrong")


def test_a_refresh_token_is_enough_to_go_on_and_is_worthless_after_signing_out(
    shared_backend: RunningBackend,
) -> None:
    kept: list[str | None] = []
    with Client(shared_backend.url, on_refresh=kept.append) as client:
        client.tokens.sign_in("senior", "senior")
        assert kept[-1] is not None
        client.tokens.resume(kept[-1])
        assert Identity(client.transport).me().user_name == "senior"
        newest = kept[-1]
        assert newest != kept[0]
        client.tokens.revoke()
        client.tokens.resume(newest)
        with pytest.raises(SignedOut):
            Identity(client.transport).me()


def test_a_customer_is_created_found_and_changed(agent: Client) -> None:
    number = somebody(agent, "Marrowby")
    first = agent.customers.read(number)
    assert first.etag is not None
    assert agent.customers.read(number, known=first) is first
    second = agent.customers.change(first, {"name": "Edda Loomis"})
    assert second.record.name == "Edda Loomis"
    with pytest.raises(Conflict):
        agent.customers.change(first, {"name": "Edda Ashgrove"})
    found = agent.customers.page(Where().equal("name", "Edda Loomis"))
    assert number in [each.id for each in found.records]
    assert found.total is not None


def test_lists_are_read_whole_across_pages(agent: Client) -> None:
    made = {somebody(agent, "Quillfeather") for _ in range(5)}
    found = agent.customers.all(Where().equal("name", "Edda Quillfeather"), limit=2, sort="-id")
    numbers = [each.id for each in found]
    assert set(numbers) >= made
    assert len(numbers) == len(set(numbers))


def test_the_same_key_makes_one_customer(agent: Client) -> None:
    party = {"givenName": "Pim", "familyName": "Loomis", "@type": "Individual"}
    key = uuid4().hex
    with ThreadPoolExecutor(4) as pool:
        made = pool.map(lambda _: agent.individuals.create(party, key=key).record.id, range(4))
        assert len(set(made)) == 1
    with pytest.raises(Rejected):
        agent.individuals.create({**party, "givenName": "Ivo"}, key=key)


def test_a_refusal_has_a_sentence_and_fields(agent: Client) -> None:
    with pytest.raises(Rejected) as caught:
        agent.customers.create({"@type": "Customer", "name": "x", "id": "mine"})
    assert caught.value.reason.endswith(".")
    with pytest.raises(Rejected) as caught:
        agent.customers.get("KF-0000000-0")
    assert caught.value.not_found


def test_a_change_is_heard_by_those_who_listen(agent: Client) -> None:
    number = somebody(agent, "Ashgrove")
    stop = Cancel()

    def listen() -> Event | None:
        wanted = (e for e in agent.events(stop=stop) if e.document.get("name") == "Heard")
        return next(wanted, None)

    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(listen)
        for _ in range(100):
            agent.customers.change(number, {"name": "Heard"})
            agent.customers.change(number, {"name": "Unheard"})
            if heard.done():
                break
        try:
            event = heard.result(20)
        finally:
            stop.cancel()
    assert event is not None
    assert (event.resource, event.document["id"]) == ("customer", number)


def test_a_server_in_trouble_is_told_by_kind(shared_backend: RunningBackend, agent: Client) -> None:
    shared_backend.fails_with(503)
    with pytest.raises(Unreachable):
        agent.customers.get("KF-1")
    shared_backend.fails_with(500)
    with pytest.raises(ServerFault):
        agent.customers.get("KF-1")
    shared_backend.offline()
    with pytest.raises(Unreachable) as caught:
        agent.customers.create({"name": "x"})
    assert not caught.value.may_have_happened
