"""Doubles and examples for the tests of the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.store.faults import FaultKind, StoreFault
from app.store.records import Chip, Customer, Tone

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

EDDA = Customer(
    id="c1",
    name="Edda Marrowby",
    number="KF-0041873-6",
    address="14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR",
    postcode="QX4 7TR",
    telephones=("07700 900471", "+44 20 7946 0318"),
    emails=("edda.marrowby@example.org",),
    orders=("KO-0093317-4",),
    iccids=("8944110068842917307",),
    chip=Chip("Order, Tue 24 Nov"),
    last_contact=NOON,
)
ANSELM = Customer(
    id="c2",
    name="Anselm Marrowby",
    number="KF-0017406-2",
    address="3 Old Lantern Row, Ulvermere QV2 4HB",
    postcode="QV2 4HB",
    telephones=("020 7946 0318",),
    last_contact=NOON - timedelta(days=49),
)
KELDA = Customer(
    id="c3",
    name="Kelda Marrowby",
    number="KF-0102295-1",
    address="Flat 6, 21 Sprucegate, Norsby-on-Tarn QX4 1PD",
    postcode="QX4 1PD",
    telephones=("07700 900236",),
    chip=Chip("£84.20 overdue", Tone.BAD),
    last_contact=NOON - timedelta(days=9),
)
SILJE = Customer(id="c4", name="Silje Ærøskov", number="KF-0000004-1", telephones=("07700900111",))
GUDRUN = Customer(id="c5", name="Gudrun Ødegårdsen", number="KF-0000005-8")
COSMO = Customer(id="c6", name="Cosmo Åsblom", number="KF-0000006-5")
OHARA = Customer(id="c7", name="Pim O’Hara-Jónsdóttir", number="KF-0000007-2")  # as people write it
JOINERY = Customer(
    id="c8", name="Wrenhallow Joinery Ltd", number="KF-0000008-9", family="Wrenhallow"
)
MARROW_LANE = Customer(
    id="c9",
    name="Torvald Quillfeather",
    number="KF-0000009-0",
    address="2 Marrowby Lane, Quenby VX1 3LN",
    postcode="VX1 3LN",
    last_contact=NOON,
)
EVERYBODY = (EDDA, ANSELM, KELDA, SILJE, GUDRUN, COSMO, OHARA, JOINERY, MARROW_LANE)


class FakeKeychain:
    """A keychain in memory, with the switches that real ones turn by themselves."""

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}
        self.fault: FaultKind | None = None

    def check(self) -> None:
        if self.fault is not None:
            raise StoreFault(self.fault)

    def read(self, service: str, user: str) -> str | None:
        self.check()
        return self.secrets.get((service, user))

    def write(self, service: str, user: str, secret: str) -> None:
        self.check()
        self.secrets[service, user] = secret

    def delete(self, service: str, user: str) -> None:
        self.check()
        self.secrets.pop((service, user), None)


class SetClock:
    """A clock that stands until it is set forward."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


def home_of(folder: Path) -> Path:
    """The one user folder in a profile's folder."""
    (home,) = [path for path in folder.iterdir() if path.is_dir()]
    return home
