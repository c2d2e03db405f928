"""The door of every route: who is calling, and may they."""

# no deferred annotations here: FastAPI reads those of functions made inside functions

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer
from fastapi.security.utils import get_authorization_scheme_param

from backend.access.caller import Caller
from backend.access.rules import Access, not_signed_in
from backend.rest.errors import Forbidden

CurrentCaller = Callable[..., Awaitable[Caller]]


class _SignedIn(OAuth2PasswordBearer):
    """Reads the token and answers whose it is: one dependency, resolved for every request."""

    def __init__(self, access: Access) -> None:
        super().__init__("/auth/token", scheme_name="signIn", refreshUrl="/auth/token")
        self._access = access

    async def __call__(self, request: Request) -> Caller:  # type: ignore[override]  # not the text
        scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
        if scheme.lower() != "bearer":
            raise not_signed_in()
        caller = self._access.caller(token)
        request.state.user_id = caller.user_id  # for the log
        return caller


class Guard:
    """Dependencies for routes: `Depends(guard.current_caller)`, `Depends(guard.require(…))`."""

    def __init__(self, access: Access) -> None:
        self.current_caller: CurrentCaller = _SignedIn(access)

    def require(self, right: str) -> CurrentCaller:
        """Lets in only who holds `right`; the rest get 403."""

        async def allowed(caller: Annotated[Caller, Depends(self.current_caller)]) -> Caller:
            if right not in caller.rights:
                raise Forbidden("You may not do this.", f"It needs the right {right}.")
            return caller

        return allowed
