"""Who may ask, and what a browser may do with an answer.

Any page that somebody opens in their browser can send requests to this computer, and any other user
of it can open the port. So an answer is given only to whoever has the cookie, which is handed out
for the token in the printed address; only under the name of this computer, which a page on a
foreign domain cannot use even where that leads here (DNS rebinding); and what changes something
must come from a page of ours.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from html import escape
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAFE = ("GET", "HEAD")
_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# A printed document has its own style, font and pictures within it, and runs nothing here.
DOCUMENT_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'self'"
)
_HEADERS = {
    "content-security-policy": _PAGE,
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    # A form's post needs its origin; what is told elsewhere is nothing.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Key:
    """The secrets of one run. The token stands in the printed address, the other in the cookie."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def origin(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """What is printed and opened."""
        return f"{self.origin}/?token={self.token}"

    @property
    def cookie_name(self) -> str:
        """One for each port: a browser keeps no cookies apart by it."""
        return f"policygen-{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """How a browser may call this computer."""
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")


class Guard:
    """Stands before every view: checks the host, the origin and the cookie, and adds headers."""

    def __init__(self, app: ASGIApp, key: Key) -> None:
        self.app = app
        self.key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on to the views."""
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope, Headers(scope=scope)) or self.app
        await answer(scope, receive, guarded)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Return what is answered in place of a view; None for whoever may ask."""
        if headers.get("host", "").lower() not in self.key.hosts:
            return _refused(403, "This page answers only under its own address.")
        if scope["method"] not in _SAFE and not self._is_ours(headers):
            return _refused(403, "This was not sent from a page of policygen, so it was not done.")
        if self._has_cookie(headers):
            return None
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["method"] in _SAFE and self._same(token, self.key.token):
            return self._welcome()
        return _refused(
            401, "Open the address that policygen printed when it began: it lets you in."
        )

    def _is_ours(self, headers: Headers) -> bool:
        origin = headers.get("origin", "")
        return origin in tuple(f"http://{host}" for host in self.key.hosts)

    def _has_cookie(self, headers: Headers) -> bool:
        try:
            cookies = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        found = cookies.get(self.key.cookie_name)
        return found is not None and self._same(found.value, self.key.cookie)

    def _same(self, given: str, secret: str) -> bool:
        return secrets.compare_digest(given.encode(), secret.encode())

    def _welcome(self) -> Response:
        """Hand out the cookie and lead on.

        A page leads there, and no redirect: after one, a browser that came from elsewhere would
        keep a strict cookie back.
        """
        page = _plain_page("Opening policygen", "If nothing happens, go on.", link=True)
        response = HTMLResponse(page, headers={"refresh": "0; url=/"})
        response.set_cookie(
            self.key.cookie_name, self.key.cookie, path="/", httponly=True, samesite="strict"
        )
        return response


def _refused(status: int, what: str) -> Response:
    return HTMLResponse(_plain_page("You cannot come in this way", what), status)


def _plain_page(title: str, text: str, *, link: bool = False) -> str:
    """Return a page of a heading and a line, with a link to the start for whoever may go there."""
    onward = '<p><a href="/">Go to your policies</a></p>' if link else ""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} – policygen</title></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(text)}</p>{onward}</main></body></html>"
    )
