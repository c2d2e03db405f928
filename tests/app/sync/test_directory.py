"""The search fills itself from the real backend."""

from __future__ import annotations

from app.changes import Change, Kind
from app.store.records import Tone
from app.sync.directory import PAGE, customer_of, fill
from app.workplace import Workplace
from backend_client import Cancel
from backend_client.desk_records import Chip, DirectoryRow
from tests.support.backend import RunningBackend
from tests.support.desk import creation
from tests.support.waiting import eventually


def test_a_row_of_the_server_becomes_a_customer_of_the_store() -> None:
    row = DirectoryRow(
        customer_id="KF-0041873-6",
        name="Edda Marrowby",
        family_name="Marrowby",
        postcode="QX4 7TR",
        telephones=("07700900471",),
        order_numbers=("KO-0093317-4",),
        chip=Chip("Payment overdue", "bad"),
    )
    customer = customer_of(row)
    assert (customer.id, customer.number) == ("KF-0041873-6", "KF-0041873-6")
    assert customer.family == "Marrowby"
    assert customer.orders == ("KO-0093317-4",)
    assert customer.chip is not None
    assert customer.chip.tone is Tone.BAD


def test_a_tone_nobody_knows_is_information() -> None:
    customer = customer_of(DirectoryRow(customer_id="1", name="x", chip=Chip("?", "purple")))
    assert customer.chip is not None
    assert customer.chip.tone is Tone.INFO
    assert customer_of(DirectoryRow(customer_id="1", name="x")).chip is None


def test_every_customer_is_found_here_after_the_filling(
    workplace: Workplace, operator: RunningBackend
) -> None:
    for given in ("Jorun", "Dagny", "Ingrith"):
        workplace.sender.submit(creation(workplace.user.id, given))
    told: list[Change] = []
    workplace.changes.watch(told.append)
    steps: list[tuple[int, int | None]] = []
    kept = fill(
        workplace.client,
        workplace.store,
        workplace.changes,
        clock=workplace.clock,
        stop=Cancel(),
        progress=lambda kept, total: steps.append((kept, total)),
    )
    assert kept == 3
    assert steps == [(3, 3)]
    assert PAGE > 3
    assert Kind.DIRECTORY in {change.kind for change in told}
    operator.offline()
    assert [row.name for row in workplace.customers.here("dagny").rows] == ["Dagny Netherfold"]


def test_a_new_customer_is_found_here_without_asking(workplace: Workplace) -> None:
    """The desk reads the directory again by itself once something has changed."""
    eventually(lambda: workplace.directory.filling.complete)
    workplace.sender.submit(creation(workplace.user.id))
    eventually(lambda: bool(workplace.customers.here("netherfold").rows))


def test_a_lost_line_is_made_up_for_when_it_is_back(
    workplace: Workplace, operator: RunningBackend
) -> None:
    eventually(lambda: workplace.directory.filling.complete)
    operator.offline()
    workplace.connection.doubted()
    eventually(lambda: not workplace.connection.online)
    workplace.sender.submit(creation(workplace.user.id))
    operator.online()
    workplace.connection.try_now()
    eventually(lambda: bool(workplace.customers.here("netherfold").rows))
