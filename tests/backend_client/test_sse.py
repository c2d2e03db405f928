"""Event streams, cut anywhere."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend_client.sse import LONGEST, Message, Parser, TooLong

STREAM = (
    "\ufeff: welcome\n\nid: 7\nevent: change\ndata: one\ndata:two\n\n"
    ": beat\r\n\r\ndata\r\rid\ndata: ø\n\nretry: 2500\nid: 9\n\ndata: not ended\n"
).encode()
MESSAGES = [
    Message("change", "one\ntwo", "7"),
    Message("message", "", "7"),
    Message("message", "ø", ""),
]


def test_messages_are_read_as_the_standard_says() -> None:
    parser = Parser()
    assert list(parser.feed(STREAM)) == MESSAGES
    assert (parser.last_id, parser.retry_seconds) == ("9", 2.5)


@given(st.lists(st.integers(0, len(STREAM)), max_size=12))
def test_where_the_stream_is_cut_does_not_matter(cuts: list[int]) -> None:
    parser = Parser()
    places = [0, *sorted(cuts), len(STREAM)]
    chunks = [STREAM[a:b] for a, b in pairwise(places)]
    assert [message for chunk in chunks for message in parser.feed(chunk)] == MESSAGES


@given(st.lists(st.binary(max_size=30), max_size=6))
def test_no_bytes_break_it(chunks: list[bytes]) -> None:
    parser = Parser("1")
    for chunk in chunks:
        for message in parser.feed(chunk):
            assert isinstance(message.data, str)


def test_an_id_with_a_null_and_a_retry_that_is_no_number_are_passed_over() -> None:
    parser = Parser("1")
    assert list(parser.feed(b"id: a\0b\nretry: soon\ndata: x\n\n")) == [
        Message("message", "x", "1")
    ]
    assert parser.retry_seconds is None


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_a_message_without_end_is_refused(end: bytes) -> None:
    """One line that never ends, or lines of one message that never end."""
    parser = Parser()
    with pytest.raises(TooLong):
        for _ in range(20):
            list(parser.feed(b"data: " + b"x" * (LONGEST // 8) + end))
