"""Writes `golden/desk-v<newest>.db`: once for each new form of the file, never for an old one."""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.store.database import DESK, Database
from app.store.drafts import Draft, Drafts
from app.store.leases import Lease, Leases
from app.store.migrations import NEWEST, migrate
from app.store.outbox import Command, Outbox
from app.store.preferences import Preferences
from tests.app.store.people import NOON, SetClock

GOLDEN = Path(__file__).parent / "golden"
KEY = "ab" * 32


def make(path: Path) -> None:
    """A desk with one of everything; the key is no secret."""
    desk = Database(path, KEY, DESK)
    migrate(desk)
    drafts, outbox = Drafts(desk, SetClock()), Outbox(desk, SetClock())
    draft = Draft(id="d1", owner="maren", kind="creation", title="Jorun Netherfold", step="needs")
    drafts.save(msgspec.structs.replace(drafts.save(draft), payload=b'{"name":"Jorun"}'))
    drafts.save(Draft(id="d2", owner="silje", kind="change", title="Dagny"))
    outbox.add(Command(id="k1", owner="maren", kind="creation", payload=b"{}", customer="c1"))
    outbox.add(Command(id="k2", owner="maren", kind="change", payload=b"{}", customer="c1"))
    outbox.claim("maren")
    Leases(desk).put(Lease("07700900471", "d1", NOON))
    Preferences(desk).put("density", "compact")
    with desk.outside() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    desk.close()


if __name__ == "__main__":
    target = GOLDEN / f"desk-v{NEWEST}.db"
    if target.exists():
        raise SystemExit(f"{target.name} is there already and stays as it is")
    make(target)
