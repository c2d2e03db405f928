"""How a written letter is archived, and by which messages it travels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from backend.communication.carriers import Kind
from backend.communication.rules import Message
from backend.document import rules as document
from backend.document.papers import Paper
from backend.notices.reader import Reader
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document
from letters import Email, Letter, Template, drawing, email_of, text_of
from letters.layout import lay_out
from letters.pieces import Piece
from letters.template import Body, Paragraph


def archive(context: Context, letter: Letter, order: Document | None) -> Document:
    """The letter as it looks on paper, kept for good; a text is shown as a page of its own."""
    template, shown = letter.template, letter
    if template.letter is None:
        shown = replace(letter, template=_as_page(template))
    laid = lay_out(shown)
    paper = Paper(drawing.document(laid), document.PDF, f"{template.id} {letter.number}")
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
            "pages": len(laid.pages),
            "language": template.words.language,
            "sentBy": context.caller.name,
        },
    )
    return document.archive(context, filing)


def messages_of(
    letter: Letter, to: Reader, archived: Document, order: Document | None
) -> list[Message]:
    """The messages by which an archived letter travels; Refused when nothing reaches `to`."""
    name = letter.template.name
    facts = {**about(order), "documentId": archived["id"], "letterNumber": letter.number}
    found = []
    for kind in channels(letter.template, to):
        subject, content, address = name, name, ""
        if kind is Kind.EMAIL:
            mail = _mail(letter)
            subject, content, address = mail.subject, mail.body, to.email
        elif kind is Kind.TEXT:
            text = text_of(letter.template, letter.all_fields())
            subject, content, address = "", text, to.mobile
        message = Message(
            kind=kind,
            to=to.name,
            address=address,
            subject=subject,
            content=content,
            customer_id=to.customer_id,
            attachments=() if kind is Kind.TEXT else (archived["id"],),
            facts=facts,
        )
        found.append(message)
    return found


def channels(template: Template, to: Reader) -> tuple[Kind, ...]:
    """How a letter travels: written once, by e-mail unless it must or should be paper.

    A text goes out beside it where the letter has one; what is only a text becomes an e-mail
    or a page for who has no mobile. Refused when nothing can reach the customer.
    """
    paper = template.letter is not None and bool(to.address)
    chosen = []
    if template.email is not None and to.email and not (to.on_paper and paper):
        chosen.append(Kind.EMAIL)
    elif paper:
        chosen.append(Kind.LETTER)
    if template.text is not None and to.mobile:
        chosen.append(Kind.TEXT)
    if not chosen and template.text is not None:
        chosen += [Kind.EMAIL] if to.email else [Kind.LETTER] if to.address else []
    if not chosen:
        raise Refused(
            f"{template.id} can not reach this customer.",
            "Give the customer an e-mail address, a mobile number or a postal address.",
            code="noAddress",
        )
    return tuple(chosen)


def _mail(letter: Letter) -> Email:
    """The e-mail of a letter; of one that is only a text, the text."""
    template, fields = letter.template, letter.all_fields()
    if template.email is None:
        return Email(template.name, text_of(template, fields))
    return email_of(template, fields, letter.rows)


def document_of(context: Context, attachment: str, order: Document | None) -> str:
    """The id of a document, also for the type of a letter that the order has got."""
    if document.LETTER.fullmatch(attachment) is None:
        return attachment
    written = document.of_order(context, order["id"]) if order is not None else []
    for one in written:
        if one["documentType"] == attachment:
            return str(one["id"])
    raise Refused(f"The order has no letter {attachment} yet.", code="noSuchLetter")


def about(order: Document | None) -> dict[str, str]:
    """The characteristics that tie a message to its order."""
    return {} if order is None else {"orderId": order["id"]}


def _as_page(template: Template) -> Template:
    if template.email is not None:
        return replace(template, letter=template.email)
    page = Body((Piece(template.name),), (Paragraph(template.text or ()),))
    return replace(template, letter=page)


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


def years_later(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
