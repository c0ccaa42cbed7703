"""Copies that came back from Word: read, decided on clause by clause, taken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from starlette.responses import Response

from policygen.pipeline.page.others import returned
from policygen.pipeline.returned.accept import write_acceptance
from policygen.problems import Problem
from policygen.web.asked import Asked, go_to
from policygen.web.pages import report_file
from policygen.web.views.others.forms import form_page, shown_form, shown_or_done


def review_page(asked: Asked) -> Response:
    """Take copies, show what they say, and then what taking some of it writes."""
    return form_page(asked, _done, _shown)


def review_file(asked: Asked) -> Response:
    """Return all that the copies say as a document."""
    ending = asked.names["ending"]
    return report_file(asked, f"review.{ending}", asked.desk(returned.Copies).read().report(ending))


def _done(asked: Asked) -> Response:
    copies = asked.desk(returned.Copies)
    if "file" in asked.files:
        copies.take(asked.files["file"])
    elif "away" in asked.typed:
        copies.put_away(asked.typed["away"])
    else:
        taken = copies.accepted(asked.typed)
        return shown_or_done(
            asked, "review", taken, partial(write_acceptance, asked.body.file, taken)
        )
    return go_to("body", asked.body.name, "review")


def _shown(asked: Asked, problems: Sequence[Problem]) -> Response:
    found = asked.desk(returned.Copies).read()
    return shown_form("review.html", asked, found.fields(), problems, of=returned, found=found)
