"""Which flows carry an order out: every item in exactly one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.definitions import Definitions
from backend.catalog.rules import Versions
from backend.database import Database
from backend.flows.choosing import shares
from backend.flows.definition import Definition, Step
from backend.rest.resource import Document
from tests.backend.flows.conftest import add, mobile

STEP = Step("done", "Done", "Jackfield", "automatic", does="account.update")
FLOWS = {
    code: Definition(code, code, code, (STEP,), begins)
    for code, begins in (("PF00", ()), ("PF01", ("line",)), ("PF10", ()))
}


@pytest.fixture
def definitions(operator_database: Database) -> Definitions:
    with operator_database.read() as connection:
        return Versions().current(connection)


def order(*items: Document) -> Document:
    return {"productOrderItem": [{"state": "acknowledged", **item} for item in items]}


def chosen(definitions: Definitions, *items: Document) -> list[tuple[str, list[str]]]:
    found = shares(definitions, FLOWS.get, order(*items))
    return [(share.definition.code, [item["id"] for item in share.items]) for share in found]


def test_each_line_has_a_flow_with_its_sim_and_extras(definitions: Definitions) -> None:
    items = [*mobile("1", extras=("M12",)), *mobile("2")]
    assert chosen(definitions, *items) == [
        ("PF01", ["1", "1-sim", "1-M12"]),
        ("PF01", ["2", "2-sim"]),
    ]


def test_a_handset_goes_with_the_first_line_and_alone_by_the_plain_flow(
    definitions: Definitions,
) -> None:
    assert chosen(definitions, *mobile("1"), add("9", "M19")) == [("PF01", ["1", "1-sim", "9"])]
    assert chosen(definitions, add("9", "M19")) == [("PF00", ["9"])]


def test_every_content_pack_has_its_own_flow_and_the_rest_shares_one(
    definitions: Definitions,
) -> None:
    assert chosen(
        definitions, add("1", "C01"), add("2", "C02"), add("3", "L01"), add("4", "X01")
    ) == [
        ("PF10", ["1"]),
        ("PF10", ["2"]),
        ("PF00", ["3", "4"]),
    ]


def test_changes_and_ends_have_flows_of_their_own_once_there_are_some(
    definitions: Definitions,
) -> None:
    end = {**add("1", "M03"), "action": "delete"}
    assert chosen(definitions, end) == [("PF00", ["1"])]
    own = {**FLOWS, "PF15": replace(FLOWS["PF00"], code="PF15")}
    (share,) = shares(definitions, own.get, order(end))
    assert share.definition.code == "PF15"


def test_what_is_over_needs_no_flow(definitions: Definitions) -> None:
    assert chosen(definitions, {**add("1", "M03"), "state": "cancelled"}) == []


def test_without_the_plain_flow_nothing_can_be_carried_out(definitions: Definitions) -> None:
    with pytest.raises(LookupError, match="PF00"):
        shares(definitions, lambda _code: None, order(add("1", "L01")))


def test_items_that_rely_on_each_other_in_a_circle_do_no_harm(definitions: Definitions) -> None:
    circle = [add("1", "M10", line="2"), add("2", "M10", line="1")]
    assert chosen(definitions, *circle) == [("PF00", ["1", "2"])]


CODES = ("M03", "M11", "M12", "M19", "L01", "C01", "X01", "T01", "unknown")


@pytest.fixture(scope="module")
def known(operator_template: str, database_server: object) -> Definitions:
    from tests.support.database import DatabaseServer

    assert isinstance(database_server, DatabaseServer)
    database = Database(database_server.clone(operator_template))
    with database.read() as connection:
        found = Versions().current(connection)
    database.close()
    return found


@given(
    items=st.lists(
        st.tuples(st.sampled_from(CODES), st.integers(0, 7), st.sampled_from(["add", "modify"])),
        min_size=1,
        max_size=8,
    )
)
def test_every_item_is_in_exactly_one_flow(
    known: Definitions, items: list[tuple[str, int, str]]
) -> None:
    made = [
        {**add(str(place), code, line=str(line) if line < place else None), "action": action}
        for place, (code, line, action) in enumerate(items)
    ]
    found = [identity for _code, ids in chosen(known, *made) for identity in ids]
    assert sorted(found) == sorted(item["id"] for item in made)


def test_what_no_flow_of_its_own_takes_goes_with_one_that_does(definitions: Definitions) -> None:
    copper = replace(FLOWS["PF01"], code="PF05", begins_with=("broadband",), takes=("PF04",))
    fibre = replace(FLOWS["PF01"], code="PF04", begins_with=("broadband",))
    flows = {**FLOWS, "PF04": fibre, "PF05": copper}

    def carried(*codes: str) -> list[tuple[str, list[str]]]:
        found = shares(definitions, flows.get, order(*(add(code, code) for code in codes)))
        return [(share.definition.code, [item["id"] for item in share.items]) for share in found]

    assert carried("D01", "F07", "F14") == [("PF05", ["D01", "F07", "F14"])]
    assert carried("F02", "F07", "F14") == [("PF04", ["F02", "F07", "F14"])]
    assert carried("F07") == [("PF00", ["F07"])]
