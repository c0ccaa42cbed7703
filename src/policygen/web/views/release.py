"""A version frozen with its files, and what must be gone until it may be approved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from starlette.exceptions import HTTPException
from starlette.responses import Response

from policygen.pipeline.page.printed import but_pdf
from policygen.pipeline.page.profiles import require_unchanged
from policygen.pipeline.page.ready import at_release_fields, form_of_release
from policygen.pipeline.release import release as freeze
from policygen.problems import PolicygenError, Problem
from policygen.web.asked import Asked, go_to
from policygen.web.forms import form_page, shown_form

_Bump = Literal["", "minor", "major"]
_WITHOUT_PDF = "without_pdf"


def release_page(asked: Asked) -> Response:
    """Show the checklist and the form, or freeze a version."""
    return form_page(asked, _release, _released)


def _release(asked: Asked) -> Response:
    bump = asked.typed.get("bump", "")
    if bump not in ("", "minor", "major"):
        raise HTTPException(400)
    try:
        require_unchanged(asked.shown())
        formats = but_pdf() if _WITHOUT_PDF in asked.typed else ()
        file, workspace = asked.body.file, asked.session.workspace
        summary = asked.typed.get("summary", "")
        folder, _ = freeze(file, workspace, summary, cast("_Bump", bump), formats=formats)
    except PolicygenError as error:
        raise PolicygenError(at_release_fields(error.problems)) from None
    return go_to("body", asked.body.name, "release", done=folder.name)


def _released(asked: Asked, problems: Sequence[Problem]) -> Response:
    profile_text = asked.session.read(asked.own_body)
    lacks_pdf = _WITHOUT_PDF in asked.typed or (_WITHOUT_PDF,) in [one.field for one in problems]
    page = form_of_release(profile_text, asked.session.workspace, lacks_pdf=lacks_pdf)
    done = asked.query.get("done", "")
    released = done if done in [one.version for one in page.made] else ""
    values = {"profile_text": profile_text, "released": released}
    return shown_form("release.html", asked, page, problems, **values)
