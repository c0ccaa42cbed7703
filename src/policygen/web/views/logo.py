"""The logo: looked at, and taken by upload once it can be printed."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from policygen.pipeline.page.profiles import read_logo_of
from policygen.pipeline.page.save import Saved, save_logo
from policygen.web.asked import Asked, go_to
from policygen.web.views.facts import facts_form


def logo_page(asked: Asked) -> Response:
    """Return the picture; or take another, or say why it cannot be printed."""
    body, workspace = asked.body, asked.session.workspace
    if asked.method != "POST":
        data, media_type = read_logo_of(body.file, workspace.for_profile(body.file).library)
        if not data:
            raise HTTPException(404, "This policy has no logo.")
        # An SVG is a stranger's: shown by itself, it may run and fetch nothing.
        policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
        return Response(data, media_type=media_type, headers={"content-security-policy": policy})
    name, data = asked.files.get("logo", [("", b"")])[0]
    problems = save_logo(name, data, asked.shown(), workspace)
    if problems:
        return facts_form(asked, "look", problems, Saved(problems=problems))
    return go_to("body", body.name, "facts", "look", saved=1)
