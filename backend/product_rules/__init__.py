"""The configuration engine: decides exactly what may be offered, and says why not."""

from backend.product_rules.applied import Applied
from backend.product_rules.catalogue import (
    BadCatalogue,
    Catalogue,
    FactChange,
    Facts,
    Offer,
    Rule,
    Selection,
)
from backend.product_rules.changes import Dropped, Opener, Repair
from backend.product_rules.engine import Answer, Engine
from backend.product_rules.packages import Package
from backend.product_rules.reading import read_catalogue, read_catalogue_text
from backend.product_rules.rules import Missing, Violation, violations

__all__ = [
    "Answer",
    "Applied",
    "BadCatalogue",
    "Catalogue",
    "Dropped",
    "Engine",
    "FactChange",
    "Facts",
    "Missing",
    "Offer",
    "Opener",
    "Package",
    "Repair",
    "Rule",
    "Selection",
    "Violation",
    "read_catalogue",
    "read_catalogue_text",
    "violations",
]
