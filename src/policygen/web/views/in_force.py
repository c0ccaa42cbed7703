"""The year after a release: what is due, and a page for each thing that is done then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from starlette.exceptions import HTTPException
from starlette.responses import Response

from policygen.pipeline.in_force.due import DUE_FORMATS, due_file, due_rows, in_force_line
from policygen.pipeline.in_force.index import YEAR_PARTS
from policygen.pipeline.in_force.part import ToWrite, YearPart, at_year_fields
from policygen.pipeline.page.profiles import require_unchanged
from policygen.problems import PolicygenError, Problem
from policygen.web.asked import Asked, go_to
from policygen.web.forms import form_page, shown_form, shown_or_done
from policygen.web.pages import html_page, report_file


def in_force_page(asked: Asked) -> Response:
    """Say what is in force and what is due, and lead to all that is done in a year."""
    file, day = asked.own_body.file, _today(asked)
    due = due_rows(file, asked.session.workspace, day)
    return html_page(
        "in-force.html",
        asked,
        line=in_force_line(file, day),
        parts=YEAR_PARTS,
        due=due,
        formats=DUE_FORMATS,
    )


def part_page(asked: Asked) -> Response:
    """Show one of its pages, or do what a form of it asks for."""
    if asked.names["part"] not in YEAR_PARTS:
        raise HTTPException(404)
    return form_page(asked, _sent, _shown)


def year_file(asked: Asked) -> Response:
    """Return a file that one of these pages offers."""
    name, _, ending = asked.names["file"].rpartition(".")
    file, workspace = asked.own_body.file, asked.session.workspace
    data = due_file(file, workspace, _today(asked), ending) if name == "dates" else None
    for part in YEAR_PARTS:
        data = data or _part(asked, part).file(name, ending, asked.query)
    told = [asked.query[one] for one in ("on", "language") if one in asked.query]
    return report_file(asked, f"{'-'.join([name, *told])}.{ending}", data)


def _today(asked: Asked) -> date:
    day = asked.session.day()
    if day is None:
        raise HTTPException(404, "This page was not told which day it is.")
    return day


def _part(asked: Asked, key: str) -> YearPart:
    session = asked.session
    return YEAR_PARTS[key](asked.own_body, session.uploads, session.workspace, _today(asked))


def _sent(asked: Asked) -> Response:
    key = asked.names["part"]
    if "summary" in asked.typed:
        require_unchanged(asked.shown())
    try:
        then = _part(asked, key).send(asked.typed, asked.files)
    except PolicygenError as error:
        raise PolicygenError(at_year_fields(error.problems)) from None
    if isinstance(then, ToWrite):
        page = f"in-force/{key}"
        return shown_or_done(asked, page, then.acceptance, then.write, then.said, then.rows)
    return go_to("body", asked.body.name, "in-force", key, **then)


def _shown(asked: Asked, problems: Sequence[Problem]) -> Response:
    key = asked.names["part"]
    refused = {*asked.typed, *(one.code for one in problems)}
    page = _part(asked, key).page(asked.query, refused)
    profile_text = asked.session.read(asked.own_body)
    asked = replace(asked, typed={**asked.query, **asked.typed})
    return shown_form("year.html", asked, page, problems, part=key, profile_text=profile_text)
