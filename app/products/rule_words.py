"""A rule as a sentence, from the same parts that its form lets be chosen."""

from __future__ import annotations

from collections.abc import Mapping

from app.language import tr
from app.products.rules import Has, Op, Rule, When

_SHOWN = 3  # names in a sentence before "and 4 more"


def fact_name(fact: str) -> str:
    """What a fact of the context is called; one nobody has named is called as it is written."""
    return tr(_FACTS.get(fact, fact))


def value_name(fact: str, value: str | int) -> str:
    """A value for people: facts that are or are not so are said with yes and no."""
    if isinstance(value, int) and value in (0, 1):
        return tr("yes") if value else tr("no")
    return tr(_VALUES.get((fact, str(value)), str(value)))


def op_words(op: Op) -> str:
    return {"==": tr("exactly"), "<=": tr("at most"), ">=": tr("at least")}[op]


def kind_name(kind: str) -> str:
    return tr(_KINDS.get(kind, kind))


def name_of(name: str, names: Mapping[str, str]) -> str:
    """An offer by its name; a group has a code only."""
    return names.get(name) or name


def listed(codes: tuple[str, ...], names: Mapping[str, str], *, shown: int = _SHOWN) -> str:
    """Names for a sentence: three at most, then how many more."""
    words = [name_of(each, names) for each in codes[:shown]]
    if len(codes) > shown:
        return tr("{names} and {count} more", names=", ".join(words), count=len(codes) - shown)
    return ", ".join(words) if words else tr("nothing yet")


def when_words(each: When, names: Mapping[str, str]) -> str:
    """One condition: "segment is Business", "one of Glimt 150, Glimt 500 is picked"."""
    if isinstance(each, Has):
        words = tr("one of {names} is picked") if len(each.names) > 1 else tr("{names} is picked")
        return words.format(names=listed(each.names, names))
    if each.fact in _SO and each.values in ((0,), (1,)):
        so, not_so = _SO[each.fact]
        return tr(so if each.values == (1,) else not_so)
    values = tr(" or ").join(value_name(each.fact, value) for value in each.values)
    return tr("{fact} is {values}", fact=fact_name(each.fact), values=values or tr("nothing yet"))


def then_words(rule: Rule, names: Mapping[str, str]) -> str:
    """What must hold, briefly."""
    what = listed(rule.names, names)
    if rule.each_of:
        each = listed(rule.each_of, names)
        if rule.figure:
            words = tr("{op} {figure}, and {each} more for each {of}, of {names}")
        else:
            words = tr("{op} {each} for each {of}, of {names}")
        return words.format(
            op=op_words(rule.op), figure=rule.figure, each=rule.each, of=each, names=what
        )
    if rule.figure == 0 and rule.op in ("==", "<="):
        return tr("none of {names}", names=what)
    return tr("{op} {figure} of {names}", op=op_words(rule.op), figure=rule.figure, names=what)


def sentence(rule: Rule, names: Mapping[str, str]) -> str:
    """The whole rule: "When segment is Business, none of Skarv 5, Skarv 25"."""
    then = then_words(rule, names)
    if not rule.when:
        return tr("Always: {then}", then=then)
    conditions = tr(" and ").join(when_words(each, names) for each in rule.when)
    return tr("When {when}, {then}", when=conditions, then=then)


_SO = {  # a fact that is or is not so, as a condition: (so, not so)
    "copper": ("there is copper at the address", "there is no copper at the address"),
    "vdsl": ("there is VDSL at the address", "there is no VDSL at the address"),
    "gpon": ("there is fibre at the address", "there is no fibre at the address"),
    "xgspon": ("there is XGS-PON at the address", "there is no XGS-PON at the address"),
    "allip": ("the area is all-IP", "the area is not all-IP"),
    "cov5g": ("there is 5G at the address", "there is no 5G at the address"),
    "cov4g": ("there is 4G at the address", "there is no 4G at the address"),
    "arrears": ("a balance is unpaid", "no balance is unpaid"),
    "vulnerable": (
        "the customer depends on the phone",
        "the customer does not depend on the phone",
    ),
    "benefits": ("the customer receives benefits", "the customer receives no benefits"),
    "guardian": ("there is a guarantor", "there is no guarantor"),
    "idok": ("the identity is checked", "the identity is not checked"),
    "tenure12": ("a customer for 12 months", "a customer for less than 12 months"),
    "landlordok": ("the landlord has agreed", "the landlord has not agreed"),
    "flat": ("the customer lives in a flat", "the customer does not live in a flat"),
}
_FACTS = {  # marked where they are said, in the language of that moment
    "segment": "segment",
    "age": "age",
    "credit": "credit class",
    "copper": "copper at the address",
    "vdsl": "VDSL at the address",
    "gpon": "fibre at the address",
    "xgspon": "XGS-PON at the address",
    "allip": "all-IP area",
    "cov5g": "5G coverage",
    "cov4g": "4G coverage",
    "channel": "channel",
    "role": "role of the seller",
    "arrears": "unpaid balance",
    "vulnerable": "depends on the phone",
    "benefits": "receives benefits",
    "guardian": "has a guarantor",
    "idok": "identity checked",
    "tenure12": "customer for 12 months",
    "landlordok": "landlord has agreed",
    "flat": "lives in a flat",
}
_VALUES = {
    ("segment", "RES"): "Private",
    ("segment", "BUS"): "Business",
    ("segment", "STAFF"): "Staff",
    ("age", "U16"): "under 16",
    ("age", "16-17"): "16 to 17",
    ("age", "18-25"): "18 to 25",
    ("age", "26-64"): "26 to 64",
    ("age", "65+"): "65 and over",
    ("age", "ORG"): "an organisation",
    ("channel", "CALL"): "call centre",
    ("channel", "SELF"): "self-service",
    ("channel", "SHOP"): "shop",
    ("channel", "RESELLER"): "partner",
    ("channel", "M2M"): "partner's system",
}
_KINDS = {
    "requires": "Requires",
    "excludes": "Excludes",
    "cardinality": "Quantity",
    "segment": "Segment",
    "age": "Age",
    "credit": "Credit",
    "fraud": "Fraud",
    "identity": "Identity",
    "arrears": "Unpaid balance",
    "network": "Network",
    "channel": "Channel",
    "eligibility": "Who may have it",
    "authority": "Who may sell it",
}
