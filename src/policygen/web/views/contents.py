"""What the policy holds: its sections and clauses, their order, and what is made of each."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from policygen.pipeline.page.choose import choice_form, move_section, save_choice, try_choice
from policygen.pipeline.page.contents import Outcome, PolicyContents, contents_of
from policygen.pipeline.page.save import Saved
from policygen.pipeline.page.told import told
from policygen.problems import errors
from policygen.web.asked import Asked, go_to
from policygen.web.fields import form_state
from policygen.web.pages import html_page

_WAYS = {"up": -1, "down": 1}


def contents_page(asked: Asked) -> Response:
    """List what there is, or move a section and list it again."""
    with_pages = "pages" in asked.query
    contents = contents_of(asked.body.file, asked.session.workspace, with_pages=with_pages)
    if asked.method != "POST":
        return _listed(asked, contents)
    way = next((way for way in _WAYS if way in asked.typed), "up")
    id = asked.typed.get(way, "")
    if contents.section(id) is None:
        raise HTTPException(404)
    workspace = asked.session.workspace
    result = move_section(id, _WAYS[way], contents, asked.shown(), workspace)
    if result.problems or result.meanwhile:
        return _listed(asked, contents, result)
    return go_to("body", asked.body.name, "contents", moved=id, way=way)


def _listed(asked: Asked, contents: PolicyContents, result: Saved | None = None) -> Response:
    saved, moved = (asked.query.get(key, "") for key in ("saved", "moved"))
    return html_page(
        "contents.html",
        asked,
        409 if result else 200,
        contents=contents,
        profile_text=asked.session.read(asked.body),
        is_refused=result,
        meanwhile=result and result.meanwhile,
        listed=[{"text": told(one)} for one in result.problems] if result else [],
        saved=contents.section(saved) or contents.clause(saved),
        moved=contents.section(moved),
        open=(saved or moved or asked.query.get("open", "")).partition(".")[0],
        way=asked.query.get("way", ""),
    )


def choice_page(asked: Asked) -> Response:
    """Ask what the policy makes of a section or a clause; say what would come of it, or save it."""
    id, workspace = asked.names["id"], asked.session.workspace
    contents = contents_of(asked.own_body.file, workspace)
    entry = contents.section(id) or contents.clause(id)
    if entry is None:
        raise HTTPException(404)
    outcome, result = None, None
    if "try" in asked.typed:
        profile_text = asked.session.read(asked.body)
        outcome = try_choice(id, contents, asked.typed, profile_text, workspace)
    elif asked.method == "POST":
        result = save_choice(id, contents, asked.typed, asked.shown(), workspace)
        if not (result.problems or result.meanwhile):
            told = {"saved": id} if result.count else {"open": id}
            return go_to("body", asked.body.name, "contents", **told)
    profile_text = asked.session.read(asked.body)
    group = choice_form(id, contents, workspace).make(profile_text)
    problems = (result or outcome or Outcome()).problems
    status, state = form_state(group.fields(), errors(problems), result)
    return html_page(
        "choice.html",
        asked,
        status,
        entry=entry,
        clause=contents.clause(id),
        profile_text=profile_text,
        fields={field.name: field for field in group.fields()},
        typed=result.typed if result and result.meanwhile else asked.typed,
        outcome=outcome,
        **state,
    )
