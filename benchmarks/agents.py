"""A hundred agents who each pick once a second, on one server: how long each waits for HTTP."""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import orjson
import requests

from tests.support.backend import ChildBackend

_AGENTS, _PERIOD = 100, 1.0
_WARM_UP, _MEASURED = 8.0, 30.0
_PICKS = 6
_CUSTOMERS_OF_OURS, _CHECKED, _FIRMS = 0.5, 0.7, 0.15  # shares of those on the line
_BAR_MS = 16.0
_PATIENCE = 30
_CHOICES = "/desk-api/v1/choices"
_CUSTOMERS = "/tmf-api/customerManagement/v4/customer?limit=100"

Document = dict[str, Any]


@dataclass
class Times:
    """Milliseconds on the wall from the first byte sent to the last one read."""

    first: list[float] = field(default_factory=list)
    pick: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    size: int = 0


@dataclass(frozen=True, slots=True)
class People:
    """Whom agents have on the line, and how the server knows the agents."""

    token: str
    customers: tuple[str, ...]
    addresses: tuple[str, ...]


def run() -> None:
    """Print what agents wait at p50, p95 and p99, and what the server's processor does for it."""
    with (
        TemporaryDirectory(prefix="jackfield-benchmark-") as folder,
        _server(Path(folder)) as child,
    ):
        people = _people(child.url)
        times, work = asyncio.run(_day(child, people))
    asked = len(times.first) + len(times.pick)
    print(
        f"{_AGENTS} agents, {asked} requests in {_MEASURED:.0f} s, {times.size / asked:.0f} bytes"
    )
    for name, values in (
        ("first look at a customer", times.first),
        ("after a pick", times.pick),
        ("both", [*times.first, *times.pick]),
        ("the same load of /health", times.bare),
    ):
        values.sort()
        p95, p99 = (values[int(len(values) * part)] for part in (0.95, 0.99))
        bar = "" if name != "both" else f"  bar {_BAR_MS:.0f} at p99: {_verdict(p99)}"
        middle = statistics.median(values)
        print(f"{name:<26} ms p50 {middle:6.2f}  p95 {p95:6.2f}  p99 {p99:6.2f}{bar}")
    print(f"processor time of the server for a request {work / asked * 1e3:.2f} ms, "
          f"{work / _MEASURED:.0%} of one core")  # fmt: skip


def _verdict(milliseconds: float) -> str:
    return "kept" if milliseconds <= _BAR_MS else "MISSED"


@contextmanager
def _server(folder: Path) -> Iterator[ChildBackend]:
    """A real server on a core of its own, where there are two; its database and we on others."""
    child = ChildBackend(
        ("serve", "--demo", "--no-worker", "--port", "0", "--data-dir", str(folder))
    )
    with child:
        child.ready()
        cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
        if len(cores) > 1:
            for thread in Path(f"/proc/{child.process.pid}/task").iterdir():
                os.sched_setaffinity(int(thread.name), cores[1:2])
            os.sched_setaffinity(0, cores[:1])
        try:
            yield child
        finally:
            if len(cores) > 1:
                os.sched_setaffinity(0, cores)


def _people(url: str) -> People:
    form = {"username": "agent", "password": "agent"}
    granted = requests.post(f"{url}/auth/token", data=form, timeout=_PATIENCE).json()
    token = granted["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    found = requests.get(url + _CUSTOMERS, headers=headers, timeout=_PATIENCE).json()
    noted = (note for each in found for note in each.get("characteristic", ()))
    addresses = {note["value"] for note in noted if note["name"] == "addressId"}
    return People(token, tuple(each["id"] for each in found), tuple(sorted(addresses)))


async def _day(child: ChildBackend, people: People) -> tuple[Times, float]:
    """All agents at work: what they waited, and the seconds the server's processor took."""
    times, begun = Times(), time.perf_counter() + 1
    agents = [Agent(child.url, people, number) for number in range(_AGENTS)]
    await asyncio.gather(*(each.connect() for each in agents))
    work = asyncio.gather(*(each.work(begun, times) for each in agents))
    await asyncio.sleep(begun + _WARM_UP - time.perf_counter())
    before = _processor_time(child)
    await asyncio.sleep(_MEASURED)
    spent = _processor_time(child) - before
    await work
    await asyncio.gather(*(each.look(time.perf_counter() + 1, times) for each in agents))
    return times, spent


class Agent:
    """One connection kept alive, and one customer after the other."""

    def __init__(self, url: str, people: People, number: int) -> None:
        where = urlsplit(url)
        self._host, self._port = where.hostname or "", where.port or 0
        self._people = people
        self._chance = random.Random(number)  # noqa: S311  # examples, no secrets
        self._offset = _PERIOD * number / _AGENTS
        self._question: Document = {}
        self._left = 0

    async def connect(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)

    async def work(self, begun: float, times: Times) -> None:
        """Ask once a second, a little before or after, until the day is over."""
        turn = 0
        while (wait := turn * _PERIOD + self._offset) < _WARM_UP + _MEASURED:
            when = begun + wait + self._chance.uniform(0, 0.5) * _PERIOD
            await asyncio.sleep(max(when - time.perf_counter(), 0))
            is_first = self._next()
            took, answer = await self._ask("POST", _CHOICES, orjson.dumps(self._question))
            if wait >= _WARM_UP:
                (times.first if is_first else times.pick).append(took)
                times.size += len(answer)
            self._pick(orjson.loads(answer))
            turn += 1

    async def look(self, begun: float, times: Times) -> None:
        """The same without an answer to work out: what the machine and HTTP take."""
        for turn in range(5):
            wait = turn * _PERIOD + self._offset + self._chance.uniform(0, 0.5) * _PERIOD
            await asyncio.sleep(max(begun + wait - time.perf_counter(), 0))
            took, _answer = await self._ask("GET", "/health", b"")
            times.bare.append(took)
        self._writer.close()

    def _next(self) -> bool:
        """Another customer where the last one has enough; True then."""
        if self._left:
            return False
        self._left = self._chance.randint(2, _PICKS)
        self._question = {**self._somebody(), "picks": {}}
        return True

    def _somebody(self) -> Document:
        chance = self._chance
        if chance.random() < _CUSTOMERS_OF_OURS:
            return {"customerId": chance.choice(self._people.customers)}
        year = chance.randint(1940, 2007)
        prospect = {"birthDate": f"{year}-04-02", "identityChecked": chance.random() < _CHECKED}
        person = {"partyType": "individual", **prospect}
        if chance.random() < _FIRMS:
            person = {"partyType": "organization", "identityChecked": True}
        return {"prospect": person, "addressId": chance.choice(self._people.addresses)}

    def _pick(self, answer: Document) -> None:
        """Take one of what is offered; without any, this customer has enough."""
        picks = self._question["picks"]
        self._left -= 1
        open_ = [
            each["id"]
            for each in answer["offers"]
            if each["offerable"] and each["most"] > each["picked"]
        ]
        if open_:
            code = self._chance.choice(open_)
            picks[code] = picks.get(code, 0) + 1
        else:
            self._left = 0

    async def _ask(self, method: str, path: str, body: bytes) -> tuple[float, bytes]:
        """Milliseconds, and the answer's body."""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
            f"Authorization: Bearer {self._people.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        began = time.perf_counter()
        self._writer.write(head.encode() + body)
        told = await self._reader.readuntil(b"\r\n\r\n")
        lines = told.lower().split(b"\r\n")
        length = next(line for line in lines if line.startswith(b"content-length:"))
        answer = await self._reader.readexactly(int(length.partition(b":")[2]))
        took = (time.perf_counter() - began) * 1e3
        assert lines[0].split()[1] == b"200", answer
        return took, answer


def _processor_time(child: ChildBackend) -> float:
    """Seconds that all threads of the server have worked; 0 where nobody tells."""
    status = Path(f"/proc/{child.process.pid}/stat")
    if not status.exists():
        return 0.0
    fields = status.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


if __name__ == "__main__":
    run()
