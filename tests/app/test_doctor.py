"""The doctor looks at everything and says it plainly."""

from __future__ import annotations

from pathlib import Path

from app.doctor import Finding, examine
from app.settings import Settings
from app.store.faults import FaultKind
from tests.app.store.people import FakeKeychain
from tests.support.backend import RunningBackend


def lines(settings: Settings, ring: FakeKeychain) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine(settings, keychain=ring)}


def test_all_is_well(own_folders: Path, ring: FakeKeychain, shared_backend: RunningBackend) -> None:
    found = lines(Settings(server=shared_backend.url), ring)
    assert all(finding.well for finding in found.values())
    assert "Kestrelfjord Telecom answers" in found["Server"].words
    assert found["Keychain"].line().startswith("ok ")


def test_a_machine_without_keychain_and_server_still_works(
    own_folders: Path, ring: FakeKeychain
) -> None:
    ring.fault = FaultKind.NO_KEYCHAIN
    found = lines(Settings(), ring)
    assert not found["Keychain"].well
    assert not found["Keychain"].needed
    assert found["Server"].line().startswith("note ")
    assert found["Store"].well


def test_a_server_that_does_not_answer_and_one_that_cannot_be_are_wrong(
    own_folders: Path, ring: FakeKeychain
) -> None:
    assert lines(Settings(server="http://127.0.0.1:9"), ring)["Server"].line().startswith("WRONG")
    assert "https" in lines(Settings(server="http://desk.example"), ring)["Server"].words


def test_nothing_of_its_own_store_stays(own_folders: Path, ring: FakeKeychain) -> None:
    settings = Settings()
    lines(settings, ring)
    assert list(settings.data_folder.iterdir()) == []
