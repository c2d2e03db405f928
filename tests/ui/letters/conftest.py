"""The account page, for its tab of letters."""

from __future__ import annotations

from tests.ui.account.conftest import desk, open_page

__all__ = ["desk", "open_page"]
