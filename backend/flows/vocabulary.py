"""What definitions of this operator may name, known without a database."""

from __future__ import annotations

from backend.flows.actions import arrears
from backend.flows.actions.all_actions import ACTIONS
from backend.flows.definition import Vocabulary
from backend.flows.departments import read_departments
from backend.flows.facts import SAMPLE
from backend.notices.stationery import FIRST_LANGUAGE, read_stationery


def usual_vocabulary() -> Vocabulary:
    """Every action, letter, department and fact there is."""
    letters = frozenset(read_stationery().templates[FIRST_LANGUAGE])
    return Vocabulary(ACTIONS.keys() | arrears.NAMES, letters, SAMPLE, read_departments())
