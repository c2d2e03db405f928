"""The configuration engine: decides exactly what may be offered, and says why not."""

from backend.product_rules.catalogue import BadCatalogue, Catalogue, Facts, Offer, Rule, Selection
from backend.product_rules.engine import Answer, Engine
from backend.product_rules.reading import read_catalogue, read_catalogue_text
from backend.product_rules.rules import Missing, Violation, violations

__all__ = [
    "Answer",
    "BadCatalogue",
    "Catalogue",
    "Engine",
    "Facts",
    "Missing",
    "Offer",
    "Rule",
    "Selection",
    "Violation",
    "read_catalogue",
    "read_catalogue_text",
    "violations",
]
