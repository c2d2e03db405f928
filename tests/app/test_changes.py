"""Changes reach everybody who watches, and nobody who has left."""

from __future__ import annotations

from app.changes import Change, Changes, Kind


def test_a_change_reaches_each_watcher_until_it_leaves() -> None:
    changes, first, second = Changes(), list[Change](), list[Change]()
    leave = changes.watch(first.append)
    changes.watch(second.append)
    changes.announce(Kind.ORDER, "KF-1", origin="events")
    leave()
    changes.announce(Kind.CONNECTION)
    assert first == [Change(Kind.ORDER, frozenset({"KF-1"}), "events")]
    assert [change.kind for change in second] == [Kind.ORDER, Kind.CONNECTION]


def test_a_watcher_may_leave_while_it_is_told() -> None:
    changes, told = Changes(), list[str]()

    def once(_change: Change) -> None:
        told.append("once")
        leave()

    leave = changes.watch(once)
    changes.announce(Kind.SESSION)
    changes.announce(Kind.SESSION)
    assert told == ["once"]
