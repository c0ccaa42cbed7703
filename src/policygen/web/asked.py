"""A request as the views see it, read within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Message, Receive

from policygen.pipeline.page.profiles import Listed, ProfileText
from policygen.web.session import Session

_LIMIT = 3_000_000  # bytes of one request: a logo may have two million
_LIMIT_OF_FILES = 30_000_000  # of one that may bring copies from Word, or an old policy
_FIELDS = 2_000
_FILES = 20


@dataclass(frozen=True)
class Asked:
    """What one request asks for: where, the names in its address, its query, what came with it."""

    session: Session
    method: str
    path: str
    names: Mapping[str, str]
    query: Mapping[str, str]
    typed: Mapping[str, str] = field(default_factory=dict)
    # The name and the bytes of each file that was chosen, by the field.
    files: Mapping[str, list[tuple[str, bytes]]] = field(default_factory=dict)

    @cached_property
    def body(self) -> Listed:
        """The profile that the address names. Raises HTTPException for none."""
        found = self.session.body(self.names["body"])
        if found is None:
            raise HTTPException(404, "There is no policy of that name in this folder.")
        return found

    @property
    def own_body(self) -> Listed:
        """The same, where its facts are the user's own. Raises HTTPException for an example."""
        if self.body.is_example:
            what = "This is an example, which stays as it is. Start a policy of your own from it."
            raise HTTPException(403, what)
        return self.body

    def shown(self) -> ProfileText:
        """Return what the form that was sent was made of. Raises HTTPException for an old one."""
        profile_text = self.session.shown(self.own_body, self.typed.get("digest", ""))
        if profile_text is None:
            raise HTTPException(
                409,
                "This form is from an earlier run of policygen, so nothing was saved. "
                "Go back, copy what you typed, and open the page again.",
            )
        return profile_text


async def read_asked(request: Request, session: Session, *, brings_files: bool = False) -> Asked:
    """Read a request to its end. Raises HTTPException for one that is too large or no form."""
    names = {key: str(value) for key, value in request.path_params.items()}
    query = dict(request.query_params)
    path = quote(request.scope["path"], safe="/")  # as `address` writes it
    if request.method != "POST":
        return Asked(session, "GET", path, names, query)
    limit = _LIMIT_OF_FILES if brings_files else _LIMIT
    data = await _bounded_body(request, limit)
    replayed = Request(request.scope, _replaying(data))
    typed: dict[str, str] = {}
    files: dict[str, list[tuple[str, bytes]]] = {}
    form = replayed.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=limit)
    async with form as entries:
        for key, value in entries.multi_items():
            if isinstance(value, UploadFile):
                files.setdefault(key, []).append((value.filename or "", await value.read()))
            else:  # boxes of one name are the lines of a list
                typed[key] = f"{typed[key]}\n{value}" if key in typed else value
    return Asked(session, "POST", path, names, query, typed, files)


async def _bounded_body(request: Request, limit: int) -> bytes:
    """Read at most so many bytes, whatever the request says of its length."""
    parts: list[bytes] = []
    total = 0
    async for part in request.stream():
        total += len(part)
        if total > limit:
            larger = f"What you sent is larger than {limit // 1_000_000} MB"
            raise HTTPException(413, f"{larger}, and was not read to its end.")
        parts.append(part)
    return b"".join(parts)


def _replaying(data: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": data, "more_body": False}

    return receive


def address(*parts: str, **query: str | int) -> str:
    """Return an address of the page: each part is one name, whatever characters it has."""
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    asked = "&".join(f"{key}={quote(str(value), safe='')}" for key, value in query.items())
    return f"{path}?{asked}" if asked else path


def go_to(*parts: str, **query: str | int) -> Response:
    """Return the answer to a form that was taken: the browser then asks for another page."""
    return RedirectResponse(address(*parts, **query), 303)
