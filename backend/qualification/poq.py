"""TMF679: which offerings a customer may have, answered by the same engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.customer import rules as customer
from backend.qualification import records, schemas
from backend.qualification.facts import Facts, Subject
from backend.qualification.legacy import still_sold
from backend.qualification.openers import closed, sentence
from backend.qualification.records import QUALIFICATION
from backend.qualification.rules import Qualification
from backend.qualification.schemas import ChoicesQuestion
from backend.qualification.shelf import Shelf, known_picks, together
from backend.qualification.swaps import alternatives
from backend.rest.resource import (
    READ_ONLY,
    Api,
    Audience,
    Context,
    Document,
    Operation,
    Resource,
    Rights,
    Rules,
)

API = Api(
    "productOfferingQualification",
    "/tmf-api/productOfferingQualification/v4",
    "ProductOfferingQualification",
)
_STAMP = "productOfferingQualificationDate"
_WAY = "nearestWay"  # until it is known whether reasons are wanted
Installed = Callable[[Context, str], Mapping[str, int]]
"""Gives what a customer has: offers and their quantities."""


def resource(qualification: Qualification, installed: Installed) -> Resource:
    """The resource whose result is worked out as it is created."""

    def qualify(context: Context, document: Document) -> Document:
        return _qualified(context, document, qualification, installed)

    return Resource(
        api=API,
        name="productOfferingQualification",
        tmf_type="ProductOfferingQualification",
        table=QUALIFICATION,
        model=schemas.ProductOfferingQualification,
        promote=lambda document: {
            "state": document["state"],
            "customer_id": _customer_id(document),
        },
        rights=Rights("customer.read", "customer.read", "customer.read", "customer.read"),
        visible=_visible,
        columns={"state": QUALIFICATION.c.state},
        operations=READ_ONLY | {Operation.CREATE},
        server_set=frozenset(
            {
                "state",
                "qualificationResult",
                "productOfferingQualificationDate",
                "effectiveQualificationDate",
                "expirationDate",
            }
        ),
        stamp=_STAMP,
        rules=Rules(before_create=qualify),
        audience=lambda context, document: (
            customer.audience(context, _customer_id(document))
            if _customer_id(document)
            else Audience()
        ),
        examples={
            "create": {
                "provideOnlyAvailable": False,
                "provideUnavailabilityReason": True,
                "instantSyncQualification": True,
                "productOfferingQualificationItem": [
                    {"id": "1", "action": "add", "productOffering": {"id": "M03"}}
                ],
            }
        },
    )


def _qualified(
    context: Context, document: Document, qualification: Qualification, installed: Installed
) -> Document:
    shelf = qualification.shelf(context)
    customer_id = _customer_id(document)
    question = ChoicesQuestion.model_validate(
        {"customerId": customer_id, "addressId": _address_id(document)}
    )
    subject = qualification.subject(context, question)
    held = installed(context, customer_id) if customer_id else {}
    base = still_sold(shelf.engine, subject.facts, shelf.known(held))
    asked = document.get("productOfferingQualificationItem") or []
    wanted = bool(document.get("provideAlternative"))
    items = list(
        _asked_items(shelf, subject, base, asked, alternatives_too=wanted)
        if asked
        else _all_items(shelf, subject.facts, base, (document.get("category") or {}).get("id"))
    )
    open_items = [item for item in items if item["qualificationItemResult"] == "qualified"]
    shown = open_items if document.get("provideOnlyAvailable") else items
    for item in shown:
        way = item.pop(_WAY, None)
        if not document.get("provideUnavailabilityReason"):
            item.pop("eligibilityUnavailabilityReason", None)
        elif way:
            said = {"id": "nearestWay", "author": "server", "date": document[_STAMP], "text": way}
            item["note"] = [*(item.get("note") or ()), said]
    return {
        **document,
        "state": "done",
        "effectiveQualificationDate": document["productOfferingQualificationDate"],
        "qualificationResult": "qualified" if len(open_items) == len(items) else "unqualified",
        "productOfferingQualificationItem": shown,
    }


def _all_items(
    shelf: Shelf, facts: Facts, base: Mapping[str, int], category: str | None
) -> Iterator[Document]:
    """Every offering of the catalogue, or of one category, each as if it alone were added."""
    families = {each.family: each.id for each in shelf.definitions.families}
    answer = shelf.engine.answer(facts, base)
    for code, offer in shelf.definitions.catalogue.offers.items():
        if category is None or families[offer.family] == category:
            item = {"id": code, "action": "add", "productOffering": _offering(shelf, code)}
            offerable = code in answer.offerable
            yield _judged(shelf, facts, base, item, code, offerable=offerable)


def _asked_items(
    shelf: Shelf,
    subject: Subject,
    base: Mapping[str, int],
    asked: list[Document],
    *,
    alternatives_too: bool,
) -> Iterator[Document]:
    """Each item asked about, beside all the others; the nearest way to have what is closed."""
    facts = subject.facts
    codes = [(item.get("productOffering") or {}).get("id", "") for item in asked]
    known_picks(shelf.definitions, dict.fromkeys(codes, 1))
    for position, (item, code) in enumerate(zip(asked, codes, strict=True)):
        others = Counter((*codes[:position], *codes[position + 1 :]))
        picks = together(base, others)
        offerable = code in shelf.engine.answer(facts, picks, (code,)).offerable
        named = {**item, "productOffering": _offering(shelf, code)}
        judged = _judged(shelf, facts, picks, named, code, offerable=offerable)
        if not offerable:
            found = closed(
                shelf, facts, base, picks, others, code, at_an_address=subject.at_an_address
            )
            if found.opener is not None:
                judged[_WAY] = sentence(shelf, found.opener)
            if alternatives_too:
                judged["alternateProductOfferingProposal"] = [
                    {"id": other, "alternateProductOffering": _offering(shelf, other)}
                    for other in alternatives(shelf, facts, picks, code)
                ]
        yield judged


def _judged(
    shelf: Shelf,
    facts: Facts,
    picks: Mapping[str, int],
    item: Document,
    code: str,
    *,
    offerable: bool,
) -> Document:
    judged: Document = {
        **item,
        "@type": "ProductOfferingQualificationItem",
        "state": "done",
        "qualificationItemResult": "qualified" if offerable else "unqualified",
    }
    if not offerable:
        rules = shelf.definitions.catalogue.rules
        judged["eligibilityUnavailabilityReason"] = [
            {"code": rule, "label": rules[rule].text}
            for rule in shelf.engine.reasons(facts, picks, code)
        ]
    return judged


def _offering(shelf: Shelf, code: str) -> Document:
    return {
        "id": code,
        "href": f"/tmf-api/productCatalogManagement/v4/productOffering/{code}",
        "name": shelf.definitions.offer(code).name,
        "@referredType": "ProductOffering",
    }


def _customer_id(document: Document) -> str | None:
    parties = document.get("relatedParty") or []
    customers = (each["id"] for each in parties if each.get("role", "customer") == "customer")
    return next(customers, None)


def _address_id(document: Document) -> str | None:
    places = document.get("place") or []
    return next((each["id"] for each in places if each.get("id")), None)


def _visible(caller: Caller) -> sa.ColumnElement[bool] | None:
    if caller.reseller is None:
        return None
    return records.QUALIFICATION.c.customer_id.in_(customer.of_reseller(caller.reseller))
