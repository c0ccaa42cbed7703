"""What others bring: a policy to compare with, copies from Word, an old policy, a consultation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from starlette.responses import Response

from policygen.model.review.acceptance import NOTHING_WRITTEN
from policygen.pipeline.consult.open import open_consultation
from policygen.pipeline.match.apply import apply_decisions
from policygen.pipeline.page.others import compared, consulted, matched, returned
from policygen.pipeline.page.others.uploads import Uploads
from policygen.pipeline.page.profiles import Listed, require_unchanged
from policygen.pipeline.workspace import Workspace
from policygen.problems import Problem
from policygen.web.asked import Asked, go_to
from policygen.web.forms import form_page, shown_form, shown_or_done
from policygen.web.pages import report_file


def report_download(asked: Asked) -> Response:
    """Return the change report, what copies say, or a worksheet: for a frame, or to be saved."""
    name, ending = asked.names["report"], asked.names["ending"]
    key = asked.query.get("other", "") or asked.query.get("document", "")
    reports: dict[str, Callable[[], bytes | None]] = {
        "changes": lambda: _neighbours(asked).report(key, ending),
        "review": lambda: returned.Copies(*_sent(asked)).read().report(ending),
        "worksheet": lambda: matched.OldPolicies(*_sent(asked)).report(key, ending),
    }
    report = reports[name]() if name in reports else None
    return report_file(asked, f"{name}.{ending}", report)


def _sent(asked: Asked) -> tuple[Listed, Uploads, Workspace]:
    """Return the user's own profile, and what was sent for it."""
    return asked.own_body, asked.session.uploads, asked.session.workspace


def compare_page(asked: Asked) -> Response:
    """Ask with what, show how the two differ, or take a file to compare with."""
    return form_page(asked, _compare, _compared)


def _neighbours(asked: Asked) -> compared.Neighbours:
    session = asked.session
    return compared.Neighbours(asked.body, session.listed, session.uploads, session.workspace)


def _compare(asked: Asked) -> Response:
    key = _neighbours(asked).take(asked.files.get("file", ()))
    return go_to("body", asked.body.name, "compare", other=key)


def _compared(asked: Asked, problems: Sequence[Problem]) -> Response:
    page = _neighbours(asked).page(asked.query.get("other", ""))
    return shown_form("compare.html", asked, page, problems)


def review_page(asked: Asked) -> Response:
    """Take copies, show what they say, and then what taking some of it writes."""
    return form_page(asked, _review, _reviewed)


def _review(asked: Asked) -> Response:
    copies = returned.Copies(*_sent(asked))
    if "file" in asked.files:
        copies.take(asked.files["file"])
    elif "away" in asked.typed:
        copies.put_away(asked.typed["away"])
    else:
        taken = copies.accepted(asked.typed)
        write = partial(returned.write_taken, asked.body.file, taken)
        return shown_or_done(asked, "review", taken, write)
    return go_to("body", asked.body.name, "review")


def _reviewed(asked: Asked, problems: Sequence[Problem]) -> Response:
    return shown_form("review.html", asked, returned.Copies(*_sent(asked)).read(), problems)


def match_page(asked: Asked) -> Response:
    """Take an old policy, show its worksheet, remember what is decided, and write it."""
    return form_page(asked, _match, _matched)


def _match(asked: Asked) -> Response:
    old, typed, file = matched.OldPolicies(*_sent(asked)), asked.typed, asked.own_body.file
    document, section = typed.get("document", ""), typed.get("section", "")
    if "file" in asked.files:
        return go_to("body", asked.body.name, "match", document=old.take(asked.files["file"]))
    if "sheet" in asked.files:
        old.save_sheet(document, asked.files["sheet"])
    elif section:
        old.save_rows(document, section, typed)
        section = old.following(document, section) if "next" in typed else section
    elif "unsaid" in typed:
        old.save_unsaid(document, typed)
    else:
        taken = apply_decisions(file, old.matching(document), asked.session.workspace)
        return shown_or_done(asked, "match", taken, partial(returned.write_taken, file, taken))
    return go_to("body", asked.body.name, "match", document=document, section=section, saved=1)


def _matched(asked: Asked, problems: Sequence[Problem]) -> Response:
    query = {**asked.query, **asked.typed}
    old = matched.OldPolicies(*_sent(asked))
    page = old.page(query.get("document", ""), query.get("section", ""))
    said = {one: one in query and not problems for one in ("saved", "begun")}
    return shown_form("match.html", asked, page, problems, **said)


def consult_page(asked: Asked) -> Response:
    """Show a consultation, or do what one of its forms asks for."""
    return form_page(asked, _consult, _consulted)


def consult_file(asked: Asked) -> Response:
    """Return one of the files that people are sent, or a paper."""
    name = asked.names["file"]
    return report_file(asked, name, _consulting(asked).file(name))


def _consulting(asked: Asked) -> consulted.Consulting:
    version = asked.typed.get("version", "") or asked.query.get("version", "")
    return consulted.Consulting(*_sent(asked), version)


def _consult(asked: Asked) -> Response:
    consulting = _consulting(asked)
    if "file" in asked.files or "sure" in asked.typed:
        collated = consulting.collate(asked.files.get("file", ()), asked.typed)
        typed = {"version": consulting.version}
        if collated.is_doubtful:
            typed = {**asked.typed, "sure": consulting.waiting}
        return _consulted(replace(asked, typed=typed), (), collated=collated)
    if "erase" in asked.typed:
        erase = partial(consulting.forget, asked.typed.get("forget", ""))
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


def _consulted(asked: Asked, problems: Sequence[Problem], **values: object) -> Response:
    values["profile_text"] = asked.session.read(asked.own_body)
    page = _consulting(asked).page(asked.typed.get("sure", ""))
    if page.shown:
        today = asked.session.day()
        values["period"] = consulted.period_line(page.shown.consultation, today)
    return shown_form("consult.html", asked, page, problems, **values)
