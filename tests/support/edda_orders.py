"""Edda's orders, the film of the open one, and what she was sent."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from typing import Any

from letters import render
from letters.pieces import Piece
from letters.template import Body, Paragraph
from tests.letters.samples import sample
from tests.support.tmf_parts import at, facts, money_price

OPEN = "O-93317"
EMAIL = "edda.marrowby@example.com"
PHONE = "07700 900471"

_STEPS: tuple[dict[str, Any], ...] = (
    {
        "name": "Contract summary agreed",
        "who": "by voice, Cosmo Pellwether",
        "done": ("2026-11-17 10:42", "2026-11-17 10:42"),
        "promised": "2026-11-17",
        "told": ["LT02"],
    },
    {
        "name": "Fibre checked again at the address",
        "who": "automatic, XGS-PON free",
        "done": ("2026-11-17 10:42", "2026-11-17 10:42"),
    },
    {
        "name": "Access order accepted",
        "who": "access network, AN-558201",
        "done": ("2026-11-17 10:43", "2026-11-17 10:44"),
        "promised": "2026-11-18",
        "told": ["LT01"],
    },
    {
        "name": "Engineer booked",
        "who": "Tue 24 Nov, 08:00 to 12:00",
        "done": ("2026-11-17 10:44", "2026-11-18 09:05"),
        "promised": "2026-11-19",
        "told": ["LT09"],
    },
    {
        "name": "Engineer visit",
        "who": "field dispatch, Jory Mossbeck",
        "began": "2026-11-18 09:05",
        "promised": {
            "startDateTime": at("2026-11-24 08:00"),
            "endDateTime": at("2026-11-24 12:00"),
        },
        "told": ["LT10"],
        "waitsFor": "engineer",
        "attempts": 1,
    },
    {
        "name": "Fibre terminal linked",
        "who": "engineer, with photo",
        "promised": at("2026-11-24 12:00"),
        "pointOfNoReturn": True,
    },
    {
        "name": "Line test",
        "who": "automatic, 2,300 Mb/s or better",
        "promised": at("2026-11-24 13:00"),
        "told": ["LT04"],
    },
    {"name": "New price starts", "promised": "2026-11-25", "told": ["LT13"]},
    {"name": "Account updated", "who": "tabs change by themselves", "promised": "2026-11-25"},
)


def flow() -> dict[str, Any]:
    """The process flow of the open order, with its steps."""
    return {
        "orderId": OPEN,
        "processFlow": {
            "id": "PF-1",
            "state": "active",
            "processFlowDate": at("2026-11-17 10:42"),
            "processFlowSpecification": "PF11",
            "@type": "ProcessFlow",
        },
        "taskFlows": [_task(number, step) for number, step in enumerate(_STEPS, start=1)],
    }


def _task(number: int, step: dict[str, Any]) -> dict[str, Any]:
    names = ("who", "promised", "told", "waitsFor", "attempts", "pointOfNoReturn")
    task: dict[str, Any] = {
        "id": f"T-{number}",
        "state": "new",
        "taskFlowSpecification": f"step{number}",
        "characteristic": facts(
            name=step["name"], **{name: step[name] for name in names if name in step}
        ),
        "@type": "TaskFlow",
    }
    if "done" in step:
        began, ended = step["done"]
        return {**task, "state": "completed", "startDate": at(began), "completionDate": at(ended)}
    if "began" in step:
        return {**task, "state": "active", "startDate": at(step["began"])}
    return task


def orders() -> list[dict[str, Any]]:
    """Newest first."""
    change = [
        _item("1", "delete", "F02", "Glimt 500", "35.00"),
        _item("2", "add", "F04", "Glimt 2500 (XGS-PON)", "65.00"),
        _item("3", "add", "F13", "Engineer installation visit", "60.00", "oneTime"),
    ]
    first = [
        _item("1", "add", "F02", "Glimt 500", "35.00"),
        _item("2", "add", "T02", "Lanternview Plus (72 channels)", "18.00"),
        _item("3", "add", "M03", "Skarv 100 (100 GB, 5G)", "19.00"),
    ]
    return [
        _order(OPEN, "KO-0093317-4", "inProgress", "2026-11-17 10:41", "", change),
        _order(
            "O-91022", "KO-0091022-8", "completed", "2026-10-06 11:20", "2026-10-13 09:00",
            [_item("1", "add", "M14", "World roaming pass", "12.00")],
        ),
        _order(
            "O-84410", "KO-0084410-3", "completed", "2026-06-02 14:12", "2026-06-02 14:13",
            [_item("1", "add", "M05", "Skarv Flock (extra family line, 15 GB)", "7.00")],
        ),
        _order(
            "O-79935", "KO-0079935-1", "completed", "2026-03-13 17:40", "2026-03-14 10:02",
            [_item("1", "add", "M19", "Ormsund A2 handset on credit (24 m)", "9.00")],
        ),
        _order(
            "O-79902", "KO-0079902-6", "completed", "2026-03-09 10:05", "2026-03-12 16:30", first
        ),
        _order(
            "O-88127", "KO-0088127-5", "completed", "2026-08-29 12:00", "2026-08-31 00:00",
            [_item("1", "delete", "C01", "Touchline Sports", "20.00")],
        ),
    ]  # fmt: skip


def _item(
    number: str, action: str, code: str, name: str, price: str, kind: str = "recurring"
) -> dict[str, Any]:
    return {
        "id": number,
        "action": action,
        "quantity": 1,
        "state": "inProgress",
        "productOffering": {"id": code, "name": name},
        "product": {"id": f"P-{code}", "name": name},
        "itemPrice": [money_price(name, price, kind)],
    }


def _order(
    identity: str, number: str, state: str, ordered: str, done: str, items: list[dict[str, Any]]
) -> dict[str, Any]:
    order = {
        "id": identity,
        "orderNumber": number,
        "state": state,
        "orderDate": at(ordered),
        "channel": [{"id": "call", "name": "Cosmo Pellwether"}],
        "productOrderItem": [
            {**item, "state": state if state == "completed" else "inProgress"} for item in items
        ],
        "relatedParty": [{"id": "KF-0041873-6", "role": "customer"}],
        "@type": "ProductOrder",
    }
    return {**order, "completionDate": at(done)} if done else order


_LETTERS = (
    ("D-9", "LT09", "Engineer appointment", "2026-11-18 09:05", "KL-0301177-9", OPEN),
    ("D-1", "LT01", "Order confirmation", "2026-11-17 10:44", "KL-0301102-4", OPEN),
    ("D-2", "LT02", "Contract summary", "2026-11-17 10:42", "KL-0301101-6", OPEN),
    ("D-13", "LT13", "Change confirmed", "2026-10-13 00:05", "KL-0288810-3", "O-91022"),
    ("D-4", "LT04", "Service active", "2026-03-14 10:30", "KL-0214502-7", "O-79935"),
    ("D-3", "LT03", "Welcome", "2026-03-13 08:00", "KL-0214409-1", "O-79902"),
)


@cache
def letter_bytes(kind: str) -> bytes:
    """The bytes of one of her letters."""
    letter = sample(kind)
    if letter.template.letter is None:  # what is only a text is kept as a page of its words
        page = Body((Piece(letter.template.name),), (Paragraph(letter.template.text or ()),))
        letter = replace(letter, template=replace(letter.template, letter=page))
    return render(letter)


def documents() -> list[dict[str, Any]]:
    return [_document(*row) for row in _LETTERS]


def _document(
    identity: str, kind: str, name: str, made: str, number: str, order: str
) -> dict[str, Any]:
    content = letter_bytes(kind)
    digest = hashlib.sha256(content).hexdigest()
    return {
        "id": identity,
        "name": name,
        "documentType": kind,
        "version": "7",
        "creationDate": at(made),
        "relatedEntity": {
            "id": order,
            "name": "KO-0093317-4",
            "role": "order",
            "@referredType": "ProductOrder",
        },
        "relatedParty": [{"id": "KF-0041873-6", "role": "customer"}],
        "binaryAttachment": [
            {
                "id": digest,
                "name": f"{number}.pdf",
                "mimeType": "application/pdf",
                "url": f"/desk-api/v1/document/{identity}/content",
            }
        ],
        "characteristic": facts(
            letterNumber=number,
            pages=1,
            language="en",
            keptUntil="2032-11-18",
            sha256=digest,
            sentBy="the flow",
        ),
        "@type": "Document",
    }


def messages() -> list[dict[str, Any]]:
    """Newest first."""
    return [
        _message("M-1", "SMS", "completed", "2026-11-18 09:05", "D-9"),
        _message("M-2", "Email", "failed", "2026-11-18 09:05", "D-9", "no such mailbox"),
        _message("M-3", "Email", "completed", "2026-11-17 10:44", "D-1"),
        _message("M-4", "Email", "completed", "2026-11-17 10:42", "D-2"),
        _message("M-5", "Email", "completed", "2026-10-13 00:05", "D-13"),
        _message("M-6", "SMS", "completed", "2026-03-14 10:30", "D-4"),
        _message("M-7", "Letter", "completed", "2026-03-13 08:00", "D-3"),
    ]


def _message(
    identity: str, kind: str, state: str, moment: str, document: str, failure: str = ""
) -> dict[str, Any]:
    address = {"SMS": {"phoneNumber": PHONE}, "Email": {"email": EMAIL}}.get(kind, {})
    name, number = next((row[2], row[4]) for row in _LETTERS if row[0] == document)
    known = {"customerId": "KF-0041873-6", "documentId": document, "letterNumber": number}
    if failure:
        known["failureReason"] = failure
    return {
        "id": identity,
        "messageType": kind,
        "state": state,
        "subject": "" if kind == "SMS" else name,
        "content": "Kestrelfjord Telecom: your engineer comes on Tuesday 24 November.",
        "sendTime": at(moment),
        "sendTimeComplete": at(moment),
        "tryTimes": 1,
        "receiver": [{"name": "Edda Marrowby", **address}],
        "attachment": [] if kind == "SMS" else [{"id": document, "mimeType": "application/pdf"}],
        "characteristic": facts(**known),
        "@type": "CommunicationMessage",
    }
