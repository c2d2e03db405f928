"""A write that is sent again happens once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from backend.rest.idempotency import forget_before
from tests.support.rest import AGENT, RESELLER, Api

PEOPLE = "/tmf-api/party/v4/individual"
EDDA = {"givenName": "Edda", "familyName": "Marrowby"}
KEY = {"Idempotency-Key": "5f0c6bd2"}


def count(api: Api) -> int:
    return int(api.get(f"{PEOPLE}?limit=0").headers["x-total-count"])


def test_the_first_answer_is_given_again(api: Api) -> None:
    first, again = api.post(PEOPLE, EDDA, headers=KEY), api.post(PEOPLE, EDDA, headers=KEY)
    assert (again.status_code, again.content) == (201, first.content)
    for name in ("location", "etag"):
        assert again.headers[name] == first.headers[name]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert count(api) == 1


def test_twenty_twins_at_once_make_one(api: Api) -> None:
    def send(_number: int) -> tuple[int, str]:
        answer = api.as_caller(AGENT).post(PEOPLE, EDDA, headers=KEY)
        return answer.status_code, answer.json()["id"]

    with ThreadPoolExecutor(10) as senders:
        answers = set(senders.map(send, range(20)))
    assert len(answers) == 1
    assert count(api) == 1


def test_the_same_key_for_something_else_is_refused(api: Api) -> None:
    api.post(PEOPLE, EDDA, headers=KEY)
    other = api.post(PEOPLE, {**EDDA, "title": "Dr"}, headers=KEY)
    assert (other.status_code, other.json()["code"]) == (422, "idempotencyKeyReused")
    elsewhere = api.post("/tmf-api/party/v4/organization", EDDA, headers=KEY)
    assert elsewhere.status_code == 422


def test_a_failed_write_leaves_the_key_free(api: Api) -> None:
    assert api.post(PEOPLE, {"givenName": "Edda"}, headers=KEY).status_code == 400
    assert api.post(PEOPLE, EDDA, headers=KEY).status_code == 201


def test_a_patch_sent_again_changes_nothing_more(api: Api) -> None:
    href = api.made(PEOPLE, EDDA)["href"]
    headers = {**KEY, "If-Match": '"1"'}
    first = api.patch(href, {"title": "Dr"}, headers=headers)
    again = api.patch(href, {"title": "Dr"}, headers=headers)
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.content == first.content
    assert api.get(href).headers["etag"] == '"2"'


def test_keys_belong_to_their_user(api: Api) -> None:
    api.post(PEOPLE, EDDA, headers=KEY)
    other = api.as_caller(RESELLER).post(PEOPLE, EDDA, headers=KEY)
    assert "idempotency-replayed" not in other.headers
    assert count(api) == 2


def test_a_senseless_key_is_refused(api: Api) -> None:
    for key in ("", "k" * 256, "a\tb"):
        answer = api.post(PEOPLE, EDDA, headers={"Idempotency-Key": key})
        assert (answer.status_code, answer.json()["code"]) == (400, "invalidKey")


def test_old_keys_are_forgotten(api: Api) -> None:
    api.post(PEOPLE, EDDA, headers=KEY)
    now = datetime.now(UTC)
    with api.database.begin() as connection:
        assert forget_before(connection, now - timedelta(days=1), 10) == 0
        assert forget_before(connection, now + timedelta(seconds=1), 10) == 1
    assert "idempotency-replayed" not in api.post(PEOPLE, EDDA, headers=KEY).headers
