"""The first page, and a new body: the questions of the interview, or a copy of an example."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from policygen.pipeline.page.begin import begin_body, begin_from, next_step, refused_step
from policygen.problems import PolicygenError
from policygen.web.asked import Asked, go_to
from policygen.web.pages import html_page, said_page

_END, _ASKED = "end", "asked"  # buttons and hidden fields that are no answers
_THEN = "then"  # goes along with the answers: whither the questions lead


def start_page(asked: Asked) -> Response:
    """List the policies of the folder, then the examples."""
    listed = asked.session.listed()
    own = [one for one in listed if not one.is_example]
    examples = [one for one in listed if one.is_example]
    folder = str(asked.session.folder.absolute())
    return html_page("start.html", asked, own=own, examples=examples, folder=folder)


def new_page(asked: Asked) -> Response:
    """Ask the next question; nothing is kept but in the form itself until all are answered."""
    session = asked.session
    texts = {name: text for name, text in asked.typed.items() if name not in (_END, _ASKED)}
    if asked.query.get(_THEN) == "match":
        texts[_THEN] = "match"
    question_asked = asked.typed.get(_ASKED, "")
    if _END in asked.typed and not texts.get(question_asked, "").strip():
        texts.pop(question_asked, None)
    step = next_step(texts, session.folder, session.workspace)
    is_done = step.question is None or (_END in asked.typed and not step.problems)
    if asked.method == "POST" and step.can_end and is_done:
        onward = ("match",) if texts.get(_THEN) == "match" else ()
        try:
            name = begin_body(texts, session.folder, session.workspace)
            return go_to("body", name, *onward, begun=1)
        except PolicygenError as error:  # the answers stand in the form until they are written
            step = refused_step(question_asked, texts, error.problems, session.workspace)
    assert step.question
    typed = texts.pop(step.question.name, "")
    status = 422 if step.problems else 200
    return html_page("new.html", asked, status, step=step, texts=texts, typed=typed)


def copy_page(asked: Asked) -> Response:
    """Copy an example as the draft of another body."""
    session = asked.session
    named = asked.typed.get("example", "") or asked.query.get("example", "")
    example = session.body(named)
    if example is None or not example.is_example:
        raise HTTPException(404, "There is no example of that name.")
    typed = asked.typed.get("name", "")
    if asked.method != "POST":
        return html_page("copy.html", asked, example=example, typed="", problems=())
    try:
        return go_to("body", begin_from(example, typed, session.folder, session.workspace), begun=1)
    except PolicygenError as error:
        problems = error.problems
    return html_page("copy.html", asked, 422, example=example, typed=typed, problems=problems)


def stop_page(asked: Asked) -> Response:
    """End the server, once this answer is on its way."""
    if asked.method != "POST":
        return html_page("stop.html", asked)
    asked.session.stop()
    return said_page("policygen has ended. You can close this window.")


def accessibility_page(asked: Asked) -> Response:
    """Say what the page meets, as its tests show, what nobody tested, and whom to tell."""
    return html_page("accessibility.html", asked)
