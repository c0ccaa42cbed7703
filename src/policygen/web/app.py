"""Every address of the page, and how a request becomes an answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import nullcontext

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from policygen.problems import PolicygenError
from policygen.web.asked import Asked, read_asked
from policygen.web.pages import problems_page, said_page
from policygen.web.security import Guard, Key
from policygen.web.session import Session
from policygen.web.views import begin, contents, facts, in_force, others, read, release, words

View = Callable[[Asked], Response]
# Address, view, and whether it takes a form. A further page is a file in views/ and a line here.
ROUTES: tuple[tuple[str, View, bool], ...] = (
    ("/", begin.start_page, False),
    ("/new", begin.new_page, True),
    ("/copy", begin.copy_page, True),
    ("/stop", begin.stop_page, True),
    ("/accessibility", begin.accessibility_page, False),
    ("/static/{file}", read.static_file, False),
    ("/body/{body}", read.overview_page, False),
    ("/body/{body}/undo", read.undo_page, True),
    ("/body/{body}/changed/{state}", read.changed_line, False),
    ("/body/{body}/facts/{group}", facts.facts_page, True),
    ("/body/{body}/contents", contents.contents_page, True),
    ("/body/{body}/contents/{id}", contents.choice_page, True),
    ("/body/{body}/words", words.words_page, False),
    ("/body/{body}/words/{id}", words.clause_page, True),
    ("/body/{body}/words/{id}/edit", words.editor_page, True),
    ("/body/{body}/logo", facts.logo_page, True),
    ("/body/{body}/unknown", read.unknown_page, False),
    ("/body/{body}/unknown.txt", read.unknown_text, False),
    ("/body/{body}/preview", read.preview_page, False),
    ("/body/{body}/show/{stem}", read.edition_frame, False),
    ("/body/{body}/downloads", read.downloads_page, False),
    ("/body/{body}/file/{file}", read.file_download, False),
    ("/body/{body}/all.zip", read.zip_download, False),
    ("/body/{body}/check", read.check_page, False),
    ("/body/{body}/release", release.release_page, True),
    ("/body/{body}/in-force", in_force.in_force_page, False),
    ("/body/{body}/in-force/{part}", in_force.part_page, True),
    ("/body/{body}/in-force-{file}", in_force.year_file, False),
    ("/body/{body}/compare", others.compare_page, True),
    ("/body/{body}/review", others.review_page, True),
    ("/body/{body}/consult", others.consult_page, True),
    ("/body/{body}/consult-{file}", others.consult_file, False),
    ("/body/{body}/match", others.match_page, True),
    ("/body/{body}/{report}.{ending}", others.report_download, False),
)
# Those that may bring larger files.
_BRING_FILES = (
    *(others.compare_page, others.review_page, others.consult_page, others.match_page),
    in_force.part_page,
)


def make_app(session: Session, key: Key) -> ASGIApp:
    """Return the page as a program that a server runs."""
    routes = [
        Route(path, _endpoint(view, session), methods=["GET", "POST"] if takes_form else ["GET"])
        for path, view, takes_form in ROUTES
    ]
    handlers = {HTTPException: _http_fault, Exception: _our_fault}
    views = Starlette(routes=routes, exception_handlers=handlers)
    views.router.redirect_slashes = False  # an address is ours, or it is none
    return Guard(views, key)


def _endpoint(view: View, session: Session) -> Callable[[Request], Awaitable[Response]]:
    """Return what reads a request and lets a view answer it, one at a time."""
    # A style sheet waits for no policy that is being printed.
    lock = nullcontext() if view is read.static_file else session.lock

    def answer(asked: Asked) -> Response:
        with lock:
            try:
                return view(asked)
            except PolicygenError as error:
                return problems_page(error, asked)

    async def endpoint(request: Request) -> Response:
        asked = await read_asked(request, session, brings_files=view in _BRING_FILES)
        return await run_in_threadpool(answer, asked)

    return endpoint


_SAID = {
    400: "What was sent is no form of this page.",
    404: "There is nothing at this address.",
    405: "Nothing can be sent to this address.",
}


async def _http_fault(request: Request, fault: Exception) -> Response:
    assert isinstance(fault, HTTPException)
    own_words = fault.detail if fault.detail.endswith(".") else ""
    return said_page(own_words or _SAID.get(fault.status_code, ""), fault.status_code)


async def _our_fault(request: Request, fault: Exception) -> Response:
    what = (
        "This is a mistake in policygen, not yours. Your files are as they were. "
        "The window in which policygen runs says more: please report it."
    )
    return said_page(what, 500)
