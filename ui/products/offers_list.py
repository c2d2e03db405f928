"""The columns of the offers and of the rules."""

from __future__ import annotations

from app.language import tr
from app.products.tables import OfferRow, RuleRow
from app.texts import money
from ui.widgets.table_model import Cell, Column, Row


def offer_columns() -> tuple[Column, ...]:
    return (
        Column("code", tr("Code"), 68),
        Column("name", tr("Name")),
        Column("family", tr("Family"), 108),
        Column("monthly", tr("Monthly"), 84, figures=True),
        Column("once", tr("Once"), 80, figures=True),
        Column("term", tr("Months"), 80, figures=True),
        Column("most", tr("Most"), 60, figures=True),
        Column("state", tr("Change"), 100),
    )


def offer_row(row: OfferRow) -> Row:
    offer = row.offer
    return Row(
        offer.code,
        (
            Cell(offer.code, "ink2"),
            Cell(offer.name, strong=bool(row.state), note=offer.note),
            Cell(offer.family, "ink2"),
            Cell(money(offer.monthly)),
            Cell(money(offer.once)),
            Cell(str(offer.term or "–"), "ink2"),
            Cell(str(offer.most), "ink2"),
            _state(row.state),
        ),
    )


def rule_columns() -> tuple[Column, ...]:
    return (
        Column("id", tr("Rule"), 64),
        Column("kind", tr("Kind"), 116),
        Column("says", tr("Says")),
        Column("text", tr("Text for the agent"), 216),
        Column("state", tr("Change"), 100),
    )


def rule_row(row: RuleRow) -> Row:
    return Row(
        row.id,
        (
            Cell(row.id, "ink2"),
            Cell(row.kind, "ink2"),
            Cell(row.sentence, strong=bool(row.state)),
            Cell(row.rule.text, "ink2"),
            _state(row.state),
        ),
    )


def _state(state: str) -> Cell:
    """Whether the version in force has it otherwise."""
    if state == "new":
        return Cell(tr("new"), chip="good")
    if state == "changed":
        return Cell(tr("changed"), chip="info")
    return Cell("")
