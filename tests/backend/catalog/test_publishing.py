"""A new edition: proved, proposed by one person, approved by another, in force everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import requests
import sqlalchemy as sa

from backend.access.audit import AUDIT
from backend_client import Cancel, Client, Event, Link
from tests.backend.catalog.conftest import CATALOGUE, FASTER, TMF620, Document, approve, code_of
from tests.support.backend import RunningBackend
from tests.support.tmf import assert_conforms

Propose = Callable[[Document], requests.Response]
HOME = {
    "prospect": {"partyType": "individual", "birthDate": "1985-04-02", "identityChecked": True},
    "addressId": None,
    "picks": {},
}


def at_home(shop: RunningBackend) -> Document:
    """A question from an address with fibre."""
    with shop.database.read() as connection:
        address = connection.scalar(
            sa.text("SELECT id FROM address WHERE 'gpon' = ANY(networks) AND flat IS NULL LIMIT 1")
        )
    return {**HOME, "addressId": address}


def offered(shop: RunningBackend, question: Document) -> set[str]:
    answer = shop.call("POST", "/desk-api/v1/choices", json=question).json()
    return {each["id"] for each in answer["offers"]}


def test_a_new_bandwidth_is_sold_as_soon_as_a_second_person_has_approved_it(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    question, code = at_home(shop), code_of(faster)
    assert code not in offered(shop, question)
    made = propose(faster)
    assert made.status_code == 201, made.text
    proposal = made.json()
    assert made.headers["Location"].endswith(f"/proposal/{proposal['id']}")
    assert (proposal["state"], proposal["mine"]) == ("proposed", True)
    assert proposal["check"]["valid"]
    changed = {(each["kind"], each["id"]) for each in proposal["check"]["changes"]}
    assert ("offer", code) in changed
    assert ("group", "BB") in changed
    basket = next(each for each in proposal["check"]["prices"] if code in each["basket"])
    assert basket["before"] is None
    assert float(basket["after"]["monthly"]) >= FASTER["monthly"]
    assert code not in offered(shop, question), "it is only proposed"

    published = approve(shop, proposal["id"])
    assert published.status_code == 200, published.text
    version = published.json()["version"]
    assert (published.json()["state"], version > faster["basedOn"]) == ("published", True)
    assert code in offered(shop, question)
    newest = shop.call("GET", f"{CATALOGUE}/version", "product").json()["versions"][0]
    assert newest["version"] == version
    assert newest["publishedBy"] != newest["approvedBy"]
    assert newest["note"] == faster["note"]


def test_every_desk_is_told_and_the_standards_readers_see_the_same(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    offers, code = faster["catalogue"]["offers"], code_of(faster)
    offers[:] = [each for each in offers if each["code"] != "L05"]
    rule = next(each for each in faster["catalogue"]["rules"] if each["id"] == "R48")
    rule["when"] = [["sel", ["L04"]]]
    next(each for each in offers if each["code"] == "M01")["monthly"] = 8.5
    proposal = propose(faster).json()
    with Client.with_token(shop.url, shop.token("agent")) as desk:
        told = _listening(desk)
        assert approve(shop, proposal["id"]).status_code == 200
        batch = next(event for event in told if event.type == "CatalogBatchEvent")
    assert batch.resource == "catalog"
    assert (batch.document["id"], int(batch.document["version"]) > 1) == ("kestrelfjord", True)
    created = shop.call("GET", f"{TMF620}/productOffering/{code}").json()
    assert created["lifecycleStatus"] == "Launched"
    retired = shop.call("GET", f"{TMF620}/productOffering/L05").json()
    assert retired["lifecycleStatus"] == "Retired"
    assert "endDateTime" in retired["validFor"]
    price = shop.call("GET", f"{TMF620}/productOfferingPrice/M01-monthly").json()
    assert price["price"]["value"] == 8.5
    for entity in (created, retired):
        assert_conforms(620, "ProductOffering", entity)
    kinds = _event_kinds(shop)
    assert {
        "ProductOfferingCreateEvent",
        "ProductOfferingStateChangeEvent",
        "ProductOfferingPriceAttributeValueChangeEvent",
    } <= kinds


def _listening(desk: Client) -> Iterator[Event]:
    """Live events from now on; the first step waits until the stream is open."""

    opened: list[Link] = []
    stop = Cancel()
    stream = desk.events(stop=stop, on_link=opened.append)
    pool = ThreadPoolExecutor(1)
    first = pool.submit(next, stream)
    while not opened:
        if first.done():
            first.result()

    def events() -> Iterator[Event]:
        yield first.result(timeout=5)
        yield from stream

    return events()


def _event_kinds(shop: RunningBackend) -> set[str]:
    with shop.database.read() as connection:
        return set(connection.scalars(sa.text("SELECT DISTINCT event_type FROM event")))


def test_the_author_never_approves_his_own(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    proposal = propose(faster).json()
    refused = approve(shop, proposal["id"], "product")
    assert refused.status_code == 403
    assert refused.json()["reason"] == "You proposed this yourself."
    assert approve(shop, proposal["id"], "agent").status_code == 403
    assert (
        shop.call("GET", f"{CATALOGUE}/proposal/{proposal['id']}", "product").json()["state"]
        == "proposed"
    )


def test_a_decision_is_made_once_and_may_be_asked_for_again(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    proposal = propose(faster).json()
    first, again = approve(shop, proposal["id"]), approve(shop, proposal["id"])
    assert first.status_code == 200
    assert first.json() == again.json()
    path = f"{CATALOGUE}/proposal/{proposal['id']}"
    late = shop.call("POST", f"{path}/rejection", "supervisor", json={"reason": "Too dear"})
    assert (late.status_code, late.json()["code"]) == (409, "alreadyDecided")
    assert shop.call("POST", f"{path}/withdrawal", "product", json={}).status_code == 409


def test_of_two_proposals_on_the_same_version_the_second_must_be_proposed_again(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    one, two = propose(faster).json(), propose(faster).json()
    assert approve(shop, one["id"]).status_code == 200
    late = approve(shop, two["id"])
    assert (late.status_code, late.json()["code"]) == (409, "notInForce")
    stale = propose(faster)
    assert stale.status_code in {409, 422}


def test_a_proposal_is_rejected_with_a_reason_or_taken_back(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    path = f"{CATALOGUE}/proposal/{propose(faster).json()['id']}"
    assert shop.call("POST", f"{path}/rejection", "supervisor", json={}).status_code == 400
    rejected = shop.call("POST", f"{path}/rejection", "supervisor", json={"reason": "Too dear"})
    assert (rejected.json()["state"], rejected.json()["reason"]) == ("rejected", "Too dear")
    path = f"{CATALOGUE}/proposal/{propose(faster).json()['id']}"
    assert shop.call("POST", f"{path}/withdrawal", "supervisor", json={}).status_code == 403
    assert shop.call("POST", f"{path}/withdrawal", "product", json={}).json()["state"] == (
        "withdrawn"
    )
    rejected_only = f"{CATALOGUE}/proposal?state=rejected"
    found = shop.call("GET", rejected_only, "supervisor").json()["proposals"]
    assert {each["state"] for each in found} == {"rejected"}
    assert "catalogue" not in found[0]


def test_versions_are_kept_and_read_by_authors_alone(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    approve(shop, propose(faster).json()["id"])
    path = f"{CATALOGUE}/version/{faster['basedOn']}"
    old = shop.call("GET", path, "supervisor").json()
    assert code_of(faster) not in {each["code"] for each in old["catalogue"]["offers"]}
    assert len(old["golden"]) > 20
    for number, status in ((99, 404), (10**12, 404), (0, 400)):
        found = shop.call("GET", f"{CATALOGUE}/version/{number}", "product")
        assert found.status_code == status
    assert shop.call("GET", path, "agent").status_code == 403, "internal reasons stand in it"
    assert shop.call("GET", f"{CATALOGUE}/proposal/7x", "product").status_code == 404


def test_who_proposed_and_who_approved_is_kept(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    approve(shop, propose(faster).json()["id"])
    query = sa.select(AUDIT.c.action, AUDIT.c.actor).where(AUDIT.c.action.like("catalogue.%"))
    with shop.database.read() as connection:
        lines = connection.execute(query.order_by(AUDIT.c.seq.desc()).limit(2))
        assert [tuple(line) for line in lines] == [
            ("catalogue.published", "demo-supervisor"),
            ("catalogue.proposed", "demo-product"),
        ]


def test_a_proposal_sent_twice_under_one_key_is_one(shop: RunningBackend, faster: Document) -> None:
    key = {"Idempotency-Key": "working-copy-1"}
    path = f"{CATALOGUE}/proposal"
    made = [shop.call("POST", path, "product", json=faster, headers=key) for _ in range(2)]
    assert made[0].json() == made[1].json()
    found = shop.call("GET", f"{path}?state=proposed", "product").json()["proposals"]
    assert [each["id"] for each in found].count(made[0].json()["id"]) == 1
