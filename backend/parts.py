"""What the backend is made of, once `backend/start.py` has joined it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from backend.access.guard import Guard
from backend.access.rules import Access
from backend.appointment.visits import Visits
from backend.catalog.rules import Versions
from backend.communication.rules import Messages
from backend.creation.rules import Creating
from backend.database import Database
from backend.flows.assembly import Flows
from backend.jobs import Jobs
from backend.metrics import Metrics
from backend.notices.rules import Notices
from backend.ordering.rules import Ordering
from backend.qualification.rules import Qualification
from backend.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """What a noun's routes and jobs may ask for."""

    settings: Settings
    database: Database
    jobs: Jobs
    metrics: Metrics
    access: Access
    guard: Guard
    messages: Messages
    notices: Notices
    versions: Versions
    qualification: Qualification
    flows: Flows
    ordering: Ordering
    creating: Creating
    visits: Visits
    now: Callable[[], datetime]
    stopping: threading.Event
    """Set when the server ends: streams that never end by themselves must look at it."""
