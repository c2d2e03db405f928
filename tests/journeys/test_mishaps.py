"""What happens to machines: a full disk, a killed desk. What was typed is there afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.store.keychain import Keychain
from tests.journeys.conftest import AtDesk, NewDesk
from tests.journeys.killed_desk import FileKeychain
from tests.support.backend import ROOT, RunningBackend
from ui.tour.creating import CALLER
from ui.tour.eyes import found, reads, texts
from ui.tour.patience import wait_until
from ui.widgets.field import Input
from ui.widgets.offer_delegate import Offer
from ui.widgets.offer_list import OfferList
from ui.wizard.draft_page import DraftPage

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(os.name == "nt", reason="limits and signals of POSIX"),
]


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process grows beyond 4 KB: what a store writes is refused."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_said_once_and_what_was_typed_is_saved_when_there_is_room(
    at_home: AtDesk,
) -> None:
    at_home.hands.press("Ctrl+N")
    at_home.page(DraftPage, "The wizard did not open.")
    at_home.type_into("Given name", CALLER.given)
    at_home.read("Draft saved")
    with full_disk():
        at_home.type_into("Family name", CALLER.family)
        at_home.read("The draft could not be saved.")
        at_home.read("The disk is full; free some space, then try again.")
        at_home.type_into("E-mail", CALLER.email)
        said = [text for text in at_home.says() if "could not be saved" in text]
        assert len(said) == 1
    wait_until(lambda: not reads(at_home.main, "could not be saved"), "It was not tried again.")
    assert found(at_home.main, Input, "E-mail · the contract summary goes there").text() == (
        CALLER.email
    )
    (kept,) = at_home.workplace.store.drafts.open_drafts(at_home.workplace.user.id)
    wait_until(lambda: CALLER.email.encode() in kept_payload(at_home), "The e-mail is not kept.")
    assert kept.title == CALLER.name


def kept_payload(at_desk: AtDesk) -> bytes:
    """The draft on disk."""
    (kept,) = at_desk.workplace.store.drafts.open_drafts(at_desk.workplace.user.id)
    return kept.payload


class TestAfterAKill:
    """The power fails; the next desk is where the last one was."""

    @pytest.fixture
    def keychain(self, tmp_path: Path) -> Keychain:
        return FileKeychain(tmp_path / "keychain.json")

    def test_the_draft_is_open_again_on_the_same_step(
        self, new_desk_at: NewDesk, operator: RunningBackend, tmp_path: Path
    ) -> None:
        pictures = tmp_path / "killed"
        pictures.mkdir()
        arguments = (operator.url, tmp_path / "keychain.json", pictures)
        killed = subprocess.run(
            [sys.executable, "-m", "tests.journeys.killed_desk", *map(str, arguments)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert killed.returncode == -signal.SIGKILL, killed.stderr

        at_desk = new_desk_at()
        at_desk.sign_in()
        wait_until(
            lambda: any(tab.startswith("draft:") for tab in at_desk.main.tabs.ids()),
            "The tab of the draft did not come back.",
        )
        at_desk.hands.press("Ctrl+Tab")
        page = at_desk.page(DraftPage, "The draft did not open.")
        wait_until(lambda: "Numbers" in texts(page), "It is not on the step it was left on.")
        assert page.tab().text == f"New: {CALLER.name}"
        at_desk.hands.press("Alt+Left")
        offers = found(page, OfferList)
        wait_until(lambda: bool(offers.records.records()), "No offers came.")
        rows = offers.records.records()
        chosen = {each.id for each in rows if isinstance(each, Offer) and each.chosen}
        assert chosen == {"M02", "M11"}
