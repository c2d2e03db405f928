"""What is asked of a product is asked beside everything else that changes."""

from __future__ import annotations

from app.wizard.change_edits import end_products, move_product
from app.wizard.choices import document_of, for_anybody, question_of
from tests.app.wizard.stories import edda, eddas_choices


def test_the_server_is_told_what_ends_and_what_becomes_something_else() -> None:
    draft = end_products(["kids-1"])(move_product("line-1", "M04")(edda()))
    asked = document_of(question_of(draft))
    assert (asked["ends"], asked["moves"]) == (["kids-1"], {"line-1": "M04"})


def test_a_server_that_knows_no_changes_is_not_asked_for_any() -> None:
    assert not {"ends", "moves"} & set(document_of(question_of(edda())))


def test_what_one_customer_has_is_never_kept_for_another() -> None:
    kept = for_anybody(eddas_choices())
    assert kept.installed == ()
    assert kept.offers == eddas_choices().offers
