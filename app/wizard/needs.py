"""What people ask for, in their own words, and the kinds of offers that meet it."""

from __future__ import annotations

from dataclasses import dataclass

from app.language import tr
from app.wizard.choices import OfferChoice


@dataclass(frozen=True, slots=True)
class Need:
    """A need by its id. `kinds` are (family, kind) pairs; `words` are how people say it."""

    id: str
    title: str
    kinds: frozenset[tuple[str, str]]
    words: tuple[str, ...]

    def met_by(self, offer: OfferChoice) -> bool:
        return (offer.family, offer.kind) in self.kinds


def needs() -> tuple[Need, ...]:
    """Every need, the commonest first."""
    return (
        Need(
            "mobile", tr("A mobile"), _of("Mobile", "line", "sim"), _words(tr("mobile phone sim"))
        ),
        Need(
            "home",
            tr("Internet at home"),
            _of("Internet", "broadband", "cpe", "install") | _of("ADSL", "broadband"),
            _words(tr("internet broadband fibre wifi wi-fi online")),
        ),
        Need(
            "tv",
            tr("Television"),
            _of("TV", "tv") | _of("Set-top box", "stb", "stb-extra"),
            _words(tr("tv television channels box")),
        ),
        Need(
            "watch",
            tr("Sport, films, children"),
            _of("Content", "content"),
            _words(tr("sport football films cinema kids children drama")),
        ),
        Need(
            "phone",
            tr("A telephone at home"),
            _of("Fastnet", "line", "addon") | _of("VoIP", "line", "device"),
            _words(tr("landline telephone home phone")),
        ),
        Need(
            "more",
            tr("Extras and handsets"),
            _of("Mobile", "addon", "device") | _of("Internet", "addon"),
            _words(tr("abroad travel roaming data handset watch extra faster")),
        ),
    )


def _of(family: str, *kinds: str) -> frozenset[tuple[str, str]]:
    return frozenset((family, kind) for kind in kinds)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())
