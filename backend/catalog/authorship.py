"""What a write through TMF620 means for the catalogue: the edition that would come of it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from backend.catalog.editions import Document, Edition
from backend.catalog.faces import KIND, QUANTITY
from backend.catalog.relations import EXCLUDES, REQUIRES
from backend.rest.errors import Field, Refused

LIKE = "substitution"
"""A relation to an offering in whose place this one can stand: what holds for it holds for both."""
FindPrice = Callable[[str], Document | None]
_MONTHLY, _ONCE = "-monthly", "-once"


def with_offering(edition: Edition, entity: Document, price: FindPrice) -> Edition:
    """The edition with this offering as it is written; one that is new joins its like's rules.

    `price` finds a productOfferingPrice by its id. Refused where something cannot be told.
    """
    rules = copy.deepcopy(edition.rules)
    offers = rules["offers"]
    code = entity["id"]
    known = next((each for each in offers if each["code"] == code), None)
    offer = _offer(edition, entity, known, price)
    if known is None:
        offers.append(offer)
        _join(rules, code, _likes(entity, offers, offer))
        rules["rules"] += _own_rules(entity, {each["code"]: each["name"] for each in offers})
    else:
        offers[offers.index(known)] = offer
    return replace(edition, rules=rules, specifications=_specified(edition, entity, offer))


def _specified(edition: Edition, entity: Document, offer: Document) -> Document:
    """The specifications; one that is not for offers of this kind names the offer by its code."""
    found: Document = copy.deepcopy(edition.specifications)
    for each in found["specification"]:
        named, kinds = each.get("offers", []), each.get("kinds", [])
        suits = each["family"] == offer["family"] and offer["kind"] in kinds
        if each["id"] != entity["productSpecification"]["id"]:
            if offer["code"] in named:
                named.remove(offer["code"])
        elif not suits and offer["code"] not in named:
            each["offers"] = [*named, offer["code"]]
    return found


def without_offering(edition: Edition, code: str) -> Edition:
    """The edition without an offer; rules and groups that spoke of nothing else go with it.

    So do golden orders with it, which whoever approves reads among the changes.
    """
    rules = copy.deepcopy(edition.rules)
    rules["offers"] = [each for each in rules["offers"] if each["code"] != code]
    gone = {code}
    while gone:
        for name, members in rules["groups"].items():
            rules["groups"][name] = [each for each in members if each not in gone]
        empty = {name for name, members in rules["groups"].items() if not members}
        rules["groups"] = {name: members for name, members in rules["groups"].items() if members}
        rules["rules"] = [kept for each in rules["rules"] if (kept := _freed(each, gone))]
        gone = empty
    prices = copy.deepcopy(edition.prices)
    _forget(prices, code)
    specifications = copy.deepcopy(edition.specifications)
    for each in specifications.get("specification", ()):
        if code in each.get("offers", ()):
            each["offers"].remove(code)
    bundles = specifications.get("bundle", ())
    if bundles:
        specifications["bundle"] = [each for each in bundles if not _speaks_of(each, code)]
    golden = [each for each in edition.golden if code not in each.get("picks", {})]
    return replace(
        edition, rules=rules, prices=prices, specifications=specifications, golden=golden
    )


def with_price(edition: Edition, entity: Document) -> Edition | None:
    """The edition with a price as it is written; None where no offer in it has this price."""
    identity = str(entity["id"])
    for ending, name in ((_MONTHLY, "monthly"), (_ONCE, "oneoff")):
        code = identity.removesuffix(ending)
        if code != identity and any(each["code"] == code for each in edition.rules["offers"]):
            rules = copy.deepcopy(edition.rules)
            offer = next(each for each in rules["offers"] if each["code"] == code)
            offer[name] = _amount(entity)
            return replace(edition, rules=rules)
    return None


def with_specification(edition: Edition, entity: Document) -> Edition | None:
    """The edition with a specification's new name; None where it has no such specification."""
    specifications = copy.deepcopy(edition.specifications)
    for each in specifications.get("specification", ()):
        if each["id"] == entity["id"]:
            each["name"] = entity["name"]
            return replace(edition, specifications=specifications)
    return None


def _offer(
    edition: Edition, entity: Document, known: Document | None, price: FindPrice
) -> Document:
    uses = {each.get("name"): each for each in entity.get("prodSpecCharValueUse") or ()}
    specification = _specification(edition, entity)
    kinds = specification.get("kinds") or [""]
    monthly, once = _prices(entity, price)
    return {
        **(known or {}),
        "code": entity["id"],
        "name": entity["name"],
        "family": _family(edition, entity, specification),
        "kind": _value(uses.get(KIND), "value", known["kind"] if known else kinds[0]),
        "monthly": monthly,
        "oneoff": once,
        "term": _months(entity),
        "max": _value(uses.get(QUANTITY), "valueTo", known["max"] if known else 1),
        "note": entity.get("description") or "",
    }


def _specification(edition: Edition, entity: Document) -> Mapping[str, Any]:
    wanted = (entity.get("productSpecification") or {}).get("id")
    for each in edition.specifications.get("specification", ()):
        if each["id"] == wanted:
            found: Mapping[str, Any] = each
            return found
    raise _unclear("productSpecification", "Name the specification of which it is an offering.")


def _family(edition: Edition, entity: Document, specification: Mapping[str, Any]) -> str:
    """The category's family, or that of the specification."""
    wanted = next((each.get("id") for each in entity.get("category") or ()), None)
    families = {each["id"]: each["family"] for each in edition.specifications.get("family", ())}
    return str(families.get(wanted, specification["family"]))


def _prices(entity: Document, price: FindPrice) -> tuple[float, float]:
    """What it costs each month and once; each of its prices is one of these."""
    named = [each.get("id", "") for each in entity.get("productOfferingPrice") or ()]
    found = [price(str(identity)) for identity in named]
    if not found or None in found:
        raise _unclear("productOfferingPrice", "Name its prices, which must be there already.")
    monthly = once = 0.0
    for each in found:
        if each and each.get("recurringChargePeriodType"):
            if (each["recurringChargePeriodType"], each.get("recurringChargePeriodLength", 1)) != (
                "month",
                1,
            ):
                raise _unclear("productOfferingPrice", "A price is for each month, or once.")
            monthly += _amount(each)
        elif each:
            once += _amount(each)
    return monthly, once


def _amount(price: Document) -> float:
    value = (price.get("price") or {}).get("value")
    if not isinstance(value, int | float):
        raise _unclear("price", "Say what it costs.")
    return float(value)


def _months(entity: Document) -> int:
    for each in entity.get("productOfferingTerm") or ():
        duration = each.get("duration") or {}
        amount, units = duration.get("amount"), str(duration.get("units", "")).lower()
        if units.startswith("month") and amount is not None:
            return int(amount)
        if units.startswith("year") and amount is not None:
            return 12 * int(amount)
        raise _unclear("productOfferingTerm", "A term is so many months or years.")
    return 0


def _value(use: Mapping[str, Any] | None, name: str, otherwise: Any) -> Any:
    values = (use or {}).get("productSpecCharacteristicValue") or ()
    return next((each[name] for each in values if each.get(name) is not None), otherwise)


def _likes(entity: Document, offers: list[Document], offer: Document) -> list[str]:
    """The offers it is like: those it says, else all others of its family and kind."""
    said = [
        each["id"]
        for each in entity.get("productOfferingRelationship") or ()
        if each.get("relationshipType") == LIKE
    ]
    return said or [
        each["code"]
        for each in offers
        if each is not offer and (each["family"], each["kind"]) == (offer["family"], offer["kind"])
    ]


def _join(rules: Document, code: str, likes: Iterable[str]) -> None:
    """Writes an offer wherever all of those it is like are written."""
    wanted = set(likes)
    if not wanted:
        return
    for members in rules["groups"].values():
        if wanted <= set(members):
            members.append(code)
    for rule in rules["rules"]:
        for names in _lists(rule):
            if wanted <= set(names):
                names.append(code)


def _lists(rule: Document) -> Iterable[list[str]]:
    """The lists of codes in a rule, to be changed in place."""
    if isinstance(rule.get("lhs"), list):
        yield rule["lhs"]
    if isinstance(rule.get("rhs"), list) and isinstance(rule["rhs"][0], list):
        yield rule["rhs"][0]
    for condition in rule.get("when", ()):
        if condition[0] == "sel" and isinstance(condition[1], list):
            yield condition[1]


def _own_rules(entity: Document, names: Mapping[str, str]) -> list[Document]:
    """Rules for what it says that it requires or excludes."""
    code, name = entity["id"], entity["name"]
    related: dict[str, list[str]] = {REQUIRES: [], EXCLUDES: []}
    for each in entity.get("productOfferingRelationship") or ():
        if each.get("relationshipType") in related:
            related[each["relationshipType"]].append(each["id"])
    texts = {REQUIRES: f"{name} needs", EXCLUDES: f"{name} cannot be combined with"}
    return [
        {
            "id": f"{code}-{kind}",
            "kind": kind,
            "when": [["sel", [code]]],
            "lhs": others,
            "op": ">=" if kind == REQUIRES else "==",
            "k": int(kind == REQUIRES),
            "rhs": None,
            "msg": f"{texts[kind]} {' or '.join(names.get(each, each) for each in others)}.",
        }
        for kind, others in related.items()
        if others
    ]


def _freed(rule: Document, gone: set[str]) -> Document | None:
    """The rule without some names; None where it can no longer refuse anything.

    Refused for a rule that demands what would be gone: somebody must think about it.
    """
    conditions = []
    for condition in rule.get("when", ()):
        kept = _kept(condition[1], gone) if condition[0] == "sel" else condition[1]
        if kept == []:
            return None
        conditions.append([condition[0], kept, *condition[2:]])
    left, right = _kept(rule["lhs"], gone), rule.get("rhs")
    if right:
        others = _kept(right[0], gone)
        right = None if others == [] else [others, *right[1:]]
    if left == []:
        # nothing on the left counts 0, which the rule may take whatever is on the right
        taken = rule["k"] >= 0 if rule["op"] == "<=" else rule["k"] == 0 and not right
        if not taken:
            raise Refused(
                f"Rule {rule['id']} demands it.", "Change that rule first.", code="stillDemanded"
            )
        return None
    return {**rule, "when": conditions, "lhs": left, "rhs": right}


def _kept(codes: Any, gone: set[str]) -> Any:
    if isinstance(codes, str):
        return [] if codes in gone else codes
    return [each for each in codes if each not in gone] if isinstance(codes, list) else codes


def _forget(prices: Document, code: str) -> None:
    """Takes an offer out of what stands beside the price lists."""
    prices["waiver"] = [each for each in prices.get("waiver", ()) if each["offer"] != code]
    fees = prices.get("number_fee", {})
    prices["number_fee"] = {grade: fee for grade, fee in fees.items() if fee != code}
    if "as_good" in prices:
        prices["as_good"] = {
            name: [each for each in others if each != code]
            for name, others in prices["as_good"].items()
            if name != code
        }


def _speaks_of(bundle: Document, code: str) -> bool:
    return code in {bundle["offer"], *(each["offer"] for each in bundle["holds"])}


def _unclear(path: str, sentence: str) -> Refused:
    return Refused(sentence, code="notTold", fields=(Field(path, sentence),))
