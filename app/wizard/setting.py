"""One field of a unit's form: what is asked, what may be set, what is wrong with what is set."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from app.language import tr
from app.texts import full_day
from app.wizard.choices import Characteristic, Choices
from app.wizard.fields import read_date
from backend_client.choices import FormField

TRUE, FALSE = "true", "false"
SEVERAL = "several-of"
DATE = "date"
NUMBERS = frozenset({"integer", "decimal"})


@dataclass(frozen=True, slots=True)
class Setting:
    """One field of a unit's form. `differs` says how most of its fellows have it.

    `closed` are values that no valid form can hold now, `reason` says why; `problem` is what the
    server found wrong with the value that stands there.
    """

    name: str
    label: str
    type: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    help: str = ""
    pattern: str = ""
    differs: str = ""
    visible: bool = True
    required: bool = False
    closed: frozenset[str] = frozenset()
    reason: str = ""
    problem: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str = ""
    most: int | None = 1

    @property
    def fixed(self) -> bool:
        """Whether there is nothing to choose: all values but one are closed."""
        return bool(self.options) and len(self.closed) >= len(self.options) - 1


def setting_of(
    asked: Characteristic, key: str, given: Mapping[str, str], choices: Choices
) -> Setting:
    """A characteristic of a unit as it stands now; the server's form says what is open."""
    known = form_field(choices, key, asked.name)
    default = (known.default if known else None) or asked.default or ""
    options = _options(asked)
    setting = Setting(
        name=asked.name,
        label=asked.label,
        type=asked.type,
        value=given.get(asked.name, default),
        options=options,
        help=asked.help,
        pattern=asked.pattern or "",
        required=asked.required,
        minimum=asked.minimum,
        maximum=asked.maximum,
        unit=asked.unit or "",
        most=asked.cardinality.max,
    )
    if known is None:
        return setting
    closed = () if known.open is None else (v for v, _ in options if v not in known.open)
    return replace(
        setting,
        visible=known.visible,
        required=known.required,
        closed=frozenset(closed),
        reason=known.reason or "",
        problem=known.problem or "",
    )


def form_field(choices: Choices, key: str, name: str) -> FormField | None:
    """What the server says of one field of a unit; None where it said nothing."""
    return next((each for each in choices.forms.get(key, ()) if each.name == name), None)


def visible_settings(key: str, given: Mapping[str, str], choices: Choices) -> dict[str, str]:
    """What was set and is still asked: a field that went with another is not ordered."""
    gone = {each.name for each in choices.forms.get(key, ()) if not each.visible}
    return {name: value for name, value in given.items() if name not in gone}


def _options(asked: Characteristic) -> tuple[tuple[str, str], ...]:
    if asked.type == "boolean":
        return ((TRUE, tr("on")), (FALSE, tr("off")))
    return tuple((each.value, each.label) for each in asked.values)


def shown_value(setting: Setting, value: str) -> str:
    """A value in words."""
    if setting.type == DATE and (day := read_date(value)):
        return full_day(day)
    labels = dict(setting.options)
    parts = value.split(",") if setting.type == SEVERAL else [value]
    words = ", ".join(labels.get(part, part) for part in parts if part)
    return words or tr("empty")


def limits_of(setting: Setting) -> str:
    """What may be typed, for a number "0 to 500 GB", for a date "1 to 30 days from today"."""
    low, high = setting.minimum, setting.maximum
    if setting.type == DATE:
        return _days_words(low, high)
    if setting.type not in NUMBERS:
        return ""
    unit = f" {setting.unit}" if setting.unit else ""
    if low is not None and high is not None:
        return tr("{low} to {high}{unit}", low=low, high=high, unit=unit)
    if low is not None:
        return tr("{low}{unit} or more", low=low, unit=unit)
    if high is not None:
        return tr("{high}{unit} at most", high=high, unit=unit)
    return setting.unit


def _days_words(low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and high is not None:
        return tr("{low} to {high} days from today", low=low, high=high)
    if low is not None:
        return tr("{low} days from today or later", low=low) if low else tr("today or later")
    if high is not None:
        return tr("{high} days from today at most", high=high)
    return ""


def may_be_day(setting: Setting, day: dt.date, today: dt.date) -> bool:
    """Whether a date may be that day."""
    days = (day - today).days
    low, high = setting.minimum, setting.maximum
    return (low is None or days >= low) and (high is None or days <= high)


def fault_of(setting: Setting, text: str) -> str:
    """What is wrong with a text as far as the desk can tell; empty: nothing."""
    if not text.strip():
        if not setting.required:
            return ""
        return tr("{field} is needed.", field=setting.label)
    if setting.type in NUMBERS:
        return _number_fault(setting, text.strip())
    if setting.pattern and not re.fullmatch(setting.pattern, text):
        return tr("{field} is not written as it should be.", field=setting.label)
    return ""


def _number_fault(setting: Setting, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return tr("This is a number, such as 10.")
    if not number.is_finite():
        return tr("This is a number, such as 10.")
    if setting.type == "integer" and number != number.to_integral_value():
        return tr("This is a whole number, such as 10.")
    low, high = setting.minimum, setting.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        return tr("This may be {limits}.", limits=limits_of(setting))
    return ""
