"""The door of every route: who is calling, and may they."""

# no deferred annotations here: FastAPI reads those of functions made inside functions

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import OAuth2PasswordBearer

from backend.access.caller import Caller
from backend.access.rules import Access, not_signed_in
from backend.rest.errors import Forbidden

CurrentCaller = Callable[..., Awaitable[Caller]]


class Guard:
    """Dependencies for routes: `Depends(guard.current_caller)`, `Depends(guard.require(…))`."""

    def __init__(self, access: Access) -> None:
        bearer = OAuth2PasswordBearer(
            "/auth/token", scheme_name="signIn", refreshUrl="/auth/token", auto_error=False
        )

        async def current_caller(
            request: Request, token: Annotated[str | None, Depends(bearer)]
        ) -> Caller:
            if token is None:
                raise not_signed_in()
            caller = access.caller(token)
            request.state.user_id = caller.user_id  # for the log
            return caller

        self.current_caller: CurrentCaller = current_caller

    def require(self, right: str) -> CurrentCaller:
        """Lets in only who holds `right`; the rest get 403."""

        async def allowed(caller: Annotated[Caller, Depends(self.current_caller)]) -> Caller:
            if right not in caller.rights:
                raise Forbidden("You may not do this.", f"It needs the right {right}.")
            return caller

        return allowed
