"""The extensions under /desk-api/v1, each asked for by capability."""

from __future__ import annotations

from typing import Any, TypeVar

from backend_client import choices
from backend_client.calls import Answer, Call, Params, Sender, segment
from backend_client.cancel import Cancel
from backend_client.choices import Choices, Repackage, Targets
from backend_client.decoding import Document, decoded, encoded
from backend_client.desk_records import (
    Account,
    Addresses,
    Created,
    DirectoryPage,
    Hits,
    Numbers,
    PinAnswer,
    Preview,
    Terms,
    Welcome,
)
from backend_client.errors import Rejected, ServerFault
from backend_client.filters import Value, text_of
from backend_client.openers import Interest, Opener
from backend_client.records import Record

_API = "/desk-api/v1"
_ABSENT = frozenset({404, 405, 410, 501})

R = TypeVar("R", bound=Record | choices.Record)


class Desk:
    """Ask `welcome` first: another operator's server has none of these."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def welcome(self, *, cancel: Cancel | None = None) -> Welcome:
        """Operator, ways to sign in and capabilities; needs no token.

        A server without these extensions, whatever it answers here, has no capabilities.
        """
        call = Call(method="GET", path=f"{_API}/", signed=False, cancel=cancel)
        try:
            return decoded(self._sender.send(call), Welcome)
        except Rejected:
            return Welcome()
        except ServerFault as fault:
            if fault.status in _ABSENT or fault.trace.cause in {"not JSON", "unexpected JSON"}:
                return Welcome()
            raise

    def search(self, text: str, *, limit: int = 20, cancel: Cancel | None = None) -> Hits:
        """Customers found by anything that is known of them, best first."""
        return self._get("/search", Hits, cancel, q=text, limit=limit)

    def directory(
        self, after: str = "", *, limit: int = 1000, cancel: Cancel | None = None
    ) -> DirectoryPage:
        """Search rows of all customers this agent may find, to fill the desk's own store."""
        return self._get("/directory", DirectoryPage, cancel, after=after, limit=limit)

    def account(self, customer_id: str, *, cancel: Cancel | None = None) -> Account:
        """Everything an opened account shows."""
        return decoded(self.account_document(customer_id, cancel=cancel), Account)

    def account_document(self, customer_id: str, *, cancel: Cancel | None = None) -> Answer:
        """The same, unread: its `body` is what a cache keeps; see `decoding.read`."""
        path = f"{_API}/account/{segment(customer_id)}"
        call = Call(method="GET", path=path, route=f"{_API}/account/{{id}}", cancel=cancel)
        return self._sender.send(call)

    def choices(self, question: Document, *, cancel: Cancel | None = None) -> Choices:
        """What may be chosen, why not, and what it costs; changes nothing."""
        return self._asked("", question, Choices, cancel)

    def opener(self, question: Document, offer: str, *, cancel: Cancel | None = None) -> Opener:
        """Why this offer may not be chosen, and the smallest change that opens it."""
        return self._asked("/opener", {**question, "offer": offer}, Opener, cancel)

    def targets(
        self, question: Document, product_id: str, *, cancel: Cancel | None = None
    ) -> Targets:
        """What this product of the customer may be moved to."""
        return self._asked("/targets", {**question, "productId": product_id}, Targets, cancel)

    def repackage(self, question: Document, *, cancel: Cancel | None = None) -> Repackage | None:
        """The cheapest lawful package that keeps what is used; None where none is cheaper."""
        answer = self._sender.send(_question("/repackage", question, cancel))
        return None if answer.body.strip() == b"null" else decoded(answer, Repackage)

    def register_interest(
        self,
        *,
        address_id: str,
        offer: str,
        name: str,
        customer_id: str | None = None,
        email: str | None = None,
        telephone: str | None = None,
        cancel: Cancel | None = None,
    ) -> Interest:
        """Note that somebody wants an offer that his address cannot have yet.

        Asked twice for the same person, address and offer it is noted once.
        """
        body = {
            "customerId": customer_id,
            "addressId": address_id,
            "offer": offer,
            "name": name,
            "email": email,
            "telephone": telephone,
        }
        call = Call(
            method="POST",
            path=f"{_API}/interest",
            body=encoded(body),
            keyed=True,
            cancel=cancel,
        )
        return decoded(self._sender.send(call), Interest)

    def numbers(self, *, cancel: Cancel | None = None, **search: Value) -> Numbers:
        """Telephone numbers: type, prefix, grade, how, digits, pool, limit, draft."""
        return self._get("/numbers", Numbers, cancel, **search)

    def addresses(self, text: str, *, cancel: Cancel | None = None) -> Addresses:
        """Addresses that begin like this, with what the network can do there."""
        return self._get("/address", Addresses, cancel, q=text)

    def terms(self, *, cancel: Cancel | None = None) -> Terms:
        """The terms and conditions in force."""
        return self._get("/terms", Terms, cancel)

    def create(
        self, command_id: str, command: Document, *, cancel: Cancel | None = None
    ) -> Created:
        """Customer, account and order at once, never twice under one command id.

        Sent again until it is answered, as far as the retries go; then `may_have_happened` says
        that the same command must be sent again later. Another body under an id that was used is
        Rejected.
        """
        call = Call(
            method="PUT",
            path=f"{_API}/creation/{segment(command_id)}",
            route=f"{_API}/creation/{{id}}",
            body=encoded(command),
            keyed=True,
            cancel=cancel,
        )
        return decoded(self._sender.send(call), Created)

    def preview(self, command: Document, *, cancel: Cancel | None = None) -> Preview:
        """What such a command would bring; refused as the command itself would be."""
        call = Call(
            method="POST",
            path=f"{_API}/preview",
            body=encoded(command),
            keyed=True,  # it leaves nothing behind
            cancel=cancel,
        )
        return decoded(self._sender.send(call), Preview)

    def check_pin(self, customer_id: str, pin: str, *, cancel: Cancel | None = None) -> PinAnswer:
        """Whether this is the customer's PIN. Each call counts as a try and is never repeated."""
        call = Call(
            method="POST",
            path=f"{_API}/customer/{segment(customer_id)}/pin",
            route=f"{_API}/customer/{{id}}/pin",
            body=encoded({"pin": pin}),
            cancel=cancel,
        )
        return decoded(self._sender.send(call), PinAnswer)

    def _asked(self, path: str, question: Document, kind: type[R], cancel: Cancel | None) -> R:
        return decoded(self._sender.send(_question(path, question, cancel)), kind)

    def _get(self, path: str, kind: type[R], cancel: Cancel | None, **asked: Any) -> R:
        params: Params = tuple((name, text_of(value)) for name, value in asked.items())
        call = Call(method="GET", path=f"{_API}{path}", params=params, cancel=cancel)
        return decoded(self._sender.send(call), kind)


def _question(path: str, question: Document, cancel: Cancel | None) -> Call:
    return Call(
        method="POST",
        path=f"{_API}/choices{path}",
        body=encoded(question),
        keyed=True,  # a question asked twice has no second effect
        cancel=cancel,
    )
