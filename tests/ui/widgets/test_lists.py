"""Film, offers, steps: keys, ids, and words for those who listen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, press, press_in_window
from ui.theme.theme import Theme
from ui.widgets.offer_delegate import Offer, Refused, Section
from ui.widgets.offer_list import OfferList
from ui.widgets.step_film import NoReturn, Step, StepFilm
from ui.widgets.step_list import StepList, WizardStep

STEPS = (
    Step("1", "done", "Contract summary agreed", "by voice", "17 Nov 10:42"),
    Step("2", "current", "Engineer visit", "field dispatch", "Tue 24 Nov"),
    NoReturn("No way back after this line", "Until then: cancel free of charge"),
    Step("3", "open", "Fibre linked", when="24 Nov", told="LT04", told_note=", text"),
)
OFFERS = (
    Section("s", "TV package, one at most", hint="choose one to go on"),
    Offer("T01", "Lanternview Basic", "38 channels", "1 month", "£10.00"),
    Offer("B03", "Lantern Mini", price="£5.00", mark="quantity", quantity=1, most=2),
    Refused("F04", "Glimt 2500", "Needs XGS-PON.", "Register interest"),
    Refused("X01", "Copperleaf", "Copper is being withdrawn."),
)
WIZARD = (
    WizardStep("customer", "Customer", "Jorun Netherfold", "done"),
    WizardStep("service", "Service", "choose a box", "warn", needs_work=True),
)


def test_the_film_starts_at_the_step_of_now_and_skips_the_line(theme: Theme, show: Show) -> None:
    film = StepFilm(theme, "Film")
    show(film)
    film.set_steps(STEPS)
    assert film.film.current_id() == "2"
    press(film.film, Qt.Key.Key_Down)
    assert film.film.current_id() == "3"


def test_the_film_hands_letters_on_with_the_step(theme: Theme, show: Show, qtbot: QtBot) -> None:
    film = StepFilm(theme, "Film")
    show(film)
    film.set_steps(STEPS)
    with qtbot.waitSignal(film.film.keyed) as told:
        press(film.film, "c")
    assert told.args == ["C", "2"]


def test_names_states_and_times_reach_assistive_technology(theme: Theme) -> None:
    film = StepFilm(theme, "Film")
    film.set_steps(STEPS)
    model = film.film.records
    said = [model.data(model.index(at), Qt.ItemDataRole.AccessibleTextRole) for at in range(4)]
    assert said[0] == "Contract summary agreed, done, by voice, 17 Nov 10:42"
    assert said[1] == "Engineer visit, now, field dispatch, Tue 24 Nov"
    assert said[2] == "No way back after this line. Until then: cancel free of charge"


def test_rows_are_40_and_the_line_of_no_return_32(theme: Theme) -> None:
    film = StepFilm(theme, "Film")
    film.set_steps(STEPS)
    assert film.film.whole_height() == 3 * 40 + 32


def test_a_step_that_moves_on_changes_in_place(theme: Theme, show: Show) -> None:
    film = StepFilm(theme, "Film")
    show(film)
    film.set_steps(STEPS)
    film.film.choose("3")
    film.set_steps((STEPS[0], Step("2", "done", "Engineer visit"), STEPS[2], STEPS[3]))
    assert film.film.current_id() == "3"


def offers(theme: Theme, show: Show) -> OfferList:
    made = OfferList(theme, "Offers")
    show(made, height=500)
    made.set_offers(OFFERS)
    made.choose("T01")
    return made


def test_space_chooses_and_w_asks_why(theme: Theme, show: Show, qtbot: QtBot) -> None:
    made = offers(theme, show)
    with qtbot.waitSignal(made.chosen) as told:
        press(made, Qt.Key.Key_Space)
    assert told.args == ["T01"]
    with qtbot.waitSignal(made.why_asked) as told:
        press(made, "w")
    assert told.args == ["T01"]


def test_plus_and_minus_count_within_bounds(theme: Theme, show: Show) -> None:
    made = offers(theme, show)
    told: list[tuple[str, int]] = []
    made.quantity_wanted.connect(lambda offer, figure: told.append((offer, figure)))
    press(made, "+")
    made.choose("B03")
    press(made, "+", "-")
    assert told == [("T01", 1), ("B03", 2), ("B03", 0)]


def test_what_is_not_offered_has_one_action_or_none(theme: Theme, show: Show, qtbot: QtBot) -> None:
    made = offers(theme, show)
    made.choose("F04")
    with qtbot.waitSignal(made.action_asked) as told, qtbot.assertNotEmitted(made.chosen):
        press(made, Qt.Key.Key_Return)
    assert told.args == ["F04"]
    made.choose("X01")
    with qtbot.assertNotEmitted(made.action_asked):
        press(made, Qt.Key.Key_Return)


def test_heads_of_sections_are_never_current(theme: Theme, show: Show) -> None:
    made = offers(theme, show)
    press(made, Qt.Key.Key_Up)
    assert made.current_id() == "T01"


def test_the_pointer_counts_chooses_and_acts(theme: Theme, show: Show) -> None:
    made = offers(theme, show)
    told: list[object] = []
    made.chosen.connect(told.append)
    made.quantity_wanted.connect(lambda offer, figure: told.append((offer, figure)))
    made.action_asked.connect(told.append)
    width = made.viewport().width()
    for at in (
        QPoint(60, 32 + 20),
        QPoint(width - 190, 32 + 48 + 24),
        QPoint(width - 40, 32 + 96 + 20),
    ):
        QTest.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told == ["T01", ("B03", 2), "F04"]


def test_alt_and_a_figure_go_to_a_step_from_anywhere(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    steps = StepList(theme, "Steps")
    window = show(steps)
    steps.set_steps(WIZARD)
    with qtbot.waitSignal(steps.opened) as told:
        press_in_window(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert told.args == ["service"]
    assert steps.current_id() == "service"


def test_home_and_end_go_past_heads(theme: Theme, show: Show) -> None:
    offers = OfferList(theme, "Offers")
    show(offers)
    offers.set_offers(OFFERS)
    press(offers, Qt.Key.Key_End)
    assert offers.current_id() == "X01"
    press(offers, Qt.Key.Key_Home)
    assert offers.current_id() == "T01"
