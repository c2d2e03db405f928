"""Which server, and what it offers before anybody has signed in."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from app.arrival import Arrival, NoServer
from app.demo import DemoBackend, DemoFailed
from app.settings import Settings
from backend_client import Unreachable
from tests.app.store.people import FakeKeychain
from tests.support.backend import RunningBackend


def test_a_server_says_who_it_is(
    own_folders: Path, ring: FakeKeychain, shared_backend: RunningBackend
) -> None:
    settings = Settings(server=shared_backend.url, set_by="policy")
    arrival = Arrival(settings, keychain=ring)
    offer = arrival.prepare()
    assert offer.operator == "Kestrelfjord Telecom"
    assert offer.by_password
    assert arrival.server_words == shared_backend.url.removeprefix("http://")
    assert arrival.set_by_words == "Set by your organisation"
    assert arrival.resume(offer, "agent") is None


def test_without_a_server_it_says_what_to_do(own_folders: Path) -> None:
    arrival = Arrival(Settings())
    with pytest.raises(NoServer) as caught:
        arrival.prepare()
    assert "--demo" in caught.value.sentence
    assert arrival.server_words == "No server"


def test_a_server_that_does_not_answer_can_be_asked_again(
    own_folders: Path, ring: FakeKeychain, shared_backend: RunningBackend
) -> None:
    arrival = Arrival(Settings(server=shared_backend.url), keychain=ring)
    shared_backend.offline()
    with pytest.raises(Unreachable):
        arrival.prepare()
    shared_backend.online()
    assert arrival.prepare().operator


def test_the_demo_has_a_profile_of_its_own(own_folders: Path) -> None:
    arrival = Arrival(Settings(), demo=True)
    assert arrival.settings.profile == "demo"
    assert arrival.server_words == "Demo on this machine"
    arrival.close()


def test_a_demo_that_cannot_start_names_its_log(
    own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    demo = DemoBackend(own_folders / "backend", own_folders / "log")
    with pytest.raises(DemoFailed) as caught:
        demo.start()
    assert "demo-backend.log" in caught.value.sentence
    demo.stop()
    demo.stop()
