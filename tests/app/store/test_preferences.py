"""What a user chose is kept beside the drafts."""

from __future__ import annotations

from app.store.store import Store


def test_a_preference_is_what_was_last_put(store: Store) -> None:
    assert store.preferences.get("density", "comfortable") == "comfortable"
    store.preferences.put("density", "compact")
    store.preferences.put("columns", {"orders": [1, 2]})
    store.preferences.put("density", "dense")
    assert store.preferences.get("density") == "dense"
    assert store.preferences.get("columns") == {"orders": [1, 2]}
