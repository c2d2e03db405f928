"""What is decided about notices: which channels carry one, and that it is given once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from backend import identifiers
from backend.communication.carriers import Kind
from backend.communication.rules import Message, Messages
from backend.notices import records
from backend.notices.facts import fields_of, rows_of
from backend.notices.posting import about, archive, document_of, messages_of
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
)


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
        mobile: str | None = None,
    ) -> str:
        """The id of the archived document (TMF667) of this letter, such as LT01.

        Names, prices and dates come from the customer and the order; `fields` and `rows`
        add what only the caller knows and win over them. Texts go to `mobile` where it is given,
        not to the customer's own number. Refused when the letter lacks
        something, or there is no such letter; NotFound when there is no such customer.
        """

        def write() -> str:
            to = reader(context, customer_id)
            to = to if mobile is None else replace(to, mobile=mobile)
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
            with_letter = archive(context, letter, order)
            for message in messages_of(letter, to, with_letter, order):
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
                attachments=tuple(document_of(context, one, order) for one in attachments),
                facts=about(order),
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
                facts=about(order),
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
