"""What part an offer plays, and which needs it meets, is said by the operator."""

from __future__ import annotations

import copy
from typing import Any

from backend.catalog.differences import differences
from backend.catalog.editions import Edition
from backend.catalog.loading import demo_tables
from backend.catalog.roles import needs_of, roles_of
from backend.catalog.rules import definitions_of
from backend.catalog.shapes import misshapen

TABLES = demo_tables()
OFFERS = definitions_of(1, *TABLES).catalogue.offers


def test_every_offer_of_the_demo_has_the_role_it_plays() -> None:
    definitions = definitions_of(1, *TABLES)
    wanted = {
        "M03": "line", "V03": "service", "M11": "sim", "M13": "addon", "F02": "service",
        "F07": "part", "T01": "service", "S03": "item", "C08": "item", "P01": "service",
        "P02": "item", "F13": "once", "X06": "once", "X02": "discount", "X09": "paperBill",
    }  # fmt: skip
    assert {code: definitions.role(code) for code in wanted} == wanted
    assert definitions.role("GONE") == "service"


def test_a_code_counts_before_a_kind_and_a_kind_before_its_own_name() -> None:
    offers = [OFFERS[code] for code in ("M12", "M13", "F09", "T01")]
    roles = roles_of(
        offers,
        [
            {"role": "item", "kinds": ["addon"], "family": "Mobile"},
            {"role": "part", "offers": ["M13"]},
        ],
    )
    assert roles == {"M12": "item", "M13": "part", "F09": "addon", "T01": "service"}


def test_a_need_is_met_by_kinds_of_a_family_or_by_codes() -> None:
    (need,) = needs_of(
        [
            {
                "id": "x",
                "name": "X",
                "takes": [{"family": "VoIP", "kinds": ["line"]}, {"offers": ["X09"]}],
            }
        ]
    )
    met = [code for code, offer in OFFERS.items() if need.met_by(offer)]
    assert met == ["V01", "V02", "X09"]


def test_a_role_that_nobody_knows_is_told_with_its_place() -> None:
    specifications = {**copy.deepcopy(TABLES[1]), "role": [{"role": "king", "kinds": ["line"]}]}
    (fault,) = misshapen("specifications", specifications)
    assert fault[0] == ("role", 0, "role")
    assert fault[2] == "role is none of the words that are known here"


def test_other_roles_and_needs_are_seen_beside_what_is_in_force() -> None:
    found, specifications, prices = TABLES
    after = copy.deepcopy(specifications)
    after["role"][1]["kinds"] = ["cpe", "device"]
    after["need"] = after["need"][1:]

    def edition(told: dict[str, Any]) -> Edition:
        return Edition(found, told, prices)

    changes = differences(edition(specifications), edition(after))
    assert [(each["kind"], each["id"], each["change"]) for each in changes] == [
        ("role", "part", "changed"),
        ("need", "mobile", "removed"),
    ]
