"""A deed: one thing to be done to a product, as one record that does not change."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Literal

import msgspec
from msgspec.structs import replace

from app.wizard.draft import Agreement, Hold, Record

KIND = "deed"
"""The kind of its draft in the store; drafts of deeds have it before their id, too."""

DeedName = Literal["suspend", "resume", "sim", "number", "owner", "move"]
STAYS, ENDS = "stays", "ends"
"""What becomes of a product that cannot be offered as it is; else the code of another offer."""


class Deed(Record, frozen=True):
    """What is known of the deed. `fields` are what was typed and chosen, by the field's name.

    `taker_…` is the new owner, `address…` where he moves to, `fates` what becomes there of each
    product, by its id.
    """

    id: str
    owner: str
    created: dt.datetime
    name: DeedName
    customer_id: str
    customer_name: str
    product_id: str
    product: str
    number: str = ""
    field: str = ""
    fields: Mapping[str, str] = msgspec.field(default_factory=dict)
    hold: Hold | None = None
    address_id: str = ""
    address: str = ""
    fates: Mapping[str, str] = msgspec.field(default_factory=dict)
    taker_id: str = ""
    taker_name: str = ""
    agreement: Agreement = msgspec.field(default_factory=Agreement)
    taker_agreement: Agreement = msgspec.field(default_factory=Agreement)
    command: str = ""

    @property
    def kind(self) -> str:
        return KIND

    @property
    def title(self) -> str:
        """Whose product it is, for tabs and lists."""
        return self.customer_name

    @property
    def step(self) -> str:
        return self.name

    @property
    def command_id(self) -> str:
        """The id under which it is sent; another one only after a refusal (`send_anew`)."""
        return self.command or self.id.removeprefix(f"{KIND}:")

    def said(self, field: str) -> str:
        """What stands in a field; empty where nothing does."""
        return self.fields.get(field, "")


Edit = Callable[[Deed], Deed]


def new_deed(
    owner: str,
    name: DeedName,
    *,
    now: dt.datetime,
    customer: tuple[str, str],
    product: tuple[str, str, str],
) -> Deed:
    """Begin a deed; `customer` is id and name, `product` id, name and number of its line."""
    product_id, product_name, number = product
    return Deed(
        id=f"{KIND}:{uuid.uuid4()}",
        owner=owner,
        created=now,
        name=name,
        customer_id=customer[0],
        customer_name=customer[1],
        product_id=product_id,
        product=product_name,
        number=number,
        fields=dict(_FIRST.get(name, {})),
    )


_FIRST: Mapping[str, Mapping[str, str]] = {
    "suspend": {"reason": "request"},
    "sim": {"kind": "plastic", "reason": "damaged"},
    "number": {"way": "next"},
}
"""What most callers want stands there already."""


def set_field(name: str, value: str) -> Edit:
    return lambda deed: replace(deed, fields={**deed.fields, name: value})


def turn(name: str, value: str, *, on: bool) -> Edit:
    """Put a value among several of a field, or take it away."""

    def edit(deed: Deed) -> Deed:
        kept = [each for each in several(deed, name) if each != value]
        return set_field(name, ",".join([*kept, value] if on else kept))(deed)

    return edit


def several(deed: Deed, name: str) -> tuple[str, ...]:
    """The values of a field that takes several, in the order they were given."""
    return tuple(each for each in deed.said(name).split(",") if each)


def stand_at(field: str) -> Edit:
    return lambda deed: replace(deed, field=field)


def hold(held: Hold | None) -> Edit:
    return lambda deed: replace(deed, hold=held)


def go_to_address(address_id: str, label: str) -> Edit:
    """Another address: what becomes of the products is asked anew."""
    return lambda deed: replace(deed, address_id=address_id, address=label, fates={})


def set_fate(product_id: str, fate: str) -> Edit:
    return lambda deed: replace(deed, fates={**deed.fates, product_id: fate})


def set_fates(fates: Mapping[str, str]) -> Edit:
    return lambda deed: replace(deed, fates=dict(fates))


def give_to(customer_id: str, name: str) -> Edit:
    """Another taker: his agreement is still to come."""
    agreement = Agreement()
    return lambda deed: replace(
        deed, taker_id=customer_id, taker_name=name, taker_agreement=agreement
    )


def agree(agreement: Agreement, *, taker: bool = False) -> Edit:
    if taker:
        return lambda deed: replace(deed, taker_agreement=agreement)
    return lambda deed: replace(deed, agreement=agreement)


def send_anew() -> Edit:
    """The server refused the command for good: what is corrected goes out under another id."""
    return lambda deed: replace(deed, command=str(uuid.uuid4()))


def from_json(text: bytes) -> Deed:
    """Read a stored deed; what older versions did not know takes its default."""
    return msgspec.json.decode(text, type=Deed)
