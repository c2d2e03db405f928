"""The API client, usable alone; knows nothing of the desk or the server."""

from backend_client.auth import BearerToken, PasswordTokens, TokenSource
from backend_client.cancel import Cancel, Cancelled
from backend_client.client import Client
from backend_client.collection import Version
from backend_client.errors import (
    ApiError,
    Conflict,
    NotAllowed,
    Rejected,
    ServerFault,
    SignedOut,
    Unreachable,
)
from backend_client.events import Event, Link
from backend_client.filters import Where
from backend_client.paging import Page
from backend_client.records import Money
from backend_client.settings import Retry, Settings

__all__ = [
    "ApiError",
    "BearerToken",
    "Cancel",
    "Cancelled",
    "Client",
    "Conflict",
    "Event",
    "Link",
    "Money",
    "NotAllowed",
    "Page",
    "PasswordTokens",
    "Rejected",
    "Retry",
    "ServerFault",
    "Settings",
    "SignedOut",
    "TokenSource",
    "Unreachable",
    "Version",
    "Where",
]
