"""TMF632, TMF629 and TMF666 as TM Forum wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from backend.account.rules import BILLING_ACCOUNT
from backend.customer.rules import CUSTOMER
from backend.party.rules import INDIVIDUAL, ORGANIZATION
from backend.rest.resource import Operation, Resource
from tests.support.rest import Api
from tests.support.tmf import assert_conforms, official

NUMBERS = {"party": 632, "customerManagement": 629, "accountManagement": 666}
NOUNS = [INDIVIDUAL, ORGANIZATION, CUSTOMER, BILLING_ACCOUNT]
METHODS = {
    Operation.LIST: ("", "get"),
    Operation.CREATE: ("", "post"),
    Operation.RETRIEVE: ("/{id}", "get"),
    Operation.PATCH: ("/{id}", "patch"),
    Operation.DELETE: ("/{id}", "delete"),
}


def number(resource: Resource) -> int:
    return NUMBERS[resource.api.name]


def made(api: Api, resource: Resource) -> dict[str, Any]:
    """One resource of the kind, from its own example."""
    wanted: dict[str, Any] = dict(resource.examples["create"])
    if resource is CUSTOMER:
        wanted["engagedParty"] = {"id": made(api, INDIVIDUAL)["id"]}
    if resource is BILLING_ACCOUNT:
        wanted["relatedParty"] = [{"id": made(api, CUSTOMER)["id"], "role": "customer"}]
    return api.made(f"{resource.api.base}/{resource.name}", wanted)


@pytest.mark.parametrize("resource", NOUNS, ids=lambda one: one.name)
def test_paths_are_the_official_ones(resource: Resource) -> None:
    file = official(number(resource))
    assert resource.api.base == file["basePath"].rstrip("/")
    for operation in resource.operations:
        path, method = METHODS[operation]
        assert method in file["paths"][f"/{resource.name}{path}"]


@pytest.mark.parametrize("resource", NOUNS, ids=lambda one: one.name)
def test_every_official_attribute_may_be_written_or_is_the_servers(resource: Resource) -> None:
    declared = official(number(resource))["definitions"][f"{resource.tmf_type}_Create"]
    fields = {field.alias for field in resource.model.model_fields.values()}
    left_out = set(declared["properties"]) - fields - resource.protected
    assert left_out == set()


@pytest.mark.parametrize("resource", NOUNS, ids=lambda one: one.name)
def test_every_answer_conforms(api: Api, resource: Resource) -> None:
    body = made(api, resource)
    href, kind = body["href"], resource.tmf_type
    answers: list[Mapping[str, Any]] = [
        body,
        api.get(href).json(),
        api.patch(href, resource.examples["patch"]).json(),
        *api.get(f"{resource.api.base}/{resource.name}").json(),
    ]
    assert len(answers) == 4
    for answer in answers:
        assert_conforms(number(resource), kind, answer)
        assert answer["@type"] == kind


@pytest.mark.parametrize("resource", NOUNS, ids=lambda one: one.name)
def test_every_refusal_conforms(api: Api, resource: Resource) -> None:
    collection = f"{resource.api.base}/{resource.name}"
    for answer in (
        api.get(f"{collection}/nobody"),
        api.get(f"{collection}?limit=many"),
        api.post(collection, {}),
        api.call("PUT", f"{collection}/nobody", {}),
    ):
        assert answer.status_code >= 400
        assert_conforms(number(resource), "Error", answer.json())


def test_events_and_subscriptions_conform(api: Api) -> None:
    customer = made(api, CUSTOMER)
    with api.database.read() as connection:
        events = [row[0] for row in connection.exec_driver_sql("SELECT document FROM event")]
    event = next(one for one in events if one["eventType"] == "CustomerCreateEvent")
    assert event["event"]["customer"] == customer
    assert_conforms(629, "CustomerCreateEvent", event)
    answer = api.post(
        f"{CUSTOMER.api.base}/hub", {"callback": "https://partner.example.com/customers"}
    )
    assert answer.status_code == 201
    assert_conforms(629, "EventSubscription", answer.json())


@pytest.mark.parametrize("resource", NOUNS, ids=lambda one: one.name)
def test_no_client_writes_what_is_the_servers(api: Api, resource: Resource) -> None:
    body = made(api, resource)
    collection = f"{resource.api.base}/{resource.name}"
    for name in sorted(resource.protected):
        for value in (body.get(name), None, [{"id": "mine"}]):
            assert api.patch(body["href"], {name: value}).status_code == 400
            wanted = {**resource.examples["create"], name: value}
            assert api.post(collection, wanted).status_code == 400
    assert api.get(body["href"]).json() == body
