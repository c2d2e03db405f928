"""Uploaded papers: what they claim to be, and file names that can do no harm."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.document.papers import LARGEST, file_name, read_paper
from backend.document.routes import disposition
from backend.rest.errors import Invalid, TooLarge
from backend.rest.resource import Document

PDF = b"%PDF-1.4\n%%EOF\n"


def paper(data: bytes = PDF, mime_type: str = "application/pdf", **more: str) -> Document:
    return {"mimeType": mime_type, "content": base64.b64encode(data).decode(), **more}


def test_a_paper_is_read_with_a_name_of_its_own() -> None:
    found = read_paper(paper(name="mandate.pdf"), "Direct debit")
    assert (found.data, found.mime_type, found.file_name) == (PDF, "application/pdf", "mandate.pdf")


def test_a_paper_without_a_name_is_called_as_its_document() -> None:
    assert read_paper(paper(), "Direct debit").file_name == "Direct debit.pdf"


@pytest.mark.parametrize(
    ("attachment", "sentence"),
    [
        (paper(b"<script>", "application/pdf"), "not application/pdf"),
        (paper(PDF, "image/png"), "not image/png"),
        (paper(b"<html>", "text/html"), "Choose one of"),
        ({"content": "JVBERi0="}, "Choose one of"),
        ({"mimeType": "application/pdf", "content": "%%%"}, "base 64"),
        ({"mimeType": "application/pdf"}, "not application/pdf"),
        (paper(url="https://elsewhere.example/x.pdf"), "the paper itself"),
        (paper(href="/x"), "the paper itself"),
    ],
)
def test_what_is_not_a_paper_is_refused(attachment: Document, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_paper(attachment, "A paper")
    assert sentence in refusal.value.message


def test_a_paper_may_be_as_large_as_a_request_allows() -> None:
    assert len(read_paper(paper(PDF.ljust(LARGEST)), "A paper").data) == LARGEST
    with pytest.raises(TooLarge):
        read_paper(paper(PDF.ljust(LARGEST + 1)), "A paper")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd.pdf"),
        ('a"; filename="b.exe', "a filename= b.exe.pdf"),
        ("line\r\nSet-Cookie: x", "line Set-Cookie x.pdf"),
        ("\u202egnp.exe", "gnp.exe.pdf"),
        ("...", "document.pdf"),
        ("Ærøskov.pdf", "Ærøskov.pdf"),
        ("x" * 500, "x" * 100 + ".pdf"),
    ],
)
def test_a_file_name_is_made_harmless(title: str, name: str) -> None:
    assert file_name(title, "application/pdf") == name


@given(st.text(max_size=200))
def test_any_title_makes_one_header_and_a_plain_file_name(title: str) -> None:
    name = file_name(title, "application/pdf")
    assert name.endswith(".pdf")
    assert not name.startswith(".")
    assert name.isprintable()
    assert file_name(name, "application/pdf") == name
    assert re.fullmatch(
        r"inline; filename=\"[^\"\\;/]+\"; filename\*=UTF-8''[\w.%~-]+", disposition(name), re.ASCII
    )
