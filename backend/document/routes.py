"""The HTTP side of TMF667, and the bytes behind an attachment's `url`."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request, Response

from backend.access.caller import Caller
from backend.document import rules
from backend.document.rules import API, DOCUMENT
from backend.rest import hub, openapi
from backend.rest.errors import NotFound
from backend.rest.router import Wiring, require_right, resource_router

_FOR_EVER = "private, max-age=31536000, immutable"
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The bytes, always the same; their SHA-256 is the ETag",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    },
    304: {"description": "The caller has them"},
}


def router(wiring: Wiring) -> APIRouter:
    routes = resource_router(DOCUMENT, wiring)
    routes.include_router(hub.router(API, wiring))
    current = wiring.current_caller

    def content(
        request: Request,
        identity: Annotated[str, Path(alias="id")],
        caller: Annotated[Caller, Depends(current)],
    ) -> Response:
        require_right(caller, DOCUMENT.rights.read)
        if "\x00" in identity:
            raise NotFound("There is no such document.", code="notFound")
        with wiring.database.read() as connection:
            found = rules.content(wiring.context(connection, caller), identity)
        headers = {"ETag": f'"{found.sha256}"', "Cache-Control": _FOR_EVER}
        if _known(request.headers.get("if-none-match"), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        headers["Content-Disposition"] = disposition(found.file_name)
        return Response(found.data, headers=headers, media_type=found.mime_type)

    routes.add_api_route(
        rules.CONTENT_PATH,
        content,
        methods=["GET"],
        operation_id="retrieveDocumentContent",
        summary="Retrieve the bytes of a document",
        response_class=Response,
        response_model=None,
        responses={**_ANSWERS, **openapi.errors(401, 403, 404, 500)},
    )
    return routes


def disposition(file_name: str) -> str:
    """The header that names the file, in ASCII and in full (RFC 6266)."""
    plain = "".join(sign if sign.isascii() else "_" for sign in file_name)
    return f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def _known(condition: str | None, tag: str) -> bool:
    tags = [one.strip().removeprefix("W/") for one in (condition or "").split(",")]
    return "*" in tags or tag in tags
