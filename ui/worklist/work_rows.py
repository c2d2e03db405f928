"""The columns of the list and the row of an item."""

from __future__ import annotations

from app.language import tr
from app.worklist.rows import Item
from ui.widgets.table_model import Cell, Column, Row


def work_columns() -> tuple[Column, ...]:
    return (
        Column("state", tr("State"), 104),
        Column("step", tr("Step")),
        Column("about", tr("Customer and order"), 272),
        Column("department", tr("For"), 56),
        Column("holder", tr("With"), 116),
        Column("waits", tr("Waits"), 92, figures=True),
        Column("promised", tr("Promised"), 100, figures=True),
    )


def work_row(item: Item) -> Row:
    late = item.row.promised is not None and item.state.tone in {"bad", "warn"}
    return Row(
        item.id,
        (
            Cell(item.state.text, chip=item.state.tone),
            Cell(item.step, strong=True, note=item.reason),
            Cell(item.about),
            Cell(item.row.department or "–", "ink2"),
            Cell(item.holder or "–", "ink2"),
            Cell(item.waits, "ink2"),
            Cell(item.promised or "–", "warn" if late else "ink2"),
        ),
    )
