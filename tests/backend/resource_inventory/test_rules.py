"""SIMs: from stock to a customer's line, and their codes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from stdnum import luhn

from backend.database import Database
from backend.resource_inventory import rules
from backend.resource_inventory.records import Codes
from backend.resource_inventory.seeding import seed_sims
from backend.rest.errors import Conflict, Forbidden, Invalid, NotFound, Refused, TooMany
from backend.rest.resource import Context
from tests.backend.numbers.conftest import MAREN, NOW, RESELLER
from tests.backend.resource_inventory.conftest import KEEPER, By
from tests.support.rest import STRANGER


def test_the_stock_is_made_of_numbers_no_network_would_take(database: Database) -> None:
    with database.begin() as connection:
        seed_sims(connection, 90, seed=7)
        sims = connection.execute(sa.text("SELECT iccid, imsi, kind FROM sim")).all()
    assert len(sims) == 90
    assert all(iccid.startswith("8999") and luhn.is_valid(iccid) for iccid, _, _ in sims)
    assert all(len(iccid) == 19 for iccid, _, _ in sims)
    assert all(imsi.startswith("00101") and len(imsi) == 15 for _, imsi, _ in sims)
    assert sum(kind == "esim" for _, _, kind in sims) == 30


def test_a_sim_goes_from_stock_to_a_line_and_ends(by: By) -> None:
    with by() as context:
        sim = rules.reserve_sim(context, "esim", "order")
        assert (sim.kind, sim.state, sim.order_id) == ("esim", "reserved", "order")
        sim = rules.assign_sim(context, sim.iccid, "product")
        assert rules.assign_sim(context, sim.iccid, "product") == sim
        assert rules.sims_of(context, "product") == [sim]
        with pytest.raises(Conflict):
            rules.assign_sim(context, sim.iccid, "another")
        with pytest.raises(Refused):
            rules.release_sim(context, sim.iccid)
        assert rules.retire_sim(context, sim.iccid).state == "retired"
        assert rules.retire_sim(context, sim.iccid).product_id is None
        with pytest.raises(Refused):
            rules.assign_sim(context, "8999", "product")


def test_a_reserved_sim_goes_back_into_stock(by: By) -> None:
    with by() as context:
        first = rules.reserve_sim(context, "plastic", "order")
        assert rules.release_sim(context, first.iccid).state == "inStock"
        assert rules.release_sim(context, first.iccid).order_id is None
        assert rules.reserve_sim(context, "plastic", "other").iccid == first.iccid


def test_an_empty_stock_says_so(by: By) -> None:
    with by() as context:
        for _ in range(30):
            rules.reserve_sim(context, "esim", "order")
        with pytest.raises(Conflict, match="in stock"):
            rules.reserve_sim(context, "esim", "order")


def test_twenty_orders_at_once_get_twenty_sims(stocked: Database) -> None:
    start = threading.Barrier(20)

    def order(number: int) -> str:
        with stocked.begin() as connection:
            context = Context(connection, MAREN, NOW, "test")
            start.wait()
            return rules.reserve_sim(context, "esim", f"order {number}").iccid

    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(order, range(20)))) == 20


def test_codes_are_shown_to_those_with_the_right_and_each_time_is_on_record(by: By) -> None:
    with by() as context:
        sim = rules.reserve_sim(context, "plastic", "order")
        codes = rules.reveal(context, sim.iccid, "Locked out")
        assert len(codes.pin1) == 4
        assert len(codes.puk1) == 8
        query = sa.text("SELECT actor, action, subject, reason, details::text FROM audit")
        entry = context.connection.execute(query).one()
        assert tuple(entry[:4]) == ("maren", "sim.reveal", sim.iccid, "Locked out")
        assert codes.puk1 not in entry[4]
    with by(STRANGER) as context, pytest.raises(Forbidden):
        rules.reveal(context, sim.iccid, None)
    with by() as context, pytest.raises(NotFound):
        rules.reveal(context, "07700900477", None)


def test_a_reseller_does_not_see_the_codes_of_others_customers(by: By) -> None:
    with by() as context:
        sim = rules.reserve_sim(context, "plastic", "order")
        rules.assign_sim(context, sim.iccid, "product", customer_id="KF-1")
    with by(RESELLER) as context, pytest.raises(NotFound):
        rules.reveal(context, sim.iccid, None)


def test_a_person_sees_the_codes_of_a_customers_sim_only_and_says_why(by: By) -> None:
    with by() as context:
        free = rules.reserve_sim(context, "plastic", "order").iccid
        used = rules.reserve_sim(context, "plastic", "order").iccid
        rules.assign_sim(context, used, "product", customer_id="KF-1")
        assert len(rules.reveal_to_person(context, used, "SIM is locked").puk1) == 8
        for reason in (None, "", "  "):
            with pytest.raises(Invalid, match="for a reason"):
                rules.reveal_to_person(context, used, reason)
        with pytest.raises(NotFound):
            rules.reveal_to_person(context, free, "SIM is locked")


def test_who_looks_at_very_many_within_the_hour_is_stopped_and_a_flow_is_not(by: By) -> None:
    with by() as context:
        sim = rules.reserve_sim(context, "plastic", "order").iccid
        rules.assign_sim(context, sim, "product", customer_id="KF-1")
        for _ in range(rules.MOST_LOOKS):
            rules.reveal_to_person(context, sim, "SIM is locked")
        with pytest.raises(TooMany) as refused:
            rules.reveal_to_person(context, sim, "SIM is locked")
        assert refused.value.headers["Retry-After"] == "3600"
        assert rules.reveal(context, sim, "printed on the SIM's sheet")


@pytest.mark.parametrize(
    ("iccid", "imsi", "pin", "puk", "wrong"),
    [
        ("8999010000000000010", "001010100000999", "1234", "12345678", "ICCID"),
        ("8999010000000009996", "00101", "1234", "12345678", "IMSI"),
        ("8999010000000009996", "001010100000999", "12", "1234", "PIN1, PUK1"),
    ],
)
def test_a_sim_with_a_wrong_digit_does_not_get_into_stock(
    by: By, iccid: str, imsi: str, pin: str, puk: str, wrong: str
) -> None:
    with by(KEEPER) as context, pytest.raises(Invalid, match=wrong):
        rules.add_sim(context, iccid, "plastic", imsi, Codes(pin, puk))
