"""Disks fill, bits flip, processes die: what was acknowledged stays, and nothing false is shown."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from app.store.drafts import Draft
from app.store.faults import FaultKind, StoreFault
from app.store.store import Store, open_store
from tests.app.store.people import EDDA, NOON, FakeKeychain, home_of

ROOT = Path(__file__).resolve().parents[3]
PAGE = 4096
MAREN = Draft(id="d", owner="maren", kind="creation", title="")


def many_drafts(store: Store, count: int = 120) -> None:
    for number in range(count):
        draft = msgspec.structs.replace(MAREN, id=f"d{number:03}", payload=os.urandom(300))
        draft = store.drafts.save(draft)
        store.drafts.save(msgspec.structs.replace(draft, payload=os.urandom(600)))


def flip(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 0x10
    path.write_bytes(content)


def payloads(store: Store) -> dict[str, bytes]:
    return {draft.id: draft.payload for draft in store.drafts.open_drafts("maren")}


def test_of_a_damaged_desk_everything_readable_is_saved(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    many_drafts(store)
    before = payloads(store)
    store.close()
    path = home_of(folder) / "desk.db"
    flip(path, path.stat().st_size // 2 // PAGE * PAGE + 100)

    saved = open_store(folder, "maren", keychain)
    (notice,) = saved.notices
    assert notice.kind is FaultKind.SALVAGED
    assert notice.set_aside is not None
    assert notice.set_aside.exists()
    assert "check your drafts" in notice.sentence
    after = payloads(saved)
    assert after.items() <= before.items()
    assert notice.salvaged >= len(after) >= len(before) * 0.9
    saved.drafts.save(MAREN)
    saved.close()

    quiet = open_store(folder, "maren", keychain)
    assert quiet.notices == ()
    assert payloads(quiet).items() >= after.items()
    quiet.close()


def test_a_desk_whose_first_page_is_gone_is_set_aside(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    many_drafts(store, 3)
    store.close()
    flip(home_of(folder) / "desk.db", 40)
    fresh = open_store(folder, "maren", keychain)
    assert [notice.kind for notice in fresh.notices] == [FaultKind.SALVAGED]
    assert payloads(fresh) == {}
    fresh.close()


def test_a_cache_damaged_while_in_use_begins_anew_by_itself(store: Store, folder: Path) -> None:
    many = [msgspec.structs.replace(EDDA, id=f"m{n}") for n in range(3_000)]
    store.customers.put_many(many, NOON)
    with store.cache_database.outside() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    path = home_of(folder) / "cache.db"
    store.cache_database.replace_file(lambda: _spoil(path))

    with pytest.raises(StoreFault) as found:
        store.customers.put_many([msgspec.structs.replace(one, name="Pim") for one in many], NOON)
    assert found.value.kind is FaultKind.CACHE_DAMAGED
    assert store.customers.count() == 0
    store.customers.put_many([EDDA], NOON)
    assert len(store.search.find("edda")) == 1


def _spoil(path: Path) -> None:
    for page in range(2, path.stat().st_size // PAGE):
        flip(path, page * PAGE + 7)


def test_a_cache_that_cannot_be_read_at_all_is_replaced(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    store.customers.put_many([EDDA], NOON)
    store.close()
    home = home_of(folder)
    for _ in range(4):
        flip(home / "cache.db", 40)
        fresh = open_store(folder, "maren", keychain)
        assert [notice.kind for notice in fresh.notices] == [FaultKind.CACHE_DAMAGED]
        assert fresh.customers.count() == 0
        fresh.close()
    aside = [path for path in home.glob("cache.db.set-aside-*") if path.suffix != ".key-id"]
    assert len(aside) == 2


@pytest.mark.parametrize("seed", range(12))
def test_whatever_bit_flips_no_false_row_is_shown_and_nothing_crashes(
    store: Store, folder: Path, keychain: FakeKeychain, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  # a repeatable choice
    many_drafts(store, 40)
    before = payloads(store)
    store.customers.put_many([EDDA], NOON)
    store.close()
    for name in ("desk.db", "cache.db"):
        path = home_of(folder) / name
        if seed % 3 == 2:
            os.truncate(path, chance.randrange(1, path.stat().st_size))
        else:
            flip(path, chance.randrange(path.stat().st_size))
    opened = open_store(folder, "maren", keychain)
    assert opened.durable
    assert payloads(opened).items() <= before.items()
    try:
        found = opened.search.find("edda")
    except StoreFault:
        found = opened.search.find("edda")  # the cache began anew
    assert [row.name for row in found] in ([], [EDDA.name])
    opened.close()


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from app.store.drafts import Draft
from app.store.faults import StoreFault
from app.store.store import open_store
from tests.app.store.people import FakeKeychain

folder, keychain = Path(sys.argv[1]), FakeKeychain()
store = open_store(folder, "maren", keychain)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
saved = 0
try:
    while saved < 500:
        draft = Draft(id=str(saved), owner="maren", kind="k", title="t", payload=b"x" * 5000)
        store.drafts.save(draft)
        saved += 1
except StoreFault as fault:
    print(fault.kind)
kept = len(store.drafts.open_drafts("maren"))
print(kept == saved, saved > 0)
"""


@pytest.mark.skipif(os.name == "nt", reason="file size limits are POSIX")
def test_on_a_full_disk_what_was_saved_stays_and_the_rest_is_refused(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path / "p")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["disk-full", "True True"], done.stderr


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users of the machine can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs root to be another user")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_where_the_desk_may_not_write_it_works_in_memory(
    open_folder: Path, keychain: FakeKeychain, what: str
) -> None:
    open_store(open_folder, "maren", keychain).close()
    home = home_of(open_folder)
    home.chmod(0o755 if what == "folder" else 0o777)
    for path in home.iterdir():
        path.chmod(0o644 if path.name == "desk.db" else 0o666)
    before = (home / "desk.db").read_bytes()
    os.seteuid(65534)  # nobody
    try:
        memory = open_store(open_folder, "maren", keychain)
    finally:
        os.seteuid(0)
    assert memory.why_memory is FaultKind.READ_ONLY
    memory.drafts.save(MAREN)
    memory.close()
    assert (home / "desk.db").read_bytes() == before


WRITER = """
import json, sys
from pathlib import Path
from app.store.drafts import Draft
from app.store.outbox import Command
from app.store.store import open_store
from tests.app.store.people import FakeKeychain

folder, keys = Path(sys.argv[1]), Path(sys.argv[2])
keychain = FakeKeychain()
keychain.secrets = {tuple(place): key for place, key in json.loads(keys.read_text())}
store = open_store(folder, "maren", keychain)
assert store.durable and not store.notices, store.notices
drafts = store.drafts.open_drafts("maren")
number = max((int(draft.id[1:]) for draft in drafts), default=-1) + 1
while True:
    draft = store.drafts.save(Draft(id=f"d{number}", owner="maren", kind="k", title="t"))
    draft = store.drafts.save(Draft(id=draft.id, owner="maren", kind="k", title="t",
                                    payload=str(number).encode(), version=1))
    store.outbox.add(Command(id=f"k{number}", owner="maren", kind="k", payload=draft.payload))
    print(number, flush=True)
    number += 1
"""


def _kill_and_count(folder: Path, keys: Path, chance: random.Random) -> set[int]:
    """Start the writer, kill it at a random moment; returns the numbers it acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(keys)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        acknowledged = set()
        for _ in range(chance.randrange(1, 60)):
            line = writer.stdout.readline()
            assert line, writer.stderr.read()
            acknowledged.add(int(line))
        time.sleep(chance.random() * 0.02)  # somewhere within a transaction, not only after one
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read().splitlines(keepends=True)
        return acknowledged | {int(line) for line in rest if line.endswith("\n")}


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
@pytest.mark.parametrize(
    "kills", [10, pytest.param(200, marks=pytest.mark.long)], ids=["ten", "two-hundred"]
)
def test_a_killed_desk_loses_nothing_it_acknowledged(
    tmp_path: Path, keychain: FakeKeychain, kills: int
) -> None:
    folder, keys = tmp_path / "p", tmp_path / "keys.json"
    open_store(folder, "maren", keychain).close()
    keys.write_bytes(msgspec.json.encode(list(keychain.secrets.items())))
    chance = random.Random(kills)  # noqa: S311  # a repeatable choice
    acknowledged: set[int] = set()
    for _ in range(kills):
        acknowledged |= _kill_and_count(folder, keys, chance)
        store = open_store(folder, "maren", keychain)
        assert store.notices == ()
        found = payloads(store)
        for number in acknowledged:
            assert found[f"d{number}"] == str(number).encode()
            assert store.outbox.load(f"k{number}", "maren") is not None
        store.close()


def test_two_desks_and_many_threads_write_at_once(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    other = open_store(folder, "maren", keychain)

    def work(number: int) -> None:
        desk = (store, other)[number % 2]
        for turn in range(10):
            desk.drafts.save(msgspec.structs.replace(MAREN, id=f"d{number}-{turn}"))
            desk.customers.put_many([msgspec.structs.replace(EDDA, id=f"{number}-{turn}")], NOON)
            assert desk.search.find("edda marr")

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(work, range(6)))
    assert len(payloads(other)) == 60
    assert store.customers.count() == other.customers.count() == 60
    other.close()


def test_many_desks_opened_at_once_agree_on_the_key(folder: Path, keychain: FakeKeychain) -> None:
    def begin(number: int) -> Store:
        opened = open_store(folder, "maren", keychain)
        opened.drafts.save(msgspec.structs.replace(MAREN, id=f"d{number}"))
        return opened

    with ThreadPoolExecutor(6) as threads:
        stores = list(threads.map(begin, range(6)))
    assert all(opened.durable and not opened.notices for opened in stores)
    assert len(payloads(stores[0])) == 6
    for opened in stores:
        opened.close()
