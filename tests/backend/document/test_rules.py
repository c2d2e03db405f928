"""Documents: what was archived stays as it is, whoever asks."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from backend.database import Database
from backend.document import rules
from backend.document.papers import Paper
from backend.document.rules import Filing
from backend.rest.errors import NotFound
from backend.rest.resource import Context, Document
from tests.support.post import EDDA, RESELLER, START, Post

BYTES = b"%PDF-1.4 the letter"


def filed(
    context: Context, customer_id: str | None, data: bytes = BYTES, **more: object
) -> Document:
    filing = Filing(
        name="Order confirmation",
        document_type="LT01",
        paper=Paper(data, rules.PDF, "LT01 KL-0301177-9"),
        customer_id=customer_id,
        kept_until=START.date(),
        **more,  # type: ignore[arg-type]  # whatever the test wants to say
    )
    return rules.archive(context, filing)


def test_the_bytes_come_back_as_they_went_in(post: Post) -> None:
    edda = post.customer(*EDDA)
    data = bytes(range(256)) * 999
    with post.context() as context:
        made = filed(context, edda, data)
    with post.context() as context:
        found = rules.content(context, made["id"])
    assert (found.data, found.mime_type) == (data, "application/pdf")
    assert found.file_name == "LT01 KL-0301177-9.pdf"
    assert found.sha256 == rules.sha256_of(made)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE document_content SET bytes = 'forged'",
        "UPDATE document_content SET stored = now()",
        "DELETE FROM document_content",
        "TRUNCATE document_content CASCADE",
        "UPDATE document SET sha256 = NULL",
    ],
)
def test_the_database_itself_refuses_every_change(
    post: Post, database: Database, change: str
) -> None:
    edda = post.customer(*EDDA)
    with post.context() as context:
        filed(context, edda)
    with pytest.raises(sa.exc.DBAPIError, match="never changes"), database.begin() as connection:
        connection.execute(sa.text(change))


def test_the_database_refuses_bytes_under_a_false_hash(database: Database) -> None:
    forged = sa.text("INSERT INTO document_content VALUES (:hash, 'forged', now())")
    with pytest.raises(sa.exc.IntegrityError), database.begin() as connection:
        connection.execute(forged, {"hash": "0" * 64})


def test_the_same_bytes_are_kept_once_for_many_documents(post: Post, database: Database) -> None:
    edda = post.customer(*EDDA)
    with post.context() as context:
        first, second = filed(context, edda), filed(context, edda)
    assert first["id"] != second["id"]
    with database.read() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM document_content")) == 1


def test_a_customers_and_an_orders_documents_are_found_newest_first(post: Post) -> None:
    edda, torvald = post.customer(*EDDA), post.customer(*EDDA, name="Torvald Quillfeather")
    about = {"id": "o1", "role": "order", "@referredType": "ProductOrder"}
    with post.context() as context:
        first = filed(context, edda, about=about)
    post.clock.pass_by(post.clock.at.replace(second=1) - post.clock.at)
    with post.context() as context:
        second = filed(context, edda)
        filed(context, torvald)
        assert [one["id"] for one in rules.of_customer(context, edda)] == [
            second["id"],
            first["id"],
        ]
        assert [one["id"] for one in rules.of_order(context, "o1")] == [first["id"]]


def test_a_reseller_finds_its_own_customers_documents_and_nobodys(post: Post) -> None:
    theirs = post.customer(*EDDA, reseller="R1")
    others = post.customer(*EDDA)
    with post.context() as context:
        mine, foreign, terms = (filed(context, one) for one in (theirs, others, None))
    with post.context(RESELLER) as context:
        assert rules.find(context, mine["id"])
        assert rules.content(context, terms["id"]).data == BYTES
        with pytest.raises(NotFound):
            rules.content(context, foreign["id"])
