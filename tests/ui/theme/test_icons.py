"""Icons are tinted, sharp, and drawn once."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from ui.theme.icons import Icons
from ui.theme.theme import Theme
from ui.widgets.gallery import ICON_ORDER


def test_the_63_icons_of_the_look_are_here_and_all_can_be_drawn(theme: Theme) -> None:
    names = theme.icons.names()
    assert len(names) == 63
    assert sorted(ICON_ORDER) == names
    for name in [*names, "mark"]:
        image = theme.pixmap(name, "ink", 20).toImage()
        colors = {image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)}
        assert len(colors) > 1, name


def test_an_icon_has_the_colour_asked_for_and_nothing_else(theme: Theme) -> None:
    image = theme.pixmap("plus", "bad", 16).toImage()
    solid = {
        image.pixelColor(x, y).name().upper()
        for x in range(16)
        for y in range(16)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid <= {theme.tokens.color["light"]["bad"]}


@pytest.mark.usefixtures("qapp")
def test_a_sharp_screen_gets_more_pixels_for_the_same_size() -> None:
    pixmap = Icons().pixmap("home", QColor("black"), 16, 2.0)
    assert (pixmap.width(), pixmap.deviceIndependentSize().width()) == (32, 16)


def test_an_icon_is_drawn_once(theme: Theme) -> None:
    first = theme.pixmap("home", "ink", 16)
    assert theme.pixmap("home", "ink", 16).cacheKey() == first.cacheKey()


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        Icons().pixmap("unicorn", QColor("black"), 16)
