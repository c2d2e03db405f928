"""Joins documents (TMF667) and messages (TMF681): each letter with what became of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from app.accounts.reading import language_name, text_of
from app.accounts.records import Fact, Tone
from app.customers.rows import telephone
from app.language import tr
from app.letters.names import titled
from app.letters.records import Fate, Happening, Letter
from app.texts import full_day, moment
from backend_client.communication import CommunicationMessage
from backend_client.desk_records import Account
from backend_client.document import Document

_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LETTER = re.compile(r"LT\d+")
_FATES: dict[str, Fate] = {"completed": "done", "failed": "bad", "cancelled": "bad"}
_ICON = {"email": "letter", "sms": "sms", "letter": "print"}


def letters_of(account: Account, now: dt.datetime) -> tuple[Letter, ...]:
    """Everything the customer was sent, newest first."""
    sent: dict[str, list[CommunicationMessage]] = {}
    alone: list[CommunicationMessage] = []
    for message in account.messages:
        document_id = document_of(message)
        (sent.setdefault(document_id, []) if document_id else alone).append(message)
    known = {document.id for document in account.documents}
    lost = [message for id_, messages in sent.items() if id_ not in known for message in messages]
    found = [_letter(each, sent.get(each.id, []), now) for each in account.documents]
    found += [_message(each, now) for each in (*alone, *lost)]
    return tuple(sorted(found, key=lambda letter: letter.at, reverse=True))


def document_of(message: CommunicationMessage) -> str:
    """The id of the letter that a message carries; empty for words of its own."""
    told = text_of(message.characteristic, "documentId")
    return told or next((each.id for each in message.attachment if each.id), "")


def matching(letters: Iterable[Letter], words: str) -> tuple[Letter, ...]:
    """The letters in which every one of these words occurs."""
    wanted = words.lower().split()
    return tuple(each for each in letters if all(word in each.words for word in wanted))


def fate(message: CommunicationMessage) -> Fate:
    return _FATES.get(message.state or "", "open")


def way(message: CommunicationMessage) -> str:
    """By e-mail, text or post, in one word."""
    words = {"email": tr("E-mail"), "sms": tr("Text"), "letter": tr("Letter")}
    kind = message.message_type or ""
    return words.get(kind.lower(), kind or tr("Message"))


def outcome(message: CommunicationMessage) -> str:
    """What became of it, in one word."""
    kind = (message.message_type or "").lower()
    done = tr("posted") if kind == "letter" else tr("delivered")
    failed = tr("returned") if kind == "email" else tr("not delivered")
    words = {
        "completed": done,
        "failed": failed,
        "cancelled": tr("cancelled"),
        "inProgress": tr("on its way"),
    }
    return words.get(message.state or "", tr("waiting to be sent"))


def at_of(message: CommunicationMessage) -> dt.datetime:
    """When it ended, else when it was or will be sent."""
    times = (message.send_time_complete, message.send_time, message.scheduled_send_time)
    return next((time for time in times if time is not None), _LONG_AGO)


def _letter(
    document: Document, messages: Sequence[CommunicationMessage], now: dt.datetime
) -> Letter:
    facts = document.characteristic
    kind = document.document_type or ""
    title = titled(kind, document.name or "") if _LETTER.fullmatch(kind) else ""
    at = document.creation_date or max(map(at_of, messages), default=_LONG_AGO)
    number = text_of(facts, "letterNumber")
    words = (title, document.name, number, *_words(messages))
    return Letter(
        id=document.id,
        icon=_icon(messages),
        title=title or document.name or tr("Paper"),
        note=_note(messages) or tr("Kept, not sent"),
        tone=_tone(messages),
        at=at,
        when=moment(at, now=now),
        number=number,
        kind=kind,
        happened=tuple(_happening(each, now) for each in messages),
        facts=_facts(document, number),
        document_id=document.id if document.binary_attachment or document.attachment else "",
        order_id=_order(document),
        sha256=text_of(facts, "sha256"),
        content="\n\n".join(each.content or "" for each in messages[:1]),
        words=" ".join(word for word in words if word).lower(),
    )


def _message(message: CommunicationMessage, now: dt.datetime) -> Letter:
    at = at_of(message)
    words = (message.subject, *_words([message]))
    order_id = text_of(message.characteristic, "orderId")
    sender = text_of(message.characteristic, "sentBy")
    facts = [Fact("sender", tr("Sent by"), sender)] if sender else []
    return Letter(
        id=message.id,
        icon=_icon([message]),
        title=message.subject or _begin(message.content or "") or way(message),
        note=_note([message]),
        tone=_tone([message]),
        at=at,
        when=moment(at, now=now),
        number="",
        kind="",
        happened=(_happening(message, now),),
        facts=tuple(facts),
        order_id=order_id,
        content=message.content or "",
        words=" ".join(word for word in words if word).lower(),
    )


def _begin(content: str) -> str:
    """The first words of a text without a subject."""
    words = content.split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "")  # noqa: PLR2004 - a title's length


def _words(messages: Iterable[CommunicationMessage]) -> tuple[str, ...]:
    return tuple(f"{each.subject or ''} {each.content or ''}" for each in messages)


def _icon(messages: Sequence[CommunicationMessage]) -> str:
    kinds = [(each.message_type or "").lower() for each in messages]
    return next((_ICON[kind] for kind in ("email", "letter", "sms") if kind in kinds), "letter")


def _note(messages: Sequence[CommunicationMessage]) -> str:
    parts = [f"{way(each)} {outcome(each)}" for each in sorted(messages, key=_worst_first)]
    return ", ".join(
        part if at == 0 else part[0].lower() + part[1:] for at, part in enumerate(parts)
    )


def _worst_first(message: CommunicationMessage) -> int:
    return {"bad": 0, "open": 1, "done": 2}[fate(message)]


def _tone(messages: Sequence[CommunicationMessage]) -> Tone:
    return "warn" if any(fate(each) == "bad" for each in messages) else "plain"


def _happening(message: CommunicationMessage, now: dt.datetime) -> Happening:
    to = message.receiver[0] if message.receiver else None
    address = ""
    if to is not None:
        address = to.email or (telephone(to.phone_number) if to.phone_number else "")
    title = tr("{way} {outcome}", way=way(message), outcome=outcome(message))
    if address and fate(message) == "done":
        title = tr("{way} to {address} {outcome}", way=way(message), address=address,
                   outcome=outcome(message))  # fmt: skip
    reason = text_of(message.characteristic, "failureReason")
    if reason:
        title = f"{title}: {reason}"
    note = moment(at_of(message), now=now)
    if address and fate(message) != "done":
        note = f"{note} · {address}"
    tries = message.try_times or 0
    if tries > 1:
        note = f"{note} · {tr('{tries} tries', tries=tries)}"
    return Happening(message.id, fate(message), title, note)


def _facts(document: Document, number: str) -> tuple[Fact, ...]:
    facts = document.characteristic
    order = next((each.name or each.id for each in document.about if _is_order(each.role)), "")
    language = language_name(text_of(facts, "language"))
    if language and document.version:
        language = tr("{language}, version {version}", language=tr(language),
                      version=document.version)  # fmt: skip
    rows = (
        ("number", tr("Letter"), number),
        ("order", tr("Order"), order),
        ("language", tr("Language"), language),
        ("pages", tr("Pages"), text_of(facts, "pages")),
        ("kept", tr("Kept until"), _day(text_of(facts, "keptUntil"))),
        ("sender", tr("Sent by"), text_of(facts, "sentBy")),
    )
    return tuple(Fact(id_, label, value) for id_, label, value in rows if value)


def _day(value: str) -> str:
    try:
        return full_day(dt.date.fromisoformat(value))
    except ValueError:
        return value


def _order(document: Document) -> str:
    return next((each.id for each in document.about if _is_order(each.role)), "")


def _is_order(role: str | None) -> bool:
    return (role or "").lower() in {"order", "productorder"}
