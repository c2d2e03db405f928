"""The one error of letters: a text or its data do not fit together."""

from __future__ import annotations


class LetterFault(ValueError):  # noqa: N818 - faults are the house's word
    """A template cannot be read, or a letter lacks what its template asks for.

    `field` names the merge field, table or template entry at fault, or is empty.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
