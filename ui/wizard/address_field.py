"""The address: typed in pieces, completed from the register, with what the network does there."""

from __future__ import annotations

from collections.abc import Sequence

from app.language import tr
from app.wizard.customer_view import AddressView
from ui.theme.theme import Theme
from ui.widgets.completion_field import CompletionField, Found
from ui.widgets.field import Check


class AddressField(CompletionField):
    """Completes from the register of addresses."""

    def __init__(self, theme: Theme, label: str, example: str, check: Check) -> None:
        super().__init__(theme, label, tr("Addresses found"), example=example, check=check)

    def show_addresses(self, found: Sequence[AddressView]) -> None:
        """Show what the register has."""
        self.show_found([Found(each.id, each.label, each.note) for each in found])
