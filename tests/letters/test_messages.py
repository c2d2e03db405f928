"""E-mails and text messages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import LetterFault, email_of, segments, text_of
from tests.letters.samples import KINDS, sample, template

TEXT = sample("LT04")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if template(kind).email])
def test_every_e_mail_greets_and_is_signed(kind: str) -> None:
    letter = sample(kind)
    email = email_of(letter.template, letter.all_fields(), letter.rows)
    assert email.body.startswith(f"Dear {letter.fields['customer.name']},")
    assert email.body.endswith("Kind regards,\n\nKestrelfjord Telecom\n")
    assert "\u00a0" not in email.subject + email.body


@pytest.mark.parametrize("kind", [kind for kind in KINDS if template(kind).text])
def test_every_text_of_the_resources_fits_one_message(kind: str) -> None:
    letter = sample(kind)
    text = text_of(letter.template, letter.all_fields())
    assert segments(text) == 1
    assert len(text) <= 160


@given(st.text(max_size=80))
def test_no_field_adds_a_header_or_a_line(text: str) -> None:
    letter = sample("LT01")
    fields = {**letter.all_fields(), "order.number": f"KO-1\r\nBcc: all@example.com{text}"}
    email = email_of(letter.template, fields, letter.rows)
    assert len(email.subject.splitlines()) == 1
    assert not any("Bcc" in line and line.startswith("Bcc") for line in email.body.splitlines())


def test_signs_that_would_make_a_text_dear_become_plain_ones() -> None:
    text = text_of(TEXT.template, {**TEXT.all_fields(), "service.name": "Duo – “−5”…"})
    assert 'Duo - "-5"...' in text
    assert segments(text) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ř" * 70, 1),
        ("ř" * 71, 2),
        ("\U0001f600" * 36, 2),
    ],
)
def test_messages_are_counted_as_networks_count_them(text: str, count: int) -> None:
    assert segments(text) == count


def test_a_type_without_that_channel_says_so() -> None:
    with pytest.raises(LetterFault, match="not sent by e-mail"):
        email_of(TEXT.template, TEXT.all_fields())
    with pytest.raises(LetterFault, match="not sent as a text"):
        text_of(sample("LT01").template, {})
