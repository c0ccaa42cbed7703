"""A page of the facts: a form made of the profile's model, what comes of it, and the logo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from policygen.pipeline.page.form import form_group
from policygen.pipeline.page.groups import GROUPS, following_page
from policygen.pipeline.page.profiles import read_logo_of
from policygen.pipeline.page.ready import faults_of_facts
from policygen.pipeline.page.save import Saved, save_group, save_logo, typed_again
from policygen.pipeline.page.tried import TriedFacts, try_group
from policygen.problems import PolicygenError, Problem
from policygen.web.asked import Asked, go_to
from policygen.web.fields import form_state
from policygen.web.pages import html_page

_LOGO = "logo"  # the purpose of a picture that waits


def facts_page(asked: Asked) -> Response:
    """Show a page of the form, or save it and show it again."""
    key = asked.names["group"]
    if key not in GROUPS:
        raise HTTPException(404)
    if asked.method != "POST":
        problems = faults_of_facts(asked.own_body.file, asked.session.workspace)
        return _facts_form(asked, key, problems)
    if "try" in asked.typed:
        tried = try_group(key, asked.typed, asked.shown(), asked.session.workspace)
        return _facts_form(asked, key, tried.problems, Saved(typed=asked.typed), tried)
    result = save_group(key, asked.typed, asked.shown(), asked.session.workspace)
    if result.problems or result.meanwhile:
        return _facts_form(asked, key, result.problems, result)
    leads_on = following_page(key) if "next" in asked.typed else key
    return go_to("body", asked.body.name, "facts", leads_on, saved=result.count)


def _facts_form(
    asked: Asked,
    key: str,
    problems: Sequence[Problem],
    result: Saved | None = None,
    tried: TriedFacts | None = None,
) -> Response:
    """Show the form as the file has it now; with `result`, why what was typed was not saved.

    With `tried` it was not to be saved, and the frame shows what would come of it.
    """
    profile_text = asked.session.read(asked.body)
    group = form_group(key, profile_text, asked.session.workspace)
    status, state = form_state(group.fields(), problems, None if tried else result)
    if result is None:  # what is wrong on other pages is told there
        state["listed"] = [one for one in state["listed"] if "href" in one]
    saved = asked.query.get("saved", "")
    return html_page(
        "facts.html",
        asked,
        status,
        group=group,
        groups=GROUPS,
        following=following_page(key),
        profile_text=profile_text,
        typed=typed_again(group, result),
        tried=tried and (tried, asked.session.remember(tried.profile_text).digest),
        kept_logo=[one.name for one in asked.session.uploads.of(asked.body.name, _LOGO).values()],
        saved=saved if saved.isdecimal() else "",
        **state,
    )


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
    uploads = asked.session.uploads
    try:
        file = uploads.newest(body.name, _LOGO, next(iter(asked.files.values()), ()))
        problems = save_logo(file.name, file.data, asked.shown(), workspace)
    except PolicygenError as error:  # no fault of the picture: it need not be chosen again
        problems = tuple(replace(one, field=("brand", "logo")) for one in error.problems)
    else:
        uploads.put_away(body.name, _LOGO)
    if problems:
        return _facts_form(asked, "look", problems, Saved(problems=problems))
    return go_to("body", body.name, "facts", "look", saved=1)
