"""Proofs run in a process of their own, one after the other, and never for too long."""

from __future__ import annotations

import sys
import threading

import pytest

from backend.catalog.editions import Edition
from backend.catalog.loading import demo_golden, demo_tables
from backend.catalog.proposals import examined
from backend.catalog.prover import Prover, ProverFailed
from backend.rest.errors import Refused, Unavailable


@pytest.fixture
def edition() -> Edition:
    return Edition(*demo_tables(), demo_golden())


def test_the_demo_is_proved_in_another_process(real_prover: Prover, edition: Edition) -> None:
    report = examined(edition, edition, real_prover)
    assert report["valid"], report["faults"]
    assert report["golden"] == {"checked": 24, "broken": []}
    assert (report["dead"], report["redundant"], report["changes"]) == ([], [], [])


@pytest.mark.usefixtures("real_prover")
def test_a_proof_that_takes_too_long_is_given_up(edition: Edition) -> None:
    slow = Prover((sys.executable, "-c", "import time; time.sleep(60)"), longest=0.2)
    with pytest.raises(Refused) as refused:
        slow.prove(edition, None)
    assert refused.value.code == "notProved"


@pytest.mark.usefixtures("real_prover")
def test_a_process_that_breaks_is_a_fault_of_ours(edition: Edition) -> None:
    broken = Prover((sys.executable, "-c", "raise SystemExit(3)"))
    with pytest.raises(ProverFailed):
        broken.prove(edition, None)


def test_who_finds_too_many_waiting_is_sent_away(
    monkeypatch: pytest.MonkeyPatch, edition: Edition
) -> None:
    begun, ends = threading.Event(), threading.Event()

    def ask(_self: Prover, _task: bytes) -> dict[str, object]:
        begun.set()
        ends.wait(30)
        return {"faults": []}

    monkeypatch.setattr(Prover, "_ask", ask)
    prover = Prover(waiting=0)
    first = threading.Thread(target=prover.prove, args=(edition, None))
    first.start()
    try:
        assert begun.wait(30)
        with pytest.raises(Unavailable) as refused:
            prover.prove(edition, None)
        assert refused.value.headers["Retry-After"]
    finally:
        ends.set()
        first.join(30)
    assert prover.prove(edition, None) == {"faults": []}
