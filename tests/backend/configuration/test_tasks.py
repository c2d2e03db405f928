"""TMF760 v5: what may be configured, and what is wrong with a configuration."""

from __future__ import annotations

from typing import Any

import pytest

from tests.backend.qualification.test_choices import address, ask
from tests.support.backend import RunningBackend
from tests.support.tmf760 import assert_conforms_760, paths

BASE = "/tmf-api/productConfigurationManagement/v5"
QUERY, CHECK = f"{BASE}/queryProductConfiguration", f"{BASE}/checkProductConfiguration"
ITEMS = {QUERY: "requestProductConfigurationItem", CHECK: "checkProductConfigurationItem"}
COMPUTED = {QUERY: "computedProductConfigurationItem", CHECK: "checkProductConfigurationItem"}
KINDS = {QUERY: "QueryProductConfiguration", CHECK: "CheckProductConfiguration"}


def text(name: str, value: str) -> dict[str, Any]:
    return {
        "@type": "StringCharacteristic",
        "id": name,
        "name": name,
        "valueType": "string",
        "value": value,
    }


JORUN = [
    text("birthDate", "1985-04-02"),
    {
        "@type": "BooleanCharacteristic",
        "id": "identityChecked",
        "name": "identityChecked",
        "valueType": "boolean",
        "value": True,
    },
]


def item(
    path: str, code: str | None = None, quantity: int = 1, **configured: Any
) -> dict[str, Any]:
    """An item as the standard has it; its id is the offering's."""
    kind = "Query" if path == QUERY else "Check"
    asked: dict[str, Any] = {"@type": "ProductConfiguration", "quantity": quantity, **configured}
    if code:
        asked["productOffering"] = {"@type": "ProductOfferingRef", "id": code}
    return {
        "@type": f"{kind}ProductConfigurationItem",
        "id": code or "all",
        "productConfiguration": asked,
    }


def post(
    backend: RunningBackend,
    path: str,
    *items: dict[str, Any],
    user: str = "agent",
    home: str | None = None,
    **attributes: Any,
) -> dict[str, dict[str, Any]]:
    """Ask; question and answer are held against the official file. Gives items by id."""
    body: dict[str, Any] = {
        "@type": KINDS[path],
        "instantSync": True,
        "contextCharacteristic": JORUN,
        ITEMS[path]: list(items),
        **attributes,
    }
    if home:
        body["contextEntity"] = {
            "@type": "EntityRef",
            "id": home,
            "@referredType": "GeographicAddress",
        }
    assert_conforms_760(f"{KINDS[path]}_FVO", body)
    answer = backend.call("POST", path, user, json=body)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert_conforms_760(KINDS[path], made)
    assert made["state"] == "done"
    return {each["id"]: each for each in made[COMPUTED[path]]}


def codes(answer: dict[str, Any]) -> list[str]:
    return [each["code"] for each in answer["stateReason"]]


@pytest.fixture(scope="module")
def home(operator_backend: RunningBackend) -> str:
    return address(operator_backend, "QX4 7TR 14 Pebblewick")


def test_everything_that_may_be_chosen_is_what_the_desk_is_told(
    operator_backend: RunningBackend, home: str
) -> None:
    answer = post(
        operator_backend, QUERY, item(QUERY), item(QUERY, "F02"), item(QUERY, "M03"), home=home
    )
    nested = answer["all"]["productConfiguration"]["productConfiguration"]
    shown = {each["id"]: each for each in nested}
    told = ask(operator_backend, addressId=home, picks={"F02": 1, "M03": 1})
    assert set(shown) == {each["id"] for each in told["offers"]}
    assert {code for code, each in shown.items() if each["isSelected"]} == {"F02", "M03"}
    assert all(each["isVisible"] for each in nested)
    for each in told["offers"]:
        assert shown[each["id"]]["isSelectable"] == each["offerable"]


def test_a_pick_that_needs_more_is_approved_with_a_warning(
    operator_backend: RunningBackend,
) -> None:
    answer = post(operator_backend, QUERY, item(QUERY, "M03"), item(QUERY, "M13"))
    assert answer["M03"]["state"] == "approved"
    assert codes(answer["M03"]) == ["warning.R59"]
    assert codes(answer["M13"]) == []


def test_what_may_not_be_chosen_is_rejected_with_its_rules(
    operator_backend: RunningBackend,
) -> None:
    answer = post(operator_backend, QUERY, item(QUERY, "P01"), item(QUERY, "M03"))
    assert answer["P01"]["state"] == "rejected"
    assert codes(answer["P01"]) == ["error.R01"]
    asked = answer["P01"]["productConfiguration"]
    assert not asked["isSelectable"]
    assert [each["id"] for each in asked["policy"]] == ["R01"]
    assert answer["M03"]["state"] == "approved"  # one pick in the way does not spoil the others


def test_picks_that_exclude_each_other_are_both_told_why(
    operator_backend: RunningBackend, home: str
) -> None:
    answer = post(operator_backend, QUERY, item(QUERY, "F02"), item(QUERY, "F03"), home=home)
    assert {each["state"] for each in answer.values()} == {"rejected"}
    assert "error.R30" in codes(answer["F02"])


def test_prices_terms_and_settings_are_shown(operator_backend: RunningBackend) -> None:
    answer = post(operator_backend, QUERY, item(QUERY, "M20"))
    asked = answer["M20"]["productConfiguration"]
    prices = {each["priceType"]: each["price"] for each in asked["configurationPrice"]}
    assert prices["recurringCharge"]["taxIncludedAmount"] == {"unit": "GBP", "value": 28.0}
    assert prices["oneTimeCharge"]["dutyFreeAmount"] == {"unit": "GBP", "value": 40.83}
    assert asked["configurationTerm"][0]["duration"] == {"amount": 36, "units": "month"}
    line = post(operator_backend, QUERY, item(QUERY, "M03"))["M03"]["productConfiguration"]
    cap = next(each for each in line["configurationCharacteristic"] if each["id"] == "spendCap")
    chosen = [each for each in cap["configurationCharacteristicValue"] if each["isSelected"]]
    assert len(chosen) == 1
    assert line["configurationAction"][0]["action"] == "add"


def test_a_partner_is_told_its_own_prices(operator_backend: RunningBackend) -> None:
    answer = post(operator_backend, QUERY, item(QUERY, "M03"), user="reseller")
    (price,) = answer["M03"]["productConfiguration"]["configurationPrice"]
    assert price["price"]["taxIncludedAmount"]["value"] == 20.0


def test_a_whole_configuration_is_approved(operator_backend: RunningBackend) -> None:
    answer = post(operator_backend, CHECK, item(CHECK, "M03", 2), item(CHECK, "M11", 2))
    assert {each["state"] for each in answer.values()} == {"approved"}
    assert all(each["stateReason"] == [] for each in answer.values())
    assert answer["M03"]["productConfiguration"]["quantity"] == 2


def test_a_broken_rule_is_named_where_it_concerns(operator_backend: RunningBackend) -> None:
    answer = post(operator_backend, CHECK, item(CHECK, "M03", 2), item(CHECK, "M11"))
    assert codes(answer["M03"]) == ["error.R59"]
    assert answer["M03"]["stateReason"][0]["label"].startswith("Each mobile line")
    assert answer["M03"]["state"] == "rejected"


def chosen(name: str, value: str) -> dict[str, Any]:
    return {
        "@type": "ConfigurationCharacteristic",
        "id": name,
        "name": name,
        "valueType": "string",
        "configurationCharacteristicValue": [
            {
                "@type": "ConfigurationCharacteristicValue",
                "isSelected": True,
                "characteristicValue": text(name, value),
            }
        ],
    }


def test_a_setting_that_does_not_fit_is_an_error(operator_backend: RunningBackend) -> None:
    asked = [chosen("spendCap", "7"), chosen("colour", "7")]
    line = item(CHECK, "M03", configurationCharacteristic=asked)
    answer = post(operator_backend, CHECK, line, item(CHECK, "M11"))
    assert codes(answer["M03"]) == [
        "error.characteristic.spendCap",
        "error.characteristic.colour",
    ]


def test_what_is_set_opens_and_closes_the_rest_of_the_form(
    operator_backend: RunningBackend,
) -> None:
    asked = [chosen("spendCap", "none"), chosen("directoryName", "Jorun")]
    line = item(CHECK, "M03", configurationCharacteristic=asked)
    answer = post(operator_backend, CHECK, line, item(CHECK, "M11"))["M03"]
    assert codes(answer) == ["error.characteristic.directoryName"]
    form = {
        each["name"]: each for each in answer["productConfiguration"]["configurationCharacteristic"]
    }
    assert not form["directoryName"]["isConfigurable"]
    assert form["directoryName"]["configurationCharacteristicRelationship"][0]["id"] == (
        "directoryListing"
    )
    bar = form["premiumBar"]["configurationCharacteristicValue"]
    assert [(each["isSelectable"], each["isSelected"]) for each in bar] == [
        (True, True),
        (False, False),
    ]


def test_alternatives_are_others_of_the_kind_that_can_be_had(
    operator_backend: RunningBackend, home: str
) -> None:
    answer = post(operator_backend, CHECK, item(CHECK, "F05"), home=home, provideAlternatives=True)
    proposed = answer["F05"]["alternateProductConfigurationProposal"]
    assert "F02" in {each["productOffering"]["id"] for each in proposed}
    assert "F05" not in {each["productOffering"]["id"] for each in proposed}


def test_tasks_can_be_read_again_by_whoever_may(operator_backend: RunningBackend) -> None:
    body = {"requestProductConfigurationItem": [{"id": "1", "productConfiguration": {}}]}
    made = operator_backend.call("POST", QUERY, json=body).json()
    assert operator_backend.call("GET", made["href"]).json() == made
    listed = operator_backend.call("GET", f"{QUERY}?state=done&fields=state").json()
    assert made["id"] in {each["id"] for each in listed}
    assert operator_backend.call("GET", made["href"], "reseller").status_code == 404
    assert operator_backend.call("DELETE", made["href"]).status_code == 405


def test_every_official_operation_but_the_listeners_is_there(
    operator_backend: RunningBackend,
) -> None:
    ours = operator_backend.call("GET", "/openapi.json").json()["paths"]
    official = {
        (method, BASE + path)
        for path, operations in paths().items()
        for method in operations
        if method in {"get", "post", "delete"} and not path.startswith("/listener")
    }
    assert official <= {(method, path) for path, kinds in ours.items() for method in kinds}


def test_the_official_file_is_kept_to_by_kind() -> None:
    """The check itself: a kind that is not named, or is not one for this place, is found."""
    body = {"@type": "CheckProductConfiguration", "checkProductConfigurationItem": [{"id": "1"}]}
    with pytest.raises(AssertionError, match="'@type' is a required property"):
        assert_conforms_760("CheckProductConfiguration_FVO", body)
    told = {"@type": "Money", "name": "birthDate", "value": "1985-04-02"}
    with pytest.raises(AssertionError, match="'Money' is not one of"):
        assert_conforms_760("Characteristic", told)


@pytest.mark.parametrize(
    ("attributes", "sentence"),
    [
        ({"contextCharacteristic": [{"name": "credit", "value": "A"}]}, "credit is not known"),
        ({"contextCharacteristic": [{"name": "birthDate", "value": "soon"}]}, "birthDate is not"),
        ({"contextEntity": {"id": "A-nowhere"}}, "no such address"),
        ({"checkProductConfigurationItem": []}, "not a valid"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    operator_backend: RunningBackend, attributes: dict[str, Any], sentence: str
) -> None:
    body = {"checkProductConfigurationItem": [item(CHECK, "M03")], **attributes}
    answer = operator_backend.call("POST", CHECK, json=body)
    assert answer.status_code in {400, 422}
    assert sentence in answer.json()["reason"]
