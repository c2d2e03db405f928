"""What kind of thing a product is, as the catalogue says, for its icon and its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.accounts.reading import monthly
from app.store.preferences import Preferences
from backend_client import ApiError, Client, Where
from backend_client.inventory import Product

_KEPT = "offerings"
_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Family:
    """Category and specification of an offering, in the operator's own words."""

    category: str = ""
    specification: str = ""


Known = Mapping[str, Family]

# an operator's words, most telling first; what fits none gets a box
_ICONS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("saving", "discount"), "receipt"),
    (("sim profile", "esim", " sim", "sim card"), "sim"),
    (("handset", "phone on credit"), "mobile"),
    (("roaming",), "globe"),
    (("shield", "protection", "security", "fraud"), "shield"),
    (("router", "mesh", "wi-fi", "wifi"), "router"),
    (("box",), "stb"),
    (("engineer", "installation", "install"), "wrench"),
    (("broadband", "fibre", "internet access", "adsl"), "fibre"),
    (("tv", "channel", "content", "cinema", "drama", "sport"), "tv"),
    (("telephony", "landline", "fastnet", "voip", "voicemail", "calls"), "phone"),
    (("mobile", "prepaid"), "mobile"),
    (("bill", "one-off"), "receipt"),
)

# families as a catalogue lists them: what carries comes before what it carries
_ORDER = (
    "mobile", "fastnet", "landline", "telephony", "voip", "adsl", "broadband", "internet",
    "fibre", "iptv", "tv", "box", "content",
)  # fmt: skip


class Families:
    """Asks the catalogue once for each offering and keeps what it said."""

    def __init__(self, client: Client, preferences: Preferences) -> None:
        self._client = client
        self._preferences = preferences
        self._known: dict[str, Family] | None = None

    def known(self) -> Known:
        """All that has been learnt, also in earlier days."""
        if self._known is None:
            kept: dict[str, Any] = self._preferences.get(_KEPT, {})
            self._known = {code: Family(*words) for code, words in kept.items()}
        return self._known

    def learn(self, products: Iterable[Product]) -> None:
        """Ask for the offerings of these products that are not known yet; never fails."""
        known = dict(self.known())
        codes = {each.product_offering.id for each in products if each.product_offering}
        missing = sorted(code for code in codes - known.keys() if code)[:_AT_ONCE]
        if not missing:
            return
        try:
            for offering in self._client.offerings.all(Where().equal("id", *missing)):
                category = offering.category[0].name if offering.category else ""
                specification = offering.product_specification
                name = specification.name if specification else ""
                known[offering.id] = Family(category or "", name or "")
        except ApiError:
            return  # the account is shown all the same, with plain icons
        self._known = known
        words = {code: (each.category, each.specification) for code, each in known.items()}
        self._preferences.put(_KEPT, words)


def family_of(product: Product, known: Known) -> Family:
    """The family of a product; an empty one where nobody knows."""
    code = product.product_offering.id if product.product_offering else ""
    return known.get(code, Family())


def icon_of(product: Product, known: Known) -> str:
    family = family_of(product, known)
    for text in (product.name or "", family.specification, family.category):
        lowered = f" {text.lower()} "
        for words, icon in _ICONS:
            if any(word in lowered for word in words):
                return icon
    return "box"


def is_sim(product: Product, known: Known) -> bool:
    """A SIM is told beside its number, not shown as a product of its own."""
    family = family_of(product, known)
    if family.specification:
        return family.specification.lower() == "sim"
    name = (product.name or "").lower()
    return name in {"plastic sim", "esim profile", "sim", "esim"}


def place_in_catalogue(product: Product, known: Known) -> tuple[int, bool, str]:
    """Sorts products as a catalogue lists them: by family, lines and handsets first, by code."""
    category = family_of(product, known).category.lower()
    family = next((at for at, word in enumerate(_ORDER) if word in category), len(_ORDER))
    code = product.product_offering.id if product.product_offering else ""
    return family, icon_of(product, known) != "mobile", code or ""


def is_over_and_done(product: Product, known: Known) -> bool:
    """Whether this was a thing to do once, such as an engineer's visit, and it is done."""
    one_off = "one-off" in family_of(product, known).category.lower()
    once = one_off or icon_of(product, known) == "wrench"
    return once and product.state == "active" and not monthly(product.product_price)
