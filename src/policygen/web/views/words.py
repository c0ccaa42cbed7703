"""The words of a clause: as they print and where they come from, and put the body's own way."""

from __future__ import annotations

from starlette.responses import Response

from policygen.pipeline.page.profiles import folder_state, require_state
from policygen.pipeline.page.words.editor import open_editor, save_words
from policygen.pipeline.page.words.own_edits import keep_own_words, own_clauses, take_back_words
from policygen.pipeline.page.words.printed import clause_on_page
from policygen.web.asked import Asked, go_to
from policygen.web.fields import form_state
from policygen.web.pages import html_page

_ACTIONS = {"keep": keep_own_words, "back": take_back_words}


def words_page(asked: Asked) -> Response:
    """List the clauses that the body puts its own way."""
    own = own_clauses(asked.body.file, asked.session.workspace)
    return html_page("words.html", asked, own=own, taken="taken" in asked.query)


def clause_page(asked: Asked) -> Response:
    """Show a clause at each depth; or keep the body's own words of it, or take them back."""
    id, workspace = asked.names["id"], asked.session.workspace
    for action, do in _ACTIONS.items():
        if action in asked.typed:
            file = asked.own_body.file
            require_state(file, asked.typed.get("state", folder_state(file)))
            do(file, id, workspace)
            if action == "back":
                return go_to("body", asked.body.name, "words", taken=1)
            return go_to("body", asked.body.name, "words", id, saved=1)
    clause = clause_on_page(asked.body.file, id, workspace)
    return html_page("clause.html", asked, clause=clause, saved="saved" in asked.query)


def editor_page(asked: Asked) -> Response:
    """Show the source of a clause as a form, with what it would print; or save it."""
    file, id, workspace = asked.own_body.file, asked.names["id"], asked.session.workspace
    result = None
    if asked.method == "POST" and "try" not in asked.typed:
        result = save_words(file, id, asked.typed, workspace)
        if not (result.problems or result.meanwhile):
            return go_to(
                "body", asked.body.name, "words", id, **{"saved": 1} if result.count else {}
            )
    editor = open_editor(file, id, asked.typed, workspace)
    fields = {field.name: field for field in editor.form_fields()}
    problems = result.problems if result and result.problems else editor.tried.problems
    status, state = form_state(fields.values(), problems, result)
    values = {"editor": editor, "fields": fields, "typed": asked.typed}
    return html_page("editor.html", asked, status, **values, **state)
