"""Resources written and read over HTTP: revisions, patches, states, protected attributes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from backend.party.rules import INDIVIDUAL
from backend.rest import documents
from backend.rest.documents import New
from backend.rest.errors import Conflict
from backend.rest.resource import Context
from tests.support.rest import AGENT, RESELLER, STRANGER, Api

PEOPLE = f"{INDIVIDUAL.api.base}/individual"
EDDA = {
    "givenName": "Edda",
    "familyName": "Marrowby",
    "contactMedium": [
        {"mediumType": "email", "characteristic": {"emailAddress": "edda@example.com"}},
        {"mediumType": "phone", "characteristic": {"phoneNumber": "+44 1632 960017"}},
    ],
}
JSON_PATCH = {"Content-Type": "application/json-patch+json"}


@pytest.fixture
def edda(api: Api) -> dict[str, Any]:
    return api.made(PEOPLE, EDDA)


def event_types(api: Api) -> list[str]:
    with api.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT event_type FROM event ORDER BY sequence")
        return [row[0] for row in rows]


def test_creating_answers_where_it_is_and_what_it_is(api: Api) -> None:
    answer = api.post(PEOPLE, EDDA)
    assert answer.status_code == 201
    body = answer.json()
    assert answer.headers["location"] == body["href"] == f"{PEOPLE}/{body['id']}"
    assert answer.headers["etag"] == '"1"'
    assert body["status"] == "initialized"
    assert api.get(body["href"]).content == answer.content


def test_a_merge_patch_merges_objects_replaces_arrays_and_null_deletes(
    api: Api, edda: dict[str, Any]
) -> None:
    medium = [{"mediumType": "email", "characteristic": {"emailAddress": "new@example.com"}}]
    for kind in ("application/json", "application/merge-patch+json; charset=utf-8"):
        answer = api.patch(
            edda["href"],
            {"title": "Dr", "contactMedium": medium, "middleName": None},
            headers={"Content-Type": kind},
        )
        assert answer.status_code == 200
        assert answer.json()["contactMedium"] == medium
    gone = api.patch(edda["href"], {"title": None})
    assert "title" not in gone.json()
    assert gone.headers["etag"] == '"3"'


def test_a_patch_that_changes_nothing_leaves_no_trace(api: Api, edda: dict[str, Any]) -> None:
    answer = api.patch(edda["href"], {"givenName": "Edda"})
    assert answer.headers["etag"] == '"1"'
    assert event_types(api) == ["IndividualCreateEvent"]


def test_a_json_patch_changes_one_element(api: Api, edda: dict[str, Any]) -> None:
    steps = [
        {"op": "test", "path": "/contactMedium/0/mediumType", "value": "email"},
        {"op": "add", "path": "/contactMedium/0/preferred", "value": True},
        {"op": "remove", "path": "/contactMedium/1"},
    ]
    answer = api.patch(edda["href"], steps, headers=JSON_PATCH)
    assert answer.status_code == 200, answer.text
    (medium,) = answer.json()["contactMedium"]
    assert medium["preferred"] is True


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ([{"op": "test", "path": "/givenName", "value": "Ivo"}], 409),
        ([{"op": "remove", "path": "/nothing"}], 422),
        ([{"op": "remove", "path": "/contactMedium/7"}], 422),
        ([{"op": "replace", "path": "/id", "value": "mine"}], 400),
        ([{"op": "remove", "path": "/href"}], 400),
        ([{"op": "remove", "path": "/givenName"}], 400),
        ([{"op": "dance", "path": "/givenName"}], 400),
        ([{"path": "/givenName"}], 400),
        ([{"op": "add", "path": "no slash", "value": 1}], 422),
        ([{"op": "replace", "path": "", "value": []}], 400),
        ([{"op": "add", "path": "/x", "value": 1}], 400),
        ({"op": "remove"}, 400),
        ([1], 400),
        ([{"op": "test", "path": "/id", "value": 1}] * 201, 400),
        ([{"op": "copy", "from": "", "path": "/otherName"}] * 30, 400),
    ],
)
def test_a_bad_json_patch_changes_nothing(
    api: Api, edda: dict[str, Any], steps: object, status: int
) -> None:
    answer = api.patch(edda["href"], steps, headers=JSON_PATCH)
    assert answer.status_code == status, answer.text
    assert answer.json()["@type"] == "Error"
    assert api.get(edda["href"]).json() == edda


@pytest.mark.parametrize("name", ["id", "href", "lastUpdate"])
def test_the_servers_attributes_can_not_be_written(
    api: Api, edda: dict[str, Any], name: str
) -> None:
    for answer in (
        api.post(PEOPLE, {**EDDA, name: "mine"}),
        api.patch(edda["href"], {name: edda[name]}),
        api.patch(edda["href"], {name: None}),
    ):
        assert answer.status_code == 400
        assert answer.json()["fields"][0]["path"] == name
    assert api.get(edda["href"]).json() == edda


def test_unknown_attributes_need_a_type_of_their_own(api: Api) -> None:
    refused = api.post(PEOPLE, {**EDDA, "shoeSize": 39})
    assert refused.status_code == 400
    assert refused.json()["fields"] == [
        {"path": "shoeSize", "message": "This attribute is not known here."}
    ]
    extended = {**EDDA, "@type": "Dancer", "@baseType": "Individual", "shoeSize": 39}
    body = api.made(PEOPLE, extended)
    assert (body["shoeSize"], body["@type"]) == (39, "Dancer")


def test_every_wrong_attribute_is_named(api: Api) -> None:
    answer = api.post(
        PEOPLE, {"givenName": 5, "contactMedium": [{"characteristic": {}}], "birthDate": "soon"}
    )
    assert answer.status_code == 400
    paths = {field["path"] for field in answer.json()["fields"]}
    assert {"givenName", "familyName", "contactMedium.0.mediumType"} <= paths
    assert any(path.startswith("birthDate") for path in paths)


def test_states_move_only_along_their_machine(api: Api, edda: dict[str, Any]) -> None:
    assert api.patch(edda["href"], {"status": "validated"}).status_code == 200
    back = api.patch(edda["href"], {"status": "initialized"})
    assert (back.status_code, back.json()["code"]) == (422, "illegalTransition")
    unknown = api.patch(edda["href"], {"status": "asleep"})
    assert (unknown.status_code, unknown.json()["code"]) == (400, "unknownState")
    assert api.post(PEOPLE, {**EDDA, "status": "deceaded"}).status_code == 422
    assert event_types(api) == ["IndividualCreateEvent", "IndividualStateChangeEvent"]


def test_a_change_of_state_and_more_tells_both(api: Api, edda: dict[str, Any]) -> None:
    api.patch(edda["href"], {"status": "validated", "title": "Dr"})
    assert event_types(api)[1:] == [
        "IndividualStateChangeEvent",
        "IndividualAttributeValueChangeEvent",
    ]


def test_deleting_leaves_an_event_and_nothing_else(api: Api, edda: dict[str, Any]) -> None:
    stale = {"headers": {"If-Match": '"9"'}}
    assert api.call("DELETE", edda["href"], **stale).status_code == 412
    assert api.call("DELETE", edda["href"]).status_code == 204
    assert api.get(edda["href"]).status_code == 404
    assert event_types(api)[-1] == "IndividualDeleteEvent"


def test_an_unchanged_resource_is_not_sent_again(api: Api, edda: dict[str, Any]) -> None:
    for tags in ('"1"', 'W/"1"', '"7", "1"', "*"):
        answer = api.get(edda["href"], headers={"If-None-Match": tags})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == '"1"'
    assert api.get(edda["href"], headers={"If-None-Match": '"2"'}).status_code == 200


def test_a_projection_holds_what_was_asked_and_no_tag(api: Api, edda: dict[str, Any]) -> None:
    answer = api.get(f"{edda['href']}?fields=familyName,title")
    assert answer.json() == {name: edda[name] for name in ("id", "href", "familyName")}
    assert "etag" not in answer.headers


def test_a_stale_tag_stops_the_second_of_two_agents(api: Api, edda: dict[str, Any]) -> None:
    def change(number: int) -> int:
        mine = api.as_caller(AGENT)
        condition = {"If-Match": '"1"'}
        return mine.patch(edda["href"], {"title": f"T{number}"}, headers=condition).status_code

    with ThreadPoolExecutor(8) as agents:
        answers = sorted(agents.map(change, range(8)))
    assert answers == [200] + [412] * 7
    assert api.get(edda["href"]).headers["etag"] == '"2"'


def test_a_weak_tag_never_matches_a_write(api: Api, edda: dict[str, Any]) -> None:
    answer = api.patch(edda["href"], {"title": "Dr"}, headers={"If-Match": 'W/"1"'})
    assert answer.status_code == 412
    assert answer.headers["etag"] == '"1"'


def test_nobody_without_the_right_gets_in(api: Api, edda: dict[str, Any]) -> None:
    stranger = api.as_caller(STRANGER)
    for method, path, body in (
        ("GET", PEOPLE, None),
        ("GET", edda["href"], None),
        ("POST", PEOPLE, EDDA),
        ("PATCH", edda["href"], {"title": "Dr"}),
        ("DELETE", edda["href"], None),
    ):
        assert stranger.call(method, path, body).status_code == 403
        nobody = api.call(method, path, body, headers={"X-Caller": "nobody"})
        assert nobody.status_code == 401
        assert nobody.headers["www-authenticate"] == "Bearer"


def test_another_resellers_customer_is_not_there(api: Api, edda: dict[str, Any]) -> None:
    reseller = api.as_caller(RESELLER)
    for method, body in (("GET", None), ("PATCH", {"title": "Dr"}), ("DELETE", None)):
        assert reseller.call(method, edda["href"], body).status_code == 404
    own = reseller.made(PEOPLE, EDDA)
    assert reseller.get(own["href"]).status_code == 200
    assert reseller.patch(own["href"], {"relatedParty": []}).status_code == 403


def test_an_empty_page_past_the_end_still_counts(api: Api, edda: dict[str, Any]) -> None:
    answer = api.get(f"{PEOPLE}?offset=999999")
    assert (answer.status_code, answer.json()) == (200, [])
    assert answer.headers["x-total-count"] == "1"
    assert answer.headers["x-result-count"] == "0"
    assert edda["id"] in api.get(PEOPLE).text


def test_links_lead_through_all_pages(api: Api) -> None:
    for _ in range(5):
        api.made(PEOPLE, EDDA)
    path, seen = f"{PEOPLE}?limit=2&familyName=Marrowby&sort=-givenName", []
    while path:
        answer = api.get(path)
        seen += [person["id"] for person in answer.json()]
        path = answer.links.get("next", {}).get("url", "")
    assert len(seen) == len(set(seen)) == 5
    assert answer.links["first"]["url"].endswith("offset=0&limit=2")
    assert answer.links["prev"]["url"].endswith("offset=2&limit=2")


def _context(connection: sa.Connection) -> Context:
    return Context(connection, AGENT, datetime.now(UTC), "test")


def _people(*names: str) -> list[New]:
    return [New(INDIVIDUAL, {**EDDA, "givenName": name}, name.casefold()) for name in names]


def test_many_are_stored_and_told_in_the_order_given(api: Api) -> None:
    with api.database.begin() as connection:
        stored = documents.create_many(_context(connection), _people("Torvald", "Edda", "Pim"))
    assert [one.document["givenName"] for one in stored] == ["Torvald", "Edda", "Pim"]
    assert [api.get(one.href).content for one in stored] == [one.body for one in stored]
    with api.database.read() as connection:
        told = connection.exec_driver_sql("SELECT resource_id FROM event ORDER BY sequence")
        assert [row[0] for row in told] == ["torvald", "edda", "pim"]


def test_one_that_is_there_already_keeps_all_from_being_stored(api: Api) -> None:
    with (
        pytest.raises(Conflict, match="already there"),
        api.database.begin() as connection,
    ):
        documents.create_many(_context(connection), _people("Edda", "Pim", "Edda"))
    assert event_types(api) == []


def test_a_row_may_hold_what_its_document_does_not_tell(api: Api) -> None:
    born = {"birth_date": "1984-03-09"}
    with api.database.begin() as connection:
        new = New(INDIVIDUAL, EDDA, "edda", born)
        stored = documents.create_many(_context(connection), [new])[0]
        column = connection.exec_driver_sql("SELECT birth_date FROM individual").scalar_one()
    assert (column, "birthDate" in stored.document) == (date(1984, 3, 9), False)


def test_nothing_to_store_sends_nothing(api: Api) -> None:
    with api.database.begin() as connection:
        assert documents.create_many(_context(connection), []) == []
    assert event_types(api) == []
