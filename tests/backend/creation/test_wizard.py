"""What the desk's wizard makes is what the server understands."""

from __future__ import annotations

from app.wizard import edits
from app.wizard.command import creation_of
from tests.app.wizard.stories import agreed, choices, hold, jorun
from tests.backend.creation.conftest import Desk


def test_joruns_line_is_created_as_the_wizard_sends_it(desk: Desk) -> None:
    draft = edits.pick("M11", 1)(edits.pick("M03", 1)(jorun()))
    draft = edits.set_setting("M03#1", "userName", "Jorun")(draft)
    draft = edits.hold_number("M03#1", hold())(draft)
    body = creation_of(agreed(draft), choices())
    place = desk.get("/desk-api/v1/address?q=QX4 7TR 14")["addresses"][0]
    body |= {"reservations": [desk.hold("07700900477")], "addressId": place["id"]}
    made = desk.made(body)
    order = desk.get(f"/tmf-api/productOrderingManagement/v4/productOrder/{made['orderId']}")
    line, sim = order["productOrderItem"]
    assert line["product"]["realizingResource"][0]["value"] == "07700 900477"
    assert sim["productOrderItemRelationship"][0]["id"] == line["id"]
    assert order["externalId"] == draft.id


def test_a_company_is_created_as_the_wizard_sends_it(desk: Desk) -> None:
    draft = jorun(partyType="organization", tradingName="Wrenhallow Ltd", companyNumber="12345678")
    body = creation_of(draft, None) | {"addressId": None}
    made = desk.made(body)
    customer = desk.get(f"/tmf-api/customerManagement/v4/customer/{made['customerId']}")
    party = desk.get(customer["engagedParty"]["href"])
    assert party["tradingName"] == "Wrenhallow Ltd"
    assert party["organizationIdentification"][0]["identificationId"] == "12345678"
