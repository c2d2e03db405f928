"""The bytes of a letter are the ones that were sent, or are not shown."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.letters.files import LetterFiles, OtherBytes, file_name
from app.letters.records import Letter
from app.store.store import Store, open_store
from backend_client import Client, Unreachable
from backend_client.document import Content, Document
from tests.app.store.people import FakeKeychain
from tests.support import edda, edda_orders
from tests.support.account_views import view_of

VIEW = view_of(edda.account_bytes())
LETTER = VIEW.letters[0]
BYTES = edda_orders.letter_bytes("LT09")


class Server:
    def __init__(self) -> None:
        self.data = BYTES
        self.down = False
        self.asked = 0

    def content(self, document: Document) -> Content:
        if self.down:
            raise Unreachable
        self.asked += 1
        assert document.id == LETTER.document_id
        return Content(self.data, hashlib.sha256(self.data).hexdigest(), "application/pdf")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, "maren", FakeKeychain(), clock=lambda: edda.NOW)
    yield opened
    opened.close()


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def files(server: Server, store: Store) -> LetterFiles:
    client: Any = SimpleNamespace(documents=server)
    return LetterFiles(cast("Client", client), store, lambda: edda.NOW)


def test_the_bytes_are_proven_by_their_hash(files: LetterFiles) -> None:
    file = files.read(VIEW.account, LETTER)
    assert (file.data, file.proven) == (BYTES, True)
    assert file.sha256 == LETTER.sha256


def test_a_letter_read_once_needs_no_server(files: LetterFiles, server: Server) -> None:
    files.read(VIEW.account, LETTER)
    server.down = True
    assert files.read(VIEW.account, LETTER).data == BYTES


def test_other_bytes_are_not_shown_and_not_kept(files: LetterFiles, server: Server) -> None:
    server.data = b"%PDF-1.4 something else"
    with pytest.raises(OtherBytes) as refused:
        files.read(VIEW.account, LETTER)
    assert refused.value.sentence.startswith("This file is not the one that was sent")
    server.data = BYTES
    assert files.read(VIEW.account, LETTER).data == BYTES


def test_a_kept_file_that_has_changed_is_asked_for_anew(
    files: LetterFiles, server: Server, store: Store
) -> None:
    store.cache.put_letter(LETTER.document_id, edda.CUSTOMER, b"%PDF-rotten", edda.NOW)
    assert files.read(VIEW.account, LETTER).data == BYTES
    assert server.asked == 1


def test_a_server_that_tells_no_hash_proves_nothing(files: LetterFiles) -> None:
    file = files.read(VIEW.account, replace(LETTER, sha256=""))
    assert not file.proven


def named(title: str, number: str = "KL-0301177-9") -> str:
    return file_name(replace(LETTER, title=title, number=number))


def test_a_file_is_named_after_its_letter() -> None:
    assert named("LT09 Engineer appointment") == "LT09 Engineer appointment KL-0301177-9.pdf"
    assert named("Ærø/Ørsted: ja?") == "Ærø Ørsted ja KL-0301177-9.pdf"
    assert named("", "") == "Letter.pdf"
    assert named("CON", "") == "_CON.pdf"


@given(title=st.text(max_size=300), number=st.text(max_size=20))
def test_no_title_makes_a_name_that_leaves_its_folder(title: str, number: str) -> None:
    name = file_name(letter_named(title, number))
    assert Path(name).name == name
    assert not name.startswith(".")
    assert len(name) <= 105
    assert not set(name) & set('\\/:*?"<>|\x00\n')


def letter_named(title: str, number: str) -> Letter:
    return replace(LETTER, title=title, number=number)
