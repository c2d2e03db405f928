"""The wizard: any step at any time, nothing lost, nothing stale."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.wizard import edits
from app.wizard.draft import Draft, draft_for, from_json, new_draft, to_json
from app.wizard.steps import ALL_STEPS, Step
from app.wizard.wizard import Wizard
from tests.app.wizard.stories import NOW, choices, hold, jorun


def wizard(draft: Draft, journal: list[Draft] | None = None) -> Wizard:
    kept: list[Draft] = [] if journal is None else journal
    return Wizard(draft, journal=kept.append, clock=lambda: NOW)


def step_of(story: Wizard) -> Step:
    return story.draft.step


def test_every_change_is_journaled_at_once() -> None:
    journal: list[Draft] = []
    story = wizard(new_draft("agent", now=NOW), journal)
    story.apply(edits.set_field("givenName", "Jorun"))
    story.apply(edits.set_field("familyName", "Netherfold"))
    assert [draft.title for draft in journal] == ["Jorun", "Jorun Netherfold"]


def test_typing_the_same_again_changes_nothing() -> None:
    journal: list[Draft] = []
    story = wizard(jorun(), journal)
    story.apply(edits.set_field("givenName", "Jorun"))
    assert journal == []


def test_next_goes_through_all_seven_steps_and_back_returns() -> None:
    story = wizard(edits.pick("M03", 1)(jorun()))
    story.take_choices(choices(), story.question)
    seen = [story.draft.step]
    for _ in range(6):
        story.next()
        seen.append(story.draft.step)
    assert seen == list(ALL_STEPS)
    for _ in range(6):
        story.back()
    assert step_of(story) is Step.CUSTOMER


def knows_the_place(story: Wizard) -> bool:
    return story.knows_the_place


def lags(story: Wizard) -> bool:
    return story.lags


def test_choices_of_another_address_say_nothing_of_this_one() -> None:
    story = wizard(jorun())
    story.take_choices(choices(), story.question)
    assert knows_the_place(story)
    story.apply(edits.set_address("another", "3 Old Lantern Row"))
    assert not knows_the_place(story)
    story.take_choices(choices(), story.question)
    assert knows_the_place(story)


def test_figures_lag_from_a_pick_until_its_answer_but_not_while_a_name_is_typed() -> None:
    story = wizard(jorun())
    assert lags(story)
    story.take_choices(choices(), story.question)
    assert not lags(story)
    story.apply(edits.set_field("givenName", "Joruna"))
    assert not lags(story)
    story.apply(edits.hold_number("M03#1", hold()))
    assert lags(story)
    story.take_choices(choices(), story.question)
    assert not lags(story)


def test_only_an_account_skips_to_billing() -> None:
    story = wizard(edits.go_to(Step.SERVICE)(jorun()))
    story.apply(edits.set_only_account(only=True))
    story.next()
    assert step_of(story) is Step.BILLING
    story.back()
    assert step_of(story) is Step.SERVICE


def test_a_service_without_a_number_skips_the_numbers() -> None:
    story = wizard(edits.go_to(Step.SERVICE)(edits.pick("M13", 1)(jorun())))
    story.take_choices(choices(), story.question)
    story.next()
    assert step_of(story) is Step.BILLING


def test_next_at_the_end_stays_there() -> None:
    story = wizard(edits.go_to(Step.NOTIFICATIONS)(jorun()))
    story.next()
    assert step_of(story) is Step.NOTIFICATIONS


def test_back_and_next_never_lose_what_was_typed() -> None:
    story = wizard(jorun())
    before = story.draft.fields
    for move in (story.next, story.next, story.back, story.back, story.back):
        move()
    assert story.draft.fields == before


def test_undo_takes_back_the_last_change_but_not_the_step() -> None:
    story = wizard(jorun())
    story.apply(edits.pick("M03", 2))
    story.go(Step.NUMBERS)
    assert story.undo()
    assert story.draft.picks == {}
    assert step_of(story) is Step.NUMBERS
    assert not story.undo()


def test_undo_never_forgets_a_hold_the_server_gave() -> None:
    story = wizard(edits.pick("M03", 1)(jorun()))
    story.apply(edits.set_field("pin", "9152"))
    story.apply(edits.hold_number("M03#1", hold()))
    story.undo()
    assert "M03#1" in story.draft.holds


def test_an_answer_to_an_older_question_is_dropped() -> None:
    story = wizard(edits.pick("M03", 1)(jorun()))
    asked = story.question
    story.apply(edits.pick("M03", 2))
    assert not story.take_choices(choices(), asked)
    assert story.choices is None
    assert story.take_choices(choices(lines=2), story.question)


def test_pages_are_told_of_each_change_until_they_leave() -> None:
    told: list[str] = []
    story = wizard(jorun())
    leave = story.on_change(lambda: told.append("x"))
    story.apply(edits.pick("M03", 1))
    leave()
    story.apply(edits.pick("M03", 2))
    assert told == ["x"]


def test_fewer_lines_drop_the_numbers_of_the_lines_taken_away() -> None:
    draft = edits.pick("M03", 2)(jorun())
    draft = edits.hold_number("M03#2", hold("07700900454"))(
        edits.hold_number("M03#1", hold())(draft)
    )
    draft = edits.set_setting("M03#2", "userName", "Jory")(draft)
    fewer = edits.pick("M03", 1)(draft)
    assert set(fewer.holds) == {"M03#1"}
    assert fewer.settings == {}
    assert edits.pick("M03", 0)(fewer).holds == {}


def test_more_services_for_a_customer_begin_at_the_services() -> None:
    draft = draft_for("agent", "KF-0041873-6", "Edda Marrowby", now=NOW)
    assert (draft.step, draft.title) == (Step.SERVICE, "Edda Marrowby")


fields = st.dictionaries(st.sampled_from(["givenName", "email", "pin"]), st.text(max_size=40))


@given(
    fields,
    st.dictionaries(st.sampled_from(["M03", "T02"]), st.integers(1, 9)),
    st.sampled_from(ALL_STEPS),
)
def test_a_stored_draft_comes_back_as_it_was(
    typed: dict[str, str], picks: dict[str, int], step: Step
) -> None:
    draft = edits.go_to(step)(new_draft("agent", now=NOW, fields=typed))
    for code, quantity in picks.items():
        draft = edits.pick(code, quantity)(draft)
    draft = edits.hold_number("M03#1", hold())(draft)
    assert from_json(to_json(draft)) == draft


def test_a_draft_of_an_older_version_opens_with_defaults() -> None:
    old = b'{"id":"d1","owner":"agent","created":"2026-11-01T09:00:00Z","fields":{"pin":"4071"}}'
    draft = from_json(old)
    assert draft.fields["pin"] == "4071"
    assert draft.step is Step.CUSTOMER
