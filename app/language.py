"""Texts for people in their language: `tr()` marks and translates them."""

from __future__ import annotations

import gettext
from contextvars import ContextVar

# The one thing every sentence needs; a context variable, so that tests and letters may differ.
_current: ContextVar[gettext.NullTranslations] = ContextVar(
    "translations",
    default=gettext.NullTranslations(),  # noqa: B039  # never changed, only replaced
)


def use(translations: gettext.NullTranslations) -> None:
    """Speak this language from now on."""
    _current.set(translations)


def tr(text: str, **values: object) -> str:
    """Translate `text`, then fill its `{places}` with the values."""
    translated = _current.get().gettext(text)
    return translated.format(**values) if values else translated


def trn(one: str, many: str, count: int, **values: object) -> str:
    """Translate a text with a number in it; `{count}` is filled too."""
    return _current.get().ngettext(one, many, count).format(count=count, **values)
