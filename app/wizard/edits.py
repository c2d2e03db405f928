"""Changes of a draft: each takes a draft and gives the next one."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeVar

from msgspec.structs import replace

from app.wizard.draft import Agreement, Draft, Hold, Message
from app.wizard.steps import Step

Edit = Callable[[Draft], Draft]
Way = Literal["voice", "email", "paper"]
After = Literal["account", "more", "home"]
_Value = TypeVar("_Value")


def go_to(step: Step, field: str = "") -> Edit:
    return lambda draft: replace(draft, step=step, field=field)


def set_field(name: str, value: str) -> Edit:
    return lambda draft: replace(draft, fields={**draft.fields, name: value})


def set_address(address_id: str, label: str) -> Edit:
    def edit(draft: Draft) -> Draft:
        return replace(draft, address_id=address_id, fields={**draft.fields, "address": label})

    return edit


def forget_address() -> Edit:
    """The text of the address was changed: what the register says of it counts no more."""
    return lambda draft: replace(draft, address_id=None)


def take_customer(customer_id: str, name: str) -> Edit:
    """The person is a customer already: go on with his account instead of making a twin."""

    def edit(draft: Draft) -> Draft:
        return replace(draft, kind="add", customer_id=customer_id, customer_name=name)

    return edit


def set_only_account(*, only: bool) -> Edit:
    """Create no service; what was picked stays in the draft in case the mind is changed."""
    return lambda draft: replace(draft, only_account=only)


def pick(code: str, quantity: int) -> Edit:
    """Set how many of an offer are wanted; holds and settings of lines taken away are dropped."""

    def edit(draft: Draft) -> Draft:
        picks = {**draft.picks, code: quantity} if quantity > 0 else _without(draft.picks, code)

        def stays(key: str) -> bool:
            offer, _, index = key.partition("#")
            return offer != code or int(index or 0) <= quantity

        return replace(
            draft,
            picks=picks,
            only_account=draft.only_account and quantity <= 0,
            holds={key: hold for key, hold in draft.holds.items() if stays(key)},
            settings={key: values for key, values in draft.settings.items() if stays(key)},
        )

    return edit


def hold_number(line: str, hold: Hold) -> Edit:
    return lambda draft: replace(draft, holds={**draft.holds, line: hold})


def drop_number(line: str) -> Edit:
    return lambda draft: replace(draft, holds=_without(draft.holds, line))


def set_setting(line: str, name: str, value: str) -> Edit:
    def edit(draft: Draft) -> Draft:
        values = {**draft.settings.get(line, {}), name: value}
        return replace(draft, settings={**draft.settings, line: values})

    return edit


def set_for_all(keys: Iterable[str], name: str, value: str) -> Edit:
    """Set the same for several units at once."""

    def edit(draft: Draft) -> Draft:
        changed = {key: {**draft.settings.get(key, {}), name: value} for key in keys}
        return replace(draft, settings={**draft.settings, **changed})

    return edit


def choose_price_list(price_list: str) -> Edit:
    return lambda draft: replace(draft, price_list=price_list)


def waive(warning: str, reason: str | None) -> Edit:
    """Go on in spite of a warning, with the reason; None takes that back."""

    def edit(draft: Draft) -> Draft:
        waived = (
            _without(draft.waived, warning) if reason is None else {**draft.waived, warning: reason}
        )
        return replace(draft, waived=waived)

    return edit


def agree(way: Way, at: dt.datetime | None, *, version: str, fingerprint: str) -> Edit:
    """Note the agreement to the text of this version and hash; `at` None takes it back."""
    agreement = Agreement(way=way, at=at, terms_version=version, terms_hash=fingerprint)
    return lambda draft: replace(draft, agreement=agreement)


def set_messages(messages: tuple[Message, ...]) -> Edit:
    return lambda draft: replace(draft, messages=messages)


def go_afterwards(after: After) -> Edit:
    return lambda draft: replace(draft, after=after)


def send_anew() -> Edit:
    """The server refused the command for good: what is corrected goes out under another id."""
    return lambda draft: replace(draft, command=str(uuid.uuid4()))


def _without(values: Mapping[str, _Value], key: str) -> dict[str, _Value]:
    return {name: value for name, value in values.items() if name != key}
