"""A version frozen with its files, and what must be gone until it may be approved."""

from __future__ import annotations

from typing import Literal, cast

from starlette.responses import Response

from policygen.pipeline.page.printed import but_pdf
from policygen.pipeline.page.profiles import require_unchanged
from policygen.pipeline.page.ready import before_approval, releases_of
from policygen.pipeline.release import release as freeze
from policygen.problems import PolicygenError, Problem
from policygen.web.asked import Asked, go_to
from policygen.web.pages import html_page

_Bump = Literal["", "minor", "major"]


def release_page(asked: Asked) -> Response:
    """Show the checklist and the form, or freeze a version."""
    problems: tuple[Problem, ...] = ()
    summary = asked.typed.get("summary", "")
    bump = asked.typed.get("bump", "")
    if asked.method == "POST" and bump in ("", "minor", "major"):
        try:
            file, workspace = asked.body.file, asked.session.workspace
            require_unchanged(asked.shown())
            formats = but_pdf() if "without_pdf" in asked.typed else ()
            folder, _ = freeze(file, workspace, summary, cast("_Bump", bump), formats=formats)
            return go_to("body", asked.body.name, "release", done=folder.name)
        except PolicygenError as error:
            problems = error.problems
    profile_text = asked.session.read(asked.own_body)
    missing = before_approval(profile_text, asked.session.workspace)
    done = asked.query.get("done", "")
    made = releases_of(asked.body.file)
    return html_page(
        "release.html",
        asked,
        422 if problems else 200,
        profile_text=profile_text,
        missing=missing,
        problems=problems,
        summary=summary,
        bump=bump,
        made=made,
        lacks_pdf="PG550" in [one.code for one in problems] or "without_pdf" in asked.typed,
        released=done if done in [one.version for one in made] else "",
    )
