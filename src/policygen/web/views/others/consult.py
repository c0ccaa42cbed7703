"""A consultation: opened, collated, answered, printed; and names erased from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from starlette.responses import Response

from policygen.model.review.acceptance import NOTHING_WRITTEN
from policygen.pipeline.consult.open import open_consultation
from policygen.pipeline.page.others import consulted
from policygen.pipeline.page.profiles import require_unchanged
from policygen.problems import Problem
from policygen.web.asked import Asked, go_to
from policygen.web.pages import report_file
from policygen.web.views.others.forms import form_page, shown_form, shown_or_done


def consult_page(asked: Asked) -> Response:
    """Show a consultation, or do what one of its forms asks for."""
    return form_page(asked, _done, _shown)


def consult_file(asked: Asked) -> Response:
    """Return one of the files that people are sent, or a paper."""
    name = asked.names["file"]
    return report_file(asked, name, _consulting(asked).file(name))


def _consulting(asked: Asked) -> consulted.Consulting:
    version = asked.typed.get("version", "") or asked.query.get("version", "")
    return consulted.Consulting(asked.own_body.file, asked.session.workspace, version)


def _done(asked: Asked) -> Response:
    consulting = _consulting(asked)
    if "file" in asked.files:
        collated = consulting.collate(asked.files["file"], asked.typed)
        return _shown(replace(asked, typed={}), (), collated=collated)
    if "forget" in asked.typed:
        erase = partial(consulting.forget, asked.typed["forget"])
        said = consulted.forgotten_line(erase(dry_run=True))
        return shown_or_done(asked, "consult", NOTHING_WRITTEN, erase, said)
    if "summary" in asked.typed:
        require_unchanged(asked.shown())
        open_consultation(asked.body.file, asked.session.workspace, asked.typed["summary"])
        return go_to("body", asked.body.name, "consult")
    if "sheet" in asked.files:
        asked = replace(asked, typed=consulting.typed_sheet(asked.files["sheet"]))
    record = partial(consulting.answer, asked.typed)
    would = record(dry_run=True)
    said = consulted.answered_line(would)
    return shown_or_done(asked, "consult", would.acceptance, record, said)


def _shown(asked: Asked, problems: Sequence[Problem], **values: object) -> Response:
    shown = _consulting(asked).shown()
    fields = (*(shown.fields() if shown else ()), consulted.OPEN_FIELD)
    profile_text = asked.session.read(asked.body)
    every = {"of": consulted, "shown": shown, "profile_text": profile_text}
    return shown_form("consult.html", asked, fields, problems, **every, **values)
