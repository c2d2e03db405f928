"""Signing in, renewing, signing out, and who I am."""

# no deferred annotations here: FastAPI reads those of functions made inside functions

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import JSONResponse

from backend.access.caller import Caller
from backend.access.guard import Guard
from backend.access.rules import Access, Grant, SignInRefused
from backend.access.schemas import Me, OAuthRefusal, TokenAnswer
from backend.rest import openapi

_NOT_KEPT = {"Cache-Control": "no-store"}
_REFUSED: dict[int | str, dict[str, Any]] = {400: {"model": OAuthRefusal}}
_FORM = "application/x-www-form-urlencoded"


def _shown(**form: str) -> dict[str, Any]:
    """A form to send, for /openapi.json."""
    return {"requestBody": {"content": {_FORM: {"example": form}}}}


_UNREAD = openapi.errors(400)
_SIGN_IN = _shown(grant_type="password", username="agent", password="agent")  # noqa: S106 - of the demo
_SIGN_OUT = _shown(token="the refresh token of a sign-in")  # noqa: S106 - no token


def router(access: Access, guard: Guard, resellers: Mapping[str, str]) -> APIRouter:
    """`/auth`: OAuth 2.0 password form and refresh (RFC 6749), revocation (RFC 7009).

    `resellers` are their names by code.
    """
    routes = APIRouter(prefix="/auth", tags=["access"])

    @routes.post(
        "/token",
        operation_id="createToken",
        response_model=TokenAnswer,
        responses=_REFUSED,
        openapi_extra=_SIGN_IN,
    )
    def create_token(  # the parameters are the form of RFC 6749
        request: Request,
        grant_type: Annotated[str, Form()] = "password",
        username: Annotated[str | None, Form(examples=["agent"])] = None,
        password: Annotated[str | None, Form(examples=["agent"])] = None,
        refresh_token: Annotated[str | None, Form()] = None,
    ) -> Response:
        try:
            if grant_type == "password" and username is not None and password is not None:
                return _granted(access.sign_in(username, password, _address(request)))
            if grant_type == "refresh_token" and refresh_token is not None:
                return _granted(access.renew(refresh_token, _address(request)))
        except SignInRefused:
            return _refused(grant_type)
        return _refused("form" if grant_type in _GRANT_TYPES else "unknown")

    @routes.post("/revoke", operation_id="revokeToken", responses=_UNREAD, openapi_extra=_SIGN_OUT)
    def revoke_token(request: Request, token: Annotated[str, Form()]) -> None:
        access.sign_out(token, _address(request))

    @routes.get("/me", operation_id="retrieveMe", responses=openapi.errors(401))
    def retrieve_me(caller: Annotated[Caller, Depends(guard.current_caller)]) -> Me:
        user, rights = access.person(caller)
        return Me(
            id=user.id,
            userName=user.user_name,
            name=user.name,
            team=user.team,
            roles=sorted(user.roles),
            rights=rights,
            reseller=user.reseller,
            resellerName=None if user.reseller is None else resellers.get(user.reseller),
        )

    return routes


def _granted(grant: Grant) -> Response:
    answer = TokenAnswer(
        access_token=grant.access_token,
        expires_in=grant.expires_in,
        refresh_token=grant.refresh_token,
    )
    return JSONResponse(answer.model_dump(), headers=_NOT_KEPT)


_GRANT_TYPES = frozenset({"password", "refresh_token"})

# error (RFC 6749), code (TM Forum), reason, message
_REFUSALS = {
    "password": (
        "invalid_grant",
        "signInRefused",
        "Name or password is not right.",
        "Check both and try again.",
    ),
    "refresh_token": (
        "invalid_grant",
        "signInOver",
        "This sign-in is over.",
        "Sign in again.",
    ),
    "form": (
        "invalid_request",
        "formIncomplete",
        "The form is not complete.",
        "Send username and password, or refresh_token.",
    ),
    "unknown": (
        "unsupported_grant_type",
        "grantTypeUnknown",
        "This way to sign in is not offered.",
        "Send grant_type=password or grant_type=refresh_token.",
    ),
}


def _refused(why: str) -> Response:
    error, code, reason, message = _REFUSALS[why]
    body = {
        "error": error,
        "error_description": reason,
        "code": code,
        "reason": reason,
        "message": message,
        "status": "400",
        "@type": "Error",
    }
    return JSONResponse(body, 400, headers=_NOT_KEPT)


def _address(request: Request) -> str:
    return request.client.host if request.client else "-"
