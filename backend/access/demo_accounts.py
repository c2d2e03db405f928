"""The demo operator's people: each signs in with the user name as password."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from backend.access.records import User
from backend.access.rules import Access


def add_demo_accounts(access: Access) -> None:
    """Add those that are missing. They can sign in only where the demo runs."""
    text = (files("resources") / "demo_accounts.toml").read_text(encoding="utf-8")
    for account in tomllib.loads(text)["account"]:
        user_name = account["user_name"]
        if access.has_user(user_name):
            continue
        user = User(
            id=f"demo-{user_name}",
            user_name=user_name,
            name=account["name"],
            team=account["team"],
            roles=tuple(account["roles"]),
            reseller=account.get("reseller"),
            password_hash=None,
            demo=True,
            disabled=False,
        )
        access.add_user(user, user_name)
