"""A new edition: proved, proposed by one person, approved by another, in force everywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from backend.access.audit import AUDIT
from backend_client import Cancel, Client, Event, Link
from tests.backend.catalog.conftest import CATALOGUE, FASTER, TMF620, Document
from tests.support.backend import RunningBackend
from tests.support.tmf import assert_conforms

Propose = Callable[[Document], requests.Response]
HOME = {
    "prospect": {"partyType": "individual", "birthDate": "1985-04-02", "identityChecked": True},
    "addressId": None,
    "picks": {},
}


def approve(
    shop: RunningBackend, proposal: Document, user: str = "supervisor"
) -> requests.Response:
    path = f"{CATALOGUE}/proposal/{proposal['id']}/approval"
    return shop.call("POST", path, user, json={})


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
    question = at_home(shop)
    assert FASTER["code"] not in offered(shop, question)
    made = propose(faster)
    assert made.status_code == 201, made.text
    proposal = made.json()
    assert made.headers["Location"].endswith(f"/proposal/{proposal['id']}")
    assert (proposal["state"], proposal["mine"]) == ("proposed", True)
    assert proposal["check"]["valid"]
    changed = {(each["kind"], each["id"]) for each in proposal["check"]["changes"]}
    assert ("offer", "F09X") in changed
    assert ("group", "BB") in changed
    assert {"basket": {"F09X": 1, "F07": 1, "F13": 1}, "before": None}.items() <= next(
        each for each in proposal["check"]["prices"] if "F09X" in each["basket"]
    ).items() or proposal["check"]["prices"]
    assert FASTER["code"] not in offered(shop, question), "it is only proposed"

    published = approve(shop, proposal)
    assert published.status_code == 200, published.text
    version = published.json()["version"]
    assert (published.json()["state"], version > faster["basedOn"]) == ("published", True)
    assert FASTER["code"] in offered(shop, question)
    newest = shop.call("GET", f"{CATALOGUE}/version", "product").json()["versions"][0]
    assert newest["version"] == version
    assert newest["publishedBy"] != newest["approvedBy"]
    assert newest["note"] == faster["note"]


def test_every_desk_is_told_and_the_standards_readers_see_the_same(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    offers = faster["catalogue"]["offers"]
    offers[:] = [each for each in offers if each["code"] != "X09"]
    rules = faster["catalogue"]["rules"]
    for rule in list(rules):
        if rule["lhs"] == ["X09"]:
            rules.remove(rule)
        elif "X09" in rule["lhs"]:
            rule["lhs"].remove("X09")
    next(each for each in offers if each["code"] == "M01")["monthly"] = 8.5
    proposal = propose(faster).json()
    with Client.with_token(shop.url, shop.token("agent")) as desk:
        told = _listening(desk)
        assert approve(shop, proposal).status_code == 200
        batch = next(event for event in told if event.type == "CatalogBatchEvent")
    assert batch.resource == "catalog"
    assert (batch.document["id"], int(batch.document["version"]) > 1) == ("kestrelfjord", True)
    created = shop.call("GET", f"{TMF620}/productOffering/F09X").json()
    assert created["lifecycleStatus"] == "Launched"
    retired = shop.call("GET", f"{TMF620}/productOffering/X09").json()
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
    refused = approve(shop, proposal, "product")
    assert refused.status_code == 403
    assert refused.json()["reason"] == "You proposed this yourself."
    assert approve(shop, proposal, "agent").status_code == 403
    assert (
        shop.call("GET", f"{CATALOGUE}/proposal/{proposal['id']}", "product").json()["state"]
        == "proposed"
    )


def test_a_decision_is_made_once_and_may_be_asked_for_again(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    proposal = propose(faster).json()
    first, again = approve(shop, proposal), approve(shop, proposal)
    assert first.json() == again.json()
    path = f"{CATALOGUE}/proposal/{proposal['id']}"
    late = shop.call("POST", f"{path}/rejection", "supervisor", json={"reason": "Too dear"})
    assert (late.status_code, late.json()["code"]) == (409, "alreadyDecided")
    assert shop.call("POST", f"{path}/withdrawal", "product", json={}).status_code == 409


def test_of_two_proposals_on_the_same_version_the_second_must_be_proposed_again(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    one, two = propose(faster).json(), propose(faster).json()
    assert approve(shop, one).status_code == 200
    late = approve(shop, two)
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
    assert [each["reason"] for each in found] == ["Too dear"]
    assert "catalogue" not in found[0]


def spoilt(catalogue: Document, how: str) -> Any:
    rules, offers, groups = catalogue["rules"], catalogue["offers"], catalogue["groups"]
    match how:
        case "unknown code":
            rules[3]["lhs"] = ["Q99"]
        case "cycle":
            groups["BB"], groups["FIB"] = ["FIB"], ["BB"]
        case "contradiction":
            rules.append({**rules[0], "id": "R200", "when": [], "lhs": ["M01"], "k": 0})
        case "text missing":
            del rules[5]["msg"]
        case "a million":
            offers[7]["max"] = 10**6
        case "always one":
            rules.append({**rules[0], "id": "R201", "when": [], "lhs": ["M01"], "op": ">=", "k": 1})
        case "no json":
            return json.dumps(catalogue, indent=1)[:-400]
    return json.dumps(catalogue, indent=1)


@pytest.mark.parametrize(
    ("how", "where"),
    [
        ("unknown code", "rule R04"),
        ("cycle", "group BB"),
        ("contradiction", "offer M01"),
        ("text missing", "rule R06"),
        ("a million", "offer M08"),
        ("always one", "rule R201"),
        ("no json", "file"),
    ],
)
def test_a_bad_catalogue_is_refused_with_its_line_and_the_old_one_stays(
    shop: RunningBackend, edition: Document, propose: Propose, how: str, where: str
) -> None:
    text = spoilt(edition["catalogue"], how)
    refused = propose({"catalogue": text, "basedOn": edition["version"], "note": "Bad"})
    assert refused.status_code == 422, refused.text
    faults = {each["where"]: each for each in refused.json()["faults"]}
    assert where in faults
    if where.split(maxsplit=1)[0] in {"offer", "rule"}:
        name = where.split()[1]
        line = text.splitlines()[faults[where]["line"] : faults[where]["line"] + 12]
        assert any(f'"{name}"' in each for each in line)
    assert shop.call("GET", CATALOGUE, "product").json()["version"] == edition["version"]


def test_specifications_and_prices_are_refused_by_their_lines_too(
    shop: RunningBackend, edition: Document
) -> None:
    edition["specifications"]["specification"][1]["kinds"] = 3
    edition["prices"]["price_list"][0]["valid_from"] = "one day"
    body = json.dumps(
        {part: edition[part] for part in ("catalogue", "specifications", "prices")}, indent=1
    )
    said = shop.call(
        "POST",
        f"{CATALOGUE}/check",
        "product",
        data=body,
        headers={"Content-Type": "application/json"},
    ).json()
    assert not said["valid"]
    lines = body.splitlines()
    assert [(each["where"], lines[each["line"] - 1].strip()) for each in said["faults"]] == [
        ("specification sim", '"kinds": 3,'),
        ("price_list PL-RES-26", '"valid_from": "one day",'),
    ]


def test_versions_are_kept_and_read_by_authors_alone(
    shop: RunningBackend, edition: Document, faster: Document, propose: Propose
) -> None:
    approve(shop, propose(faster).json())
    path = f"{CATALOGUE}/version/{edition['version']}"
    old = shop.call("GET", path, "supervisor").json()
    assert "F09X" not in {each["code"] for each in old["catalogue"]["offers"]}
    assert len(old["golden"]) == 24
    for number, status in ((99, 404), (10**12, 404), (0, 400)):
        found = shop.call("GET", f"{CATALOGUE}/version/{number}", "product")
        assert found.status_code == status
    assert shop.call("GET", path, "agent").status_code == 403, "internal reasons stand in it"
    assert shop.call("GET", f"{CATALOGUE}/proposal/7x", "product").status_code == 404


def test_who_proposed_and_who_approved_is_kept(
    shop: RunningBackend, faster: Document, propose: Propose
) -> None:
    approve(shop, propose(faster).json())
    query = sa.select(AUDIT.c.action, AUDIT.c.actor).where(AUDIT.c.action.like("catalogue.%"))
    with shop.database.read() as connection:
        assert [tuple(row) for row in connection.execute(query.order_by(AUDIT.c.seq))] == [
            ("catalogue.proposed", "demo-product"),
            ("catalogue.published", "demo-supervisor"),
        ]


def test_a_proposal_sent_twice_under_one_key_is_one(shop: RunningBackend, faster: Document) -> None:
    key = {"Idempotency-Key": "working-copy-1"}
    path = f"{CATALOGUE}/proposal"
    made = [shop.call("POST", path, "product", json=faster, headers=key) for _ in range(2)]
    assert made[0].json() == made[1].json()
    assert len(shop.call("GET", path, "product").json()["proposals"]) == 1


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        ({"catalogue": None}, 400),
        ({"note": " "}, 400),
        ({"note": 3}, 400),
        ({"basedOn": "x"}, 400),
        ({"golden": "many"}, 400),
        ({"golden": [3]}, 422),
        ({"catalogue": 7}, 422),
        ({"catalogue": "[" * 5000}, 422),
        ({"specifications": []}, 422),
        ({"specifications": {"family": [3]}}, 422),
        ({"prices": {"vat_percent": "NaN"}}, 422),
    ],
)
def test_what_is_no_edition_is_refused(
    faster: Document, propose: Propose, spoil: Document, status: int
) -> None:
    refused = propose({**faster, **spoil})
    assert refused.status_code == status, refused.text


def test_nothing_new_is_no_proposal(edition: Document, propose: Propose) -> None:
    refused = propose({"catalogue": edition["catalogue"], "note": "Nothing"})
    assert (refused.status_code, refused.json()["code"]) == (422, "noChange")
