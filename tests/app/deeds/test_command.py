"""Each deed becomes the order that TMF622 and the desk's extensions ask for."""

from __future__ import annotations

from app.deeds import deed as edits
from app.deeds.command import creation_of
from app.wizard.draft import Hold
from tests.app.deeds.test_checks import AGREED, begun


def test_a_suspension_says_why_and_until_when() -> None:
    deed = begun("suspend", edits.set_field("until", "2026-12-24"))
    body = creation_of(deed)
    (item,) = body["order"]["productOrderItem"]
    assert item["product"] == {"id": "P-M03", "@type": "Product", "status": "suspended"}
    assert item["suspension"] == {"reason": "request", "until": "2026-12-24"}
    assert body["customer"] == {"id": "KF-1"}
    assert body["agreement"] is None
    assert "priority" not in body["order"]


def test_a_stolen_phone_is_urgent() -> None:
    deed = begun("suspend", edits.set_field("reason", "stolen"))
    assert creation_of(deed)["order"]["priority"] == "0"


def test_resuming_is_being_active_again() -> None:
    (item,) = creation_of(begun("resume"))["order"]["productOrderItem"]
    assert item["product"]["status"] == "active"


def test_a_swap_names_the_sim_at_hand_and_what_was_compared() -> None:
    scanned = edits.set_field("iccid", " 8999 0100 0000 0000 011 ")
    deed = begun("sim", scanned, edits.set_field("checked", "birthDate,pin"))
    (item,) = creation_of(deed)["order"]["productOrderItem"]
    assert item["sim"] == {
        "kind": "plastic",
        "iccid": "8999010000000000011",
        "reason": "damaged",
        "checked": ["birthDate", "pin"],
    }
    (other,) = creation_of(edits.set_field("kind", "esim")(deed))["order"]["productOrderItem"]
    assert other["sim"]["iccid"] is None


def test_a_held_number_goes_with_its_reservation_and_no_number_is_the_next_free_one() -> None:
    deed = begun("number")
    (item,) = creation_of(deed)["order"]["productOrderItem"]
    assert item["product"]["productCharacteristic"][0]["value"] == ""
    held = edits.hold(Hold(number="07700900477", display="", reservation="R-1"))
    body = creation_of(edits.set_field("way", "chosen")(held(deed)))
    (item,) = body["order"]["productOrderItem"]
    assert item["product"]["productCharacteristic"][0]["value"] == "07700900477"
    assert body["reservations"] == ["R-1"]


def test_a_gift_names_the_taker_and_carries_both_agreements() -> None:
    deed = begun(
        "owner", edits.give_to("KF-2", "Torvald"), edits.agree(AGREED),
        edits.agree(AGREED, taker=True),
    )  # fmt: skip
    body = creation_of(deed)
    assert body["order"]["category"] == "changeOfOwnership"
    (taker,) = body["order"]["relatedParty"]
    assert (taker["id"], taker["role"]) == ("KF-2", "newOwner")
    assert body["agreement"] == body["newOwnerAgreement"]
    assert body["agreement"]["termsVersion"] == "12"


def test_a_move_says_what_becomes_of_each_product_and_when() -> None:
    fates = {"P-F02": edits.STAYS, "P-T02": "T01", "P-S02": edits.ENDS}
    deed = begun(
        "move", edits.go_to_address("A-9", "3 Sprucegate"), edits.set_fates(fates),
        edits.set_field("day", "2026-12-01"),
    )  # fmt: skip
    order = creation_of(deed)["order"]
    assert order["category"] == "relocation"
    assert order["requestedStartDate"] == "2026-12-01T00:00:00Z"
    stays, becomes, ends = order["productOrderItem"]
    assert [each["action"] for each in (stays, becomes, ends)] == ["modify", "modify", "delete"]
    assert stays["product"]["place"][0]["id"] == "A-9"
    assert "productOffering" not in stays
    assert becomes["productOffering"]["id"] == "T01"


def test_the_same_deed_is_the_same_command_until_the_server_refused_it() -> None:
    deed = begun("suspend")
    assert deed.id == f"deed:{deed.command_id}"
    assert edits.send_anew()(deed).command_id != deed.command_id
