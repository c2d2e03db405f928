"""What is decided about notices: which channels carry one, and that it is given once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from backend import identifiers
from backend.communication.carriers import Kind
from backend.communication.rules import Message, Messages
from backend.document import rules as document
from backend.document.papers import Paper
from backend.notices import records
from backend.notices.facts import fields_of, rows_of
from backend.notices.reader import Reader, reader
from backend.notices.stationery import Stationery
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document
from letters import (
    FieldValue,
    Letter,
    LetterFault,
    Recipient,
    Row,
    Template,
    email_of,
    render,
    text_of,
)
from letters.layout import lay_out
from letters.pieces import Piece
from letters.template import Body, Paragraph


@dataclass(frozen=True, slots=True)
class Notices:
    """Writes, archives and sends; process flows and people's commands call it.

    Everything joins the caller's transaction: no letter without its step, and no step
    without its letter. `key` names the notice (a flow's step, a command): asked again with
    the same key, nothing is written and the first result is given again.
    """

    messages: Messages
    stationery: Stationery

    def letter(
        self,
        context: Context,
        letter_id: str,
        customer_id: str,
        *,
        key: str,
        order: Document | None = None,
        fields: Mapping[str, FieldValue] | None = None,
        rows: Mapping[str, Sequence[Row]] | None = None,
    ) -> str:
        """The id of the archived document (TMF667) of this letter, such as LT01.

        Names, prices and dates come from the customer and the order; `fields` and `rows`
        add what only the caller knows and win over them. Refused when the letter lacks
        something, or there is no such letter; NotFound when there is no such customer.
        """

        def write() -> str:
            to = reader(context, customer_id)
            template = self.stationery.template(letter_id, to.languages)
            letter = self._letter(context, template, to, order)
            letter = replace(
                letter,
                fields={**letter.fields, **(fields or {})},
                rows={
                    **letter.rows,
                    **{name: tuple(given) for name, given in (rows or {}).items()},
                },
            )
            with_letter = _archive(context, letter, order)
            for message in _messages(letter, to, with_letter, order):
                self.messages.queue(context, message)
            return str(with_letter["id"])

        return _once(context, key, write)

    def email(
        self,
        context: Context,
        customer_id: str,
        *,
        key: str,
        subject: str,
        content: str,
        to: tuple[str, str] | None = None,
        attachments: Sequence[str] = (),
        order: Document | None = None,
    ) -> str:
        """The id of the message (TMF681): an e-mail to the customer, or `to` (name, address).

        `attachments` are ids of documents, or letters of the order by their type (LT01).
        Refused when the customer has no e-mail address or a letter is not written yet.
        """

        def write() -> str:
            owner = reader(context, customer_id)
            name, address = to or (owner.name, owner.email)
            message = Message(
                kind=Kind.EMAIL,
                to=name,
                address=address,
                subject=subject,
                content=content,
                customer_id=customer_id,
                attachments=tuple(_document(context, one, order) for one in attachments),
                facts=_about(order),
                to_customer=to is None,
            )
            return str(self.messages.queue(context, message)["id"])

        return _once(context, key, write)

    def text(
        self,
        context: Context,
        customer_id: str,
        *,
        key: str,
        content: str,
        number: str | None = None,
        order: Document | None = None,
    ) -> str:
        """The id of the message: a text to the customer's mobile, or to `number`.

        Refused when the customer has no mobile number.
        """

        def write() -> str:
            owner = reader(context, customer_id)
            message = Message(
                kind=Kind.TEXT,
                to=owner.name,
                address=number or owner.mobile,
                content=content,
                customer_id=customer_id,
                facts=_about(order),
            )
            return str(self.messages.queue(context, message)["id"])

        return _once(context, key, write)

    def _letter(
        self, context: Context, template: Template, to: Reader, order: Document | None
    ) -> Letter:
        today = context.now.date()
        return Letter(
            template=template,
            brand=self.stationery.brand(to.reseller),
            recipient=Recipient(to.name, to.address),
            date=today,
            number=identifiers.next_number(context.connection, identifiers.Kind.LETTER),
            customer_number=to.customer_id,
            fields=fields_of(to, order, today),
            rows=rows_of(to, order),
            large_print=to.large_print,
        )


def channels(template: Template, to: Reader) -> tuple[Kind, ...]:
    """How a letter travels: written once, by e-mail unless it must or should be paper.

    A text goes out beside it where the letter has one. Refused when nothing can reach
    the customer.
    """
    chosen = []
    if template.email is not None and to.email and not (to.on_paper and template.letter):
        chosen.append(Kind.EMAIL)
    elif template.letter is not None and to.address:
        chosen.append(Kind.LETTER)
    if template.text is not None and to.mobile:
        chosen.append(Kind.TEXT)
    if not chosen:
        raise Refused(
            f"{template.id} can not reach this customer.",
            "Give the customer an e-mail address, a mobile number or a postal address.",
            code="noAddress",
        )
    return tuple(chosen)


def _once(context: Context, key: str, write: Callable[[], str]) -> str:
    """Do it, or give what was made for this key; what fails leaves nothing behind."""
    with context.connection.begin_nested():
        given = records.claim(context.connection, key, context.now)
        if given is not None:
            return given
        try:
            result = write()
        except LetterFault as fault:
            raise Refused(str(fault), code="letterIncomplete") from fault
        records.keep(context.connection, key, result)
        return result


def _archive(context: Context, letter: Letter, order: Document | None) -> Document:
    """The letter as it looks on paper, kept for good; a text is shown as a page of its own."""
    template, shown = letter.template, letter
    if template.letter is None:
        shown = replace(letter, template=_as_page(template))
    paper = Paper(render(shown), document.PDF, f"{template.id} {letter.number}")
    filing = document.Filing(
        name=template.name,
        document_type=template.id,
        paper=paper,
        customer_id=letter.customer_number,
        kept_until=years_later(letter.date, template.archive_years),
        version=str(template.version),
        about=_order_reference(order),
        facts={
            "letterNumber": letter.number,
            "pages": len(lay_out(shown).pages),
            "language": template.words.language,
            "sentBy": context.caller.name,
        },
    )
    return document.archive(context, filing)


def _as_page(template: Template) -> Template:
    if template.email is not None:
        return replace(template, letter=template.email)
    page = Body((Piece(template.name),), (Paragraph(template.text or ()),))
    return replace(template, letter=page)


def _messages(
    letter: Letter, to: Reader, archived: Document, order: Document | None
) -> list[Message]:
    template, fields = letter.template, letter.all_fields()
    facts = {**_about(order), "documentId": archived["id"], "letterNumber": letter.number}
    found = []
    for kind in channels(template, to):
        subject, content = template.name, template.name
        attachments: tuple[str, ...] = (archived["id"],)
        if kind is Kind.EMAIL:
            mail = email_of(template, fields, letter.rows)
            subject, content = mail.subject, mail.body
        elif kind is Kind.TEXT:
            subject, content, attachments = "", text_of(template, fields), ()
        address = {Kind.EMAIL: to.email, Kind.TEXT: to.mobile}.get(kind, "")
        found.append(
            Message(
                kind=kind,
                to=to.name,
                address=address,
                subject=subject,
                content=content,
                customer_id=to.customer_id,
                attachments=attachments,
                facts=facts,
            )
        )
    return found


def _document(context: Context, attachment: str, order: Document | None) -> str:
    """The id of a document, also for the type of a letter that the order has got."""
    if document.LETTER.fullmatch(attachment) is None:
        return attachment
    written = document.of_order(context, order["id"]) if order is not None else []
    for one in written:
        if one["documentType"] == attachment:
            return str(one["id"])
    raise Refused(f"The order has no letter {attachment} yet.", code="noSuchLetter")


def _order_reference(order: Document | None) -> Document | None:
    if order is None:
        return None
    return {
        "id": order["id"],
        "href": order["href"],
        "name": order.get("orderNumber") or order["id"],
        "role": "order",
        "@type": "RelatedEntity",
        "@referredType": "ProductOrder",
    }


def _about(order: Document | None) -> dict[str, str]:
    return {} if order is None else {"orderId": order["id"]}


def years_later(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
