"""An old policy: set beside the clauses, decided row by row, and taken into the own words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from starlette.responses import Response

from policygen.pipeline.match.apply import apply_decisions
from policygen.pipeline.page.others import matched
from policygen.pipeline.returned.accept import write_acceptance
from policygen.problems import Problem
from policygen.web.asked import Asked, go_to
from policygen.web.pages import report_file
from policygen.web.views.others.forms import form_page, shown_form, shown_or_done


def match_page(asked: Asked) -> Response:
    """Take an old policy, show its worksheet, remember what is decided, and write it."""
    return form_page(asked, _done, _shown)


def sheet_download(asked: Asked) -> Response:
    """Return the worksheet."""
    key, ending = asked.query.get("document", ""), asked.names["ending"]
    report = asked.desk(matched.OldPolicies).report(key, ending)
    return report_file(asked, f"worksheet.{ending}", report)


def _done(asked: Asked) -> Response:
    old, typed, file = asked.desk(matched.OldPolicies), asked.typed, asked.own_body.file
    document, section = typed.get("document", ""), typed.get("section", "")
    if "file" in asked.files:
        return go_to("body", asked.body.name, "match", document=old.take(asked.files["file"]))
    if "sheet" in asked.files:
        old.save_sheet(document, asked.files["sheet"])
    elif section:
        old.save_rows(document, section, typed)
    else:
        taken = apply_decisions(file, old.matching(document), asked.session.workspace)
        return shown_or_done(asked, "match", taken, partial(write_acceptance, file, taken))
    return go_to("body", asked.body.name, "match", document=document, section=section, saved=1)


def _shown(asked: Asked, problems: Sequence[Problem]) -> Response:
    query = {**asked.query, **asked.typed}
    page = asked.desk(matched.OldPolicies).page(query.get("document", ""), query.get("section", ""))
    saved = "saved" in query and not problems
    return shown_form(
        "match.html",
        asked,
        page.fields(),
        problems,
        page=page,
        saved=saved,
        begun="begun" in query and not problems,
    )
