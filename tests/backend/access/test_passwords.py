"""Passwords are kept as Argon2id, and checking tells nothing but yes or no."""

from __future__ import annotations

from backend.access.passwords import Passwords

PASSWORDS = Passwords()


def test_a_password_matches_itself_and_nothing_else() -> None:
    stored = PASSWORDS.hash("Skarv & Ærø 12")
    assert PASSWORDS.matches(stored, "Skarv & Ærø 12")
    assert not PASSWORDS.matches(stored, "skarv & Ærø 12")


def test_it_is_kept_as_argon2id_with_a_salt_of_its_own() -> None:
    first, second = PASSWORDS.hash("same"), PASSWORDS.hash("same")
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second


def test_nobody_has_no_password_not_even_the_one_that_stands_in() -> None:
    assert not PASSWORDS.matches(None, "nobody")


def test_a_damaged_hash_matches_nothing() -> None:
    assert not PASSWORDS.matches("$argon2id$broken", "anything")


def test_a_password_of_a_megabyte_is_refused() -> None:
    endless = "x" * 1_000_000
    assert not PASSWORDS.matches(PASSWORDS.hash(endless), endless)
