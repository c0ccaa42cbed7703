"""Pages on which something is decided: what is wrong is told, what is written is shown first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from policygen.model.review.acceptance import Acceptance
from policygen.pipeline.page.others.entry import FormPage
from policygen.pipeline.page.others.marked import changed_files
from policygen.problems import PolicygenError, Problem
from policygen.web.asked import Asked
from policygen.web.fields import placed
from policygen.web.pages import html_page

_OURS = ("shown", "write", "back")  # what the page of what is written adds to a form


def form_page(
    asked: Asked,
    done: Callable[[Asked], Response],
    shown: Callable[[Asked, Sequence[Problem]], Response],
) -> Response:
    """Show a page, or do what its form asks for; what is wrong is told on the page."""
    if asked.method != "POST" or "back" in asked.typed:
        return shown(asked, ())
    try:
        return done(asked)
    except PolicygenError as error:
        # What is wrong with a file belongs beside the field in which it was chosen.
        at = tuple(asked.files)[:1]
        return shown(asked, [replace(one, field=one.field or at) for one in error.problems])


def shown_form(
    template: str, asked: Asked, page: FormPage, problems: Sequence[Problem], **values: Any
) -> Response:
    """Show a page with its fields as they were typed, and the Problems beside them."""
    beside, listed = placed(page.fields(), problems, asked.body)
    status = 422 if problems else 200
    every = {"typed": asked.typed, "beside": beside, "listed": listed, "problems": problems}
    return html_page(template, asked, status, page=page, is_refused=problems, **every, **values)


def shown_or_done(
    asked: Asked,
    page: str,
    acceptance: Acceptance,
    do: Callable[[], object],
    said: str = "",
    rows: Sequence[Sequence[str]] = (),
) -> Response:
    """Show what is about to be written, or do it once it is the same that was shown.

    `page` is where the form goes, `said` what is done beside what the files show; `rows` tell the
    changes in place of the lines of files. Raises what `do` raises.
    """
    shown = f"{acceptance.digest} {said}"
    is_asked = "write" in asked.typed
    is_done = is_asked and asked.typed.get("shown", "") == shown
    if is_done:
        do()
    is_other = is_asked and not is_done
    typed = {name: text for name, text in asked.typed.items() if name not in _OURS}
    states = {"is_done": is_done, "is_other": is_other, "shown": shown, "said": said, "rows": rows}
    values = {"page": page, "files": changed_files(acceptance), "typed": typed, **states}
    status = 409 if is_other else 200
    return html_page("write.html", asked, status, acceptance=acceptance, **values)
