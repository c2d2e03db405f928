"""The command: one body for the whole draft, the same draft the same body."""

from __future__ import annotations

from app.wizard import edits
from app.wizard.command import Body, creation_of
from app.wizard.draft import Message, draft_for
from tests.app.wizard.stories import NOW, agreed, choices, hold, jorun


def skarv_with_roaming() -> Body:
    draft = edits.pick("M03", 1)(jorun())
    draft = edits.pick("M13", 1)(edits.pick("M11", 1)(draft))
    draft = edits.set_setting("M03#1", "userName", "Jorun")(draft)
    draft = edits.hold_number("M03#1", hold())(draft)
    return creation_of(agreed(draft), choices())


def test_the_same_draft_gives_the_same_body() -> None:
    draft = agreed(edits.pick("M03", 1)(jorun()))
    assert creation_of(draft, choices()) == creation_of(draft, choices())


def test_each_line_is_an_item_with_its_number_and_settings() -> None:
    line = skarv_with_roaming()["order"]["productOrderItem"][0]
    assert line["productOffering"]["id"] == "M03"
    assert line["product"]["productCharacteristic"] == [
        {"name": "telephoneNumber", "value": "07700900477", "valueType": "string"},
        {"name": "userName", "value": "Jorun", "valueType": "string"},
    ]


def test_sim_and_extras_rely_on_their_line() -> None:
    _, sim, roaming = skarv_with_roaming()["order"]["productOrderItem"]
    assert sim["productOrderItemRelationship"] == [{"id": "1", "relationshipType": "reliesOn"}]
    assert roaming["productOrderItemRelationship"] == [{"id": "1", "relationshipType": "reliesOn"}]


def test_what_is_set_for_a_sim_goes_with_it() -> None:
    draft = edits.pick("M11", 2)(edits.pick("M03", 2)(jorun()))
    draft = edits.set_setting("M11#2", "profileBy", "call")(draft)
    *_, first, second = creation_of(draft, choices(lines=2))["order"]["productOrderItem"]
    assert first["product"]["productCharacteristic"] == []
    assert second["product"]["productCharacteristic"] == [
        {"name": "profileBy", "value": "call", "valueType": "string"}
    ]


def test_an_extra_may_be_set_to_another_line() -> None:
    draft = edits.pick("M13", 1)(edits.pick("M03", 2)(jorun()))
    draft = edits.set_setting("M13#1", "line", "M03#2")(draft)
    items = creation_of(draft, choices(lines=2))["order"]["productOrderItem"]
    assert items[2]["productOrderItemRelationship"][0]["id"] == "2"


def test_a_new_person_is_a_party_a_customer_and_an_account() -> None:
    body = skarv_with_roaming()
    party, customer = body["customer"]["party"], body["customer"]["customer"]
    assert (party["@type"], party["birthDate"]) == ("Individual", "1985-04-02T00:00:00Z")
    assert customer["name"] == "Jorun Netherfold"
    assert body["customer"]["pin"] == "4071"
    assert body["billingAccount"] == {"name": "Jorun Netherfold", "accountType": "postpaid"}
    assert body["reservations"] == ["R-07700900477"]
    assert body["agreement"]["termsVersion"] == "12"


def test_the_bill_has_its_own_name_and_way() -> None:
    account = creation_of(jorun(accountName="The Netherfolds", billBy="account"), None)
    assert account["billingAccount"] == {
        "name": "The Netherfolds",
        "accountType": "postpaid",
        "billStructure": {"presentationMedia": [{"name": "account", "isRef": False}]},
    }


def test_a_company_carries_its_number_and_contact() -> None:
    draft = jorun(partyType="organization", tradingName="Wrenhallow Ltd", companyNumber="12345678")
    party = creation_of(draft, None)["customer"]["party"]
    assert party["tradingName"] == "Wrenhallow Ltd"
    assert party["organizationIdentification"][0]["identificationId"] == "12345678"
    assert party["partyCharacteristic"][0]["value"] == "Jorun Netherfold"


def test_only_an_account_has_no_order() -> None:
    draft = edits.set_only_account(only=True)(edits.pick("M03", 1)(jorun()))
    body = creation_of(draft, choices())
    assert (body["order"], body["picks"], body["agreement"]) == (None, {}, None)
    assert body["billingAccount"] is not None


def test_an_existing_customer_is_named_by_id_only() -> None:
    draft = draft_for("agent", "KF-0041873-6", "Edda Marrowby", now=NOW)
    body = creation_of(edits.pick("M13", 1)(draft), choices())
    assert body["customer"] == {"id": "KF-0041873-6"}
    assert body["billingAccount"] is None
    (item,) = body["order"]["productOrderItem"]
    assert "productOrderItemRelationship" not in item


def test_only_chosen_messages_are_sent() -> None:
    messages = (Message(to="customer", subject="Hello"), Message(to="reseller", chosen=False))
    draft = edits.set_messages(messages)(jorun())
    assert [message["to"] for message in creation_of(draft, None)["messages"]] == ["customer"]
