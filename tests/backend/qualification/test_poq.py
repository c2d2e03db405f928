"""TMF679: the same answers for everybody who asks by the standard."""

from __future__ import annotations

from typing import Any

from tests.support.backend import RunningBackend
from tests.support.tmf import assert_conforms

PATH = "/tmf-api/productOfferingQualification/v4/productOfferingQualification"


def qualify(backend: RunningBackend, **body: Any) -> dict[str, Any]:
    answer = backend.call("POST", PATH, json={"instantSyncQualification": True, **body})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    assert_conforms(679, "ProductOfferingQualification", made)
    return made


def item(code: str, identity: str = "1") -> dict[str, Any]:
    return {"id": identity, "action": "add", "productOffering": {"id": code}}


def test_without_items_only_what_is_available_is_listed(operator_backend: RunningBackend) -> None:
    made = qualify(operator_backend, provideOnlyAvailable=True)
    results = {each["qualificationItemResult"] for each in made["productOfferingQualificationItem"]}
    assert results == {"qualified"}
    assert made["state"] == "done"


def test_a_category_bounds_the_answer(operator_backend: RunningBackend) -> None:
    made = qualify(
        operator_backend, category={"id": "mobile-prepaid"}, provideUnavailabilityReason=True
    )
    items = made["productOfferingQualificationItem"]
    assert [each["productOffering"]["id"] for each in items] == ["P01", "P02", "P03"]
    assert items[0]["eligibilityUnavailabilityReason"][0]["code"] == "R01"


def test_reasons_are_given_only_when_asked_for(operator_backend: RunningBackend) -> None:
    made = qualify(operator_backend, productOfferingQualificationItem=[item("P01")])
    (judged,) = made["productOfferingQualificationItem"]
    assert judged["qualificationItemResult"] == "unqualified"
    assert "eligibilityUnavailabilityReason" not in judged


def test_items_are_judged_beside_each_other(operator_backend: RunningBackend) -> None:
    alone = qualify(operator_backend, productOfferingQualificationItem=[item("M05")])
    assert alone["qualificationResult"] == "qualified"
    both = qualify(
        operator_backend,
        productOfferingQualificationItem=[item("M04"), item("M09", "2")],
    )
    assert both["qualificationResult"] == "qualified"
    again = operator_backend.call("GET", both["href"])
    assert again.json() == both


def test_an_unknown_offering_is_refused(operator_backend: RunningBackend) -> None:
    body = {"productOfferingQualificationItem": [item("Z99")]}
    answer = operator_backend.call("POST", PATH, json=body)
    assert answer.status_code == 400
    assert answer.json()["reason"] == "There is no offer Z99."


def test_what_is_closed_says_the_nearest_way_and_what_else_there_is(
    operator_backend: RunningBackend,
) -> None:
    def ask(code: str) -> dict[str, Any]:
        made = qualify(
            operator_backend,
            provideUnavailabilityReason=True,
            provideAlternative=True,
            productOfferingQualificationItem=[item(code)],
        )
        (judged,) = made["productOfferingQualificationItem"]
        found: dict[str, Any] = judged
        return found

    assert ask("M20")["note"][0]["text"] == "Check the customer's identity."
    assert ask("F02")["note"][0]["text"] == "Choose an address where it can be had."
    calm = ask("M06")
    assert calm["eligibilityUnavailabilityReason"][0]["code"] == "R10"
    assert "note" not in calm  # nobody changes an age
    proposals = calm["alternateProductOfferingProposal"]
    others = [each["alternateProductOffering"]["id"] for each in proposals]
    assert others == ["M05", "M01", "M09", "M02", "M03", "M04"]  # the cheapest first


def test_the_way_is_part_of_the_reason(operator_backend: RunningBackend) -> None:
    made = qualify(operator_backend, productOfferingQualificationItem=[item("M20")])
    (judged,) = made["productOfferingQualificationItem"]
    assert "note" not in judged
    assert "alternateProductOfferingProposal" not in judged
