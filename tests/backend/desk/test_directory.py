"""The directory follows every change, and looks only where it must."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from backend.database import Database
from tests.backend.ordering.conftest import Shop, add, make_shop
from tests.support.waiting import PATIENCE, eventually


@pytest.fixture
def shop(operator_database: Database) -> Shop:
    return make_shop(operator_database)


def entry(shop: Shop, customer_id: str) -> sa.Row[tuple[object, ...]]:
    query = sa.text("SELECT * FROM directory_entry WHERE customer_id = :id")
    with shop.database.read() as connection:
        return connection.execute(query, {"id": customer_id}).one()


def test_it_is_made_anew_once_in_a_transaction(shop: Shop) -> None:
    edda = shop.customer()
    first = entry(shop, edda)
    with shop.at() as context:
        for name in ("Edda One", "Edda Two", "Edda Three"):
            context.connection.execute(
                sa.text("UPDATE customer SET name = :name WHERE id = :id"),
                {"name": name, "id": edda},
            )
    second = entry(shop, edda)
    assert second.name == "Edda Three"
    assert second.revision == first.revision + 1


def test_two_who_change_the_same_customer_at_once_do_not_meet(shop: Shop) -> None:
    """The second waits for the first and sees what it wrote."""
    edda = shop.customer()
    now = sa.text("SET CONSTRAINTS ALL IMMEDIATE")
    born = sa.text(
        "UPDATE individual SET birth_date = '1992-05-08' FROM customer"
        " WHERE customer.individual_id = individual.id AND customer.id = :id"
    )

    def second() -> None:
        with shop.database.begin() as connection:
            connection.execute(born, {"id": edda})
            connection.execute(now)

    with ThreadPoolExecutor(1) as pool:
        with shop.database.begin() as connection:
            renamed = sa.text("UPDATE customer SET name = 'Edda Two' WHERE id = :id")
            connection.execute(renamed, {"id": edda})
            connection.execute(now)
            other = pool.submit(second)
            eventually(lambda: waiting(shop) == 1)
        other.result(PATIENCE)
    assert entry(shop, edda).name == "Edda Two"


def waiting(shop: Shop) -> int:
    """How many connections wait for a lock."""
    query = sa.text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with shop.database.read() as connection:
        return int(connection.execute(query).scalar_one())


def test_numbers_and_orders_come_and_go_with_their_products(shop: Shop) -> None:
    edda = shop.customer()
    line = add("1", "M03", telephoneNumber="07700900474")
    order = shop.place(edda, line, add("2", "M11", line="1"))
    assert entry(shop, edda).telephones == ["07700900474"]
    assert entry(shop, edda).order_numbers == [order["orderNumber"]]
    shop.move(order, "inProgress")
    shop.move(order, "failed")
    assert entry(shop, edda).telephones == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ærøskov", {"aeroeskov", "aeroskov", "aroeskov", "aroskov"}),
        ("Åsblom", {"aasblom", "asblom"}),
        ("Müller", {"mueller", "muller"}),
        ("Dvořák Ødegårdsen-Loomis", {"dvorak", "oedegaardsen", "odegardsen", "oedegardsen",
                                      "odegaardsen", "loomis"}),
        ("O'Hara O’Brien", {"ohara", "obrien"}),
        ("QX4 7TR, x@example.com", {"qx4", "7tr", "x", "example", "com"}),
        ("  ... ", set()),
    ],
)  # fmt: skip
def test_words_are_folded_in_every_way_people_write_them(
    database: Database, text: str, words: set[str]
) -> None:
    with database.read() as connection:
        assert set(connection.scalar(sa.select(sa.func.directory_words(text))) or ()) == words


@pytest.mark.parametrize(
    ("text", "national"),
    [
        ("+44 (0)7700 900474", "07700900474"),
        ("0044 7700 900474", "07700900474"),
        ("07700 900474", "07700900474"),
        ("+46 8 123", "468123"),
        ("KF", ""),
    ],
)
def test_telephone_numbers_are_national_digits(
    database: Database, text: str, national: str
) -> None:
    with database.read() as connection:
        assert connection.scalar(sa.select(sa.func.directory_national(text))) == national
