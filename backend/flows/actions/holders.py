"""Which system holds what a customer has, and what it is asked when that rests, changes or ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from backend.flows.work import Actions, Outside, Varied, Work
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.resource_inventory import rules as resources
from backend.rest.resource import Document

_HLR, _ACCESS, _SIP, _TV, _PREPAID, _REST = "hlr", "access", "sip", "tv", "prepaid", "network"
_OF_FAMILY: Mapping[str, str] = {
    "Mobile": _HLR,
    "Mobile prepaid": _PREPAID,
    "Fastnet": _ACCESS,
    "VoIP": _SIP,
    "ADSL": _ACCESS,
    "Internet": _ACCESS,
    "IPTV": _TV,
    "Set-top box": _TV,
    "Content": _TV,
}
_DOES: Mapping[str, Mapping[str, str]] = {
    "bar": {
        _HLR: "bar", _ACCESS: "bar", _SIP: "bar", _TV: "bar", _PREPAID: "block", _REST: "remove",
    },
    "unbar": {
        _HLR: "unbar", _ACCESS: "unbar", _SIP: "unbar", _TV: "unbar", _PREPAID: "unblock",
        _REST: "provision",
    },
    "change-plan": {
        _HLR: "change-plan", _ACCESS: "change-speed", _SIP: "change-settings",
        _TV: "change-channels", _PREPAID: "create-profile", _REST: "provision",
    },
    "change-settings": {
        _HLR: "change-settings", _ACCESS: "change-settings", _SIP: "change-settings",
        _TV: "change-channels", _PREPAID: "create-profile", _REST: "provision",
    },
    "disconnect": {
        _HLR: "remove-line", _ACCESS: "cease-line", _SIP: "delete-account", _TV: "withdraw",
        _PREPAID: "delete-profile", _REST: "remove",
    },
}  # fmt: skip
"""What each system calls it."""

_LINES = frozenset({"line", "broadband", "tv", "prepaid"})
"""Kinds that are ended as a whole; of what only hangs on them the plan changes."""

_WITHOUT = "change-plan"


def line_of(work: Work) -> Document:
    """The line that the flow is about, as network systems know it."""
    product = inventory.find(work.context, work.product_id())
    sims = resources.sims_of(work.context, product["id"])
    return {
        "customerId": work.customer_id,
        "productId": product["id"],
        "offering": work.facts["offer"] or product["productOffering"]["id"],
        "msisdn": next(
            (one.value for one in numbers.of_product(work.context, product["id"])), None
        ),
        "iccid": next((sim.iccid for sim in sims), None),
        "reason": work.facts["reason"],
    }


def system_of(work: Work) -> str:
    """The system that holds what the flow is about."""
    return _OF_FAMILY.get(str(work.facts["family"]), _REST)


def _asks(deed: str) -> Callable[[Work], Outside]:
    def choose(work: Work) -> Outside:
        system = system_of(work)
        named = deed
        if deed == "disconnect" and system == _HLR and work.facts["kind"] not in _LINES:
            named = _WITHOUT
        return Outside(system, _DOES[named][system], line_of, _nothing)

    return choose


def _nothing(_work: Work, _answer: Document) -> Document:
    return {}


ACTIONS: Actions = {
    **{f"service.{deed}": Varied(_asks(deed)) for deed in _DOES},
    **{
        f"bill.{operation}": Outside("billing", operation, line_of, _nothing)
        for operation in ("rest-line", "resume-line", "change-line", "close-line")
    },
}
