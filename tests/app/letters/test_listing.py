"""Letters joined with what became of them."""

from __future__ import annotations

from typing import Any

from app.accounts.view import AccountView
from app.letters.listing import matching
from app.letters.names import titled
from tests.support import edda
from tests.support.account_views import edda_with, view_of


def test_letters_are_listed_newest_first_with_their_fate() -> None:
    letters = view_of(edda.account_bytes()).letters
    assert [(each.title, each.note, each.icon) for each in letters] == [
        ("LT09 Engineer appointment", "E-mail returned, text delivered", "letter"),
        ("LT01 Order confirmation", "E-mail delivered", "letter"),
        ("LT02 Contract summary", "E-mail delivered", "letter"),
        ("LT13 Change confirmed", "E-mail delivered", "letter"),
        ("LT04 Service active", "Text delivered", "sms"),
        ("LT03 Welcome", "Letter posted", "print"),
    ]


def test_what_happened_names_address_and_reason() -> None:
    happened = view_of(edda.account_bytes()).letters[0].happened
    assert [(each.fate, each.title, each.note) for each in happened] == [
        ("done", "Text to 07700 900471 delivered", "18 Nov 09:05"),
        ("bad", "E-mail returned: no such mailbox", "18 Nov 09:05 · edda.marrowby@example.com"),
    ]


def test_the_facts_of_a_letter() -> None:
    facts = {fact.label: fact.value for fact in view_of(edda.account_bytes()).letters[0].facts}
    assert facts == {
        "Letter": "KL-0301177-9",
        "Order": "KO-0093317-4",
        "Language": "English, version 7",
        "Pages": "1",
        "Kept until": "18 Nov 2032",
        "Sent by": "the flow",
    }


def test_words_are_found_in_title_number_and_text() -> None:
    letters = view_of(edda.account_bytes()).letters
    assert [each.title for each in matching(letters, "contract")] == ["LT02 Contract summary"]
    assert [each.title for each in matching(letters, "0301177")] == ["LT09 Engineer appointment"]
    assert len(matching(letters, "engineer comes")) == 6
    assert matching(letters, "engineer zebra") == ()
    assert matching(letters, "  ") == letters


def with_message(**changes: Any) -> AccountView:
    message = {**edda.account()["messages"][0], "characteristic": [], "attachment": [], **changes}
    return edda_with(messages=[message], documents=[])


def test_a_message_without_a_file_is_listed_with_its_words() -> None:
    (letter,) = with_message(content="Hello Edda, your new PIN is on its way to you.").letters
    assert letter.title == "Hello Edda, your new PIN is…"
    assert letter.document_id == ""
    assert letter.content.endswith("on its way to you.")


def test_a_message_whose_letter_was_not_sent_along_is_not_lost() -> None:
    (letter,) = edda_with(messages=edda.account()["messages"][:1], documents=[]).letters
    assert letter.note == "Text delivered"


def test_what_is_on_its_way_says_so() -> None:
    words = {"initial": "Text waiting to be sent", "inProgress": "Text on its way"}
    for state, note in words.items():
        (letter,) = with_message(state=state, sendTimeComplete=None).letters
        assert letter.note == note
        assert letter.happened[0].fate == "open"


def test_tries_are_counted() -> None:
    (letter,) = with_message(state="failed", tryTimes=4).letters
    assert letter.happened[0].note == "18 Nov 09:05 · 07700 900471 · 4 tries"


def test_a_paper_that_was_never_sent_is_kept_all_the_same() -> None:
    document = {**edda.account()["documents"][0], "documentType": "passport", "name": "Passport"}
    (letter,) = edda_with(messages=[], documents=[document]).letters
    assert (letter.title, letter.note, letter.happened) == ("Passport", "Kept, not sent", ())


def test_letters_since_the_last_look_are_new() -> None:
    since = edda.NOW.replace(day=17, hour=10, minute=43)
    assert view_of(edda.account_bytes(), seen_until=since).new_letters == 2
    assert view_of(edda.account_bytes()).new_letters == 0


def test_a_letter_nobody_knows_is_called_by_its_id() -> None:
    assert titled("LT99") == "LT99"
    assert titled("LT04") == "LT04 Service active"
