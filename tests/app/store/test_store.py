"""Opening the store: keys and files that fit, and those that do not."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import msgspec
import pytest

from app.store import files
from app.store.drafts import Draft
from app.store.faults import FaultKind, StoreFault, sentence_of
from app.store.outbox import Command
from app.store.store import Store, open_store, wipe
from tests.app.store.people import EDDA, NOON, FakeKeychain, SetClock, home_of

DRAFT = Draft(id="d1", owner="maren", kind="creation", title="Jorun Netherfold")


def reopened(store: Store, folder: Path, keychain: FakeKeychain) -> Store:
    store.close()
    return open_store(folder, "maren", keychain)


def kinds(store: Store) -> list[FaultKind]:
    return [notice.kind for notice in store.notices]


def test_each_file_has_its_own_key_in_the_keychain(store: Store, keychain: FakeKeychain) -> None:
    services = sorted(service.rsplit("/", 1)[0] for service, _ in keychain.secrets)
    assert services == ["jackfield/kestrelfjord/cache", "jackfield/kestrelfjord/desk"]
    assert len(set(keychain.secrets.values())) == 2
    assert all(len(key) == 64 for key in keychain.secrets.values())


def test_nothing_typed_or_known_is_readable_in_any_file(store: Store, folder: Path) -> None:
    store.customers.put_many([EDDA], NOON)
    store.drafts.save(DRAFT)
    for path in (path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes().lower()
        for secret in (b"marrowby", b"netherfold", b"jorun", b"900471", b"maren"):
            assert secret not in content, path.name
        assert "maren" not in str(path.relative_to(folder))


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_only_the_user_of_the_machine_may_read_the_files(store: Store, folder: Path) -> None:
    store.drafts.save(DRAFT)
    home = home_of(folder)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for name in ("desk.db", "cache.db"):
        assert stat.S_IMODE((home / name).stat().st_mode) == 0o600


def test_two_users_share_nothing(store: Store, folder: Path, keychain: FakeKeychain) -> None:
    store.drafts.save(DRAFT)
    silje = open_store(folder, "silje", keychain)
    assert silje.drafts.load("d1", "silje") is None
    silje.close()


@pytest.mark.parametrize("fault", [FaultKind.NO_KEYCHAIN, FaultKind.KEY_UNREADABLE])
def test_without_a_keychain_all_works_in_memory_and_the_files_are_untouched(
    store: Store, folder: Path, keychain: FakeKeychain, fault: FaultKind
) -> None:
    store.drafts.save(DRAFT)
    store.close()
    before = {path: path.read_bytes() for path in home_of(folder).iterdir()}
    keys = dict(keychain.secrets)

    keychain.fault = fault
    memory = open_store(folder, "maren", keychain)
    assert not memory.durable
    assert memory.why == sentence_of(fault)
    memory.customers.put_many([EDDA], NOON)
    assert memory.search.find("edda")
    memory.drafts.save(DRAFT)
    assert memory.drafts.load("d1", "maren")
    memory.close()

    keychain.fault = None
    assert keychain.secrets == keys
    assert {path: path.read_bytes() for path in home_of(folder).iterdir()} == before


def test_work_in_memory_moves_over_once_the_keychain_is_unlocked(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    store.outbox.add(Command(id="k0", owner="maren", kind="x", payload=b""))
    keychain.fault = FaultKind.KEY_UNREADABLE
    memory = open_store(folder, "maren", keychain)
    again = memory.drafts.save(DRAFT)
    memory.drafts.save(msgspec.structs.replace(again, payload=b"2"))
    memory.outbox.add(Command(id="k1", owner="maren", kind="x", payload=b""))

    assert memory.carry_over(store) == 3
    assert memory.carry_over(store) == 0
    memory.close()
    assert [command.id for command in store.outbox.listed("maren")] == ["k0", "k1"]
    assert store.drafts.back("d1", "maren") is not None


def test_a_lost_key_sets_the_old_file_aside_and_begins_anew(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    store.drafts.save(DRAFT)
    store.close()
    old = (home_of(folder) / "desk.db").read_bytes()
    keys = dict(keychain.secrets)
    keychain.secrets.clear()

    fresh = open_store(folder, "maren", keychain)
    assert fresh.durable
    assert kinds(fresh) == [FaultKind.KEY_LOST]
    aside = fresh.notices[0].set_aside
    assert aside is not None
    assert aside.read_bytes() == old
    assert fresh.drafts.open_drafts("maren") == ()
    assert set(keychain.secrets.values()).isdisjoint(keys.values())
    fresh.close()

    quiet = open_store(folder, "maren", keychain)
    assert quiet.notices == ()
    quiet.close()


def test_another_key_is_told_from_damage_and_the_file_stays(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    store.drafts.save(DRAFT)
    store.close()
    keychain.secrets = dict.fromkeys(keychain.secrets, "ab" * 32)
    fresh = open_store(folder, "maren", keychain)
    assert kinds(fresh) == [FaultKind.WRONG_KEY]
    assert list(home_of(folder).glob("desk.db.set-aside-*"))
    fresh.drafts.save(DRAFT)
    fresh.close()


def test_what_is_no_key_is_never_used_nor_replaced(
    folder: Path, keychain: FakeKeychain, store: Store
) -> None:
    store.close()
    keychain.secrets = dict.fromkeys(keychain.secrets, "not a key")
    memory = open_store(folder, "maren", keychain)
    assert memory.why_memory is FaultKind.KEY_UNREADABLE
    assert set(keychain.secrets.values()) == {"not a key"}
    memory.close()


def test_a_keychain_that_forgets_what_it_is_told_is_not_relied_on(folder: Path) -> None:
    class Forgetful(FakeKeychain):
        def write(self, service: str, user: str, secret: str) -> None:
            """Swallow it."""

    memory = open_store(folder, "maren", Forgetful())
    assert memory.why_memory is FaultKind.KEY_UNREADABLE
    memory.close()


@pytest.mark.parametrize("file", ["desk", "cache"])
def test_a_key_that_cannot_be_read_is_never_replaced(
    store: Store, folder: Path, keychain: FakeKeychain, file: str
) -> None:
    class Locked(FakeKeychain):
        def read(self, service: str, user: str) -> str | None:
            if f"/{file}/" in service:
                raise StoreFault(FaultKind.KEY_UNREADABLE)
            return super().read(service, user)

    store.drafts.save(DRAFT)
    store.close()
    locked = Locked()
    locked.secrets = dict(keychain.secrets)
    memory = open_store(folder, "maren", locked)
    assert memory.why_memory is FaultKind.KEY_UNREADABLE
    assert locked.secrets == keychain.secrets
    memory.close()
    again = open_store(folder, "maren", keychain)
    assert again.drafts.load("d1", "maren")
    again.close()


def test_another_desk_that_is_just_opening_is_waited_for_and_then_left_alone(
    store: Store, folder: Path, keychain: FakeKeychain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.01)
    with files.one_at_a_time(home_of(folder)):
        memory = open_store(folder, "maren", keychain)
    assert memory.why_memory is FaultKind.BUSY
    memory.close()


def test_a_missing_note_of_the_key_is_written_again(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    store.drafts.save(DRAFT)
    store.close()
    note = home_of(folder) / "desk.db.key-id"
    note.unlink()
    again = open_store(folder, "maren", keychain)
    assert again.notices == ()
    assert again.drafts.load("d1", "maren")
    assert note.exists()
    again.close()


def test_a_cache_of_another_form_is_thrown_away(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    store.customers.put_many([EDDA], NOON)
    with store.cache_database.write() as connection:
        connection.exec_driver_sql("PRAGMA user_version=999")
    again = reopened(store, folder, keychain)
    assert again.notices == ()
    assert again.customers.count() == 0
    again.customers.put_many([EDDA], NOON)
    again = reopened(again, folder, keychain)
    assert again.search.find("edda")
    again.close()


def test_a_file_of_a_newer_jackfield_is_left_alone(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    with store.desk_database.write() as connection:
        connection.exec_driver_sql("PRAGMA user_version=999")
    memory = reopened(store, folder, keychain)
    assert memory.why_memory is FaultKind.NEWER
    memory.close()


def test_a_folder_that_cannot_be_made_is_no_reason_to_stop(
    tmp_path: Path, keychain: FakeKeychain
) -> None:
    (tmp_path / "file").write_text("in the way")
    memory = open_store(tmp_path / "file" / "profile", "maren", keychain)
    assert memory.why_memory is FaultKind.READ_ONLY
    memory.drafts.save(DRAFT)
    memory.close()


def test_wiping_takes_the_keys_first_and_then_the_files(
    store: Store, folder: Path, keychain: FakeKeychain, clock: SetClock
) -> None:
    store.drafts.save(DRAFT)
    store.close()
    wipe(folder, "maren", keychain)
    assert keychain.secrets == {}
    assert list(folder.iterdir()) == []
    wipe(folder, "maren", keychain)


def test_a_wipe_without_the_keychain_still_takes_the_files(
    store: Store, folder: Path, keychain: FakeKeychain
) -> None:
    store.close()
    keychain.fault = FaultKind.KEY_UNREADABLE
    with pytest.raises(StoreFault):
        wipe(folder, "maren", keychain)
    assert list(folder.iterdir()) == []


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreFault) as refused:
        store.drafts.load("d1", "maren")
    assert refused.value.kind is FaultKind.BROKEN
    assert "tell IT" in refused.value.sentence
