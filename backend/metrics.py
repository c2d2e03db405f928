"""Figures for Prometheus: what this process did, and how the whole system stands."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

CONTENT_TYPE = CONTENT_TYPE_LATEST
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_LONG = (1, 10, _MINUTE, 10 * _MINUTE, _HOUR, 6 * _HOUR, _DAY, 3 * _DAY, 10 * _DAY, 30 * _DAY)
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """One process's figures, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry(auto_describe=True)
        ProcessCollector(registry=self._registry)
        self._requests = Histogram(
            "jackfield_request_seconds",
            "Time to answer a request",
            ("method", "route", "status"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._jobs = Histogram(
            "jackfield_job_seconds",
            "Time a job ran",
            ("task", "outcome"),
            buckets=_SECONDS,
            registry=self._registry,
        )

        self._calls = Histogram(
            "jackfield_system_call_seconds",
            "Time a network system took to answer",
            ("system", "answer"),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._steps = Histogram(
            "jackfield_step_seconds",
            "Time from a step's beginning to its end, or until it was held",
            ("who", "outcome"),
            buckets=_LONG,
            registry=self._registry,
        )
        self._listeners = Gauge(
            "jackfield_event_listeners",
            "Desks that listen to this process",
            registry=self._registry,
        )

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, str(status)).observe(seconds)

    def job(self, task: str, outcome: str, seconds: float) -> None:
        """Count one run of `task`; `outcome` is "done", "again" or "failed"."""
        self._jobs.labels(task, outcome).observe(seconds)

    def call(self, system: str, answer: str, seconds: float) -> None:
        """Count one call of a network system; `answer` is answered, pending, refused or silent."""
        self._calls.labels(system, answer).observe(seconds)

    def step(self, who: str, outcome: str, seconds: float) -> None:
        """Count a step that ended or is held now; `outcome` as taskFlow says it."""
        self._steps.labels(who, outcome).observe(seconds)

    def watch_listeners(self, count: Callable[[], int]) -> None:
        """Ask `count` how many desks listen, whenever figures are read."""
        self._listeners.set_function(count)

    def add(self, collector: Collector) -> None:
        """Figures that are found out when they are read."""
        self._registry.register(collector)

    def render(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)
