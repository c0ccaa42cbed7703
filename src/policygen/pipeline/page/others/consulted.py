"""A consultation as the page shows it: what came back, who, what was answered, its papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from policygen.load.consultation.answers import read_answers
from policygen.load.consultation.folder import consultation_versions
from policygen.load.consultation.people import read_people
from policygen.load.consultation.record import PEOPLE_FOLDER, newest_consultation, read_log
from policygen.load.files import read_bytes
from policygen.load.records import RELEASES_FOLDER
from policygen.model.consultation.answer_sheet import GivenAnswer
from policygen.model.consultation.findings import ConsultationFindings
from policygen.model.consultation.record import Answer, Consultation, Verdict
from policygen.model.consultation.respondent import Respondent
from policygen.model.given_file import GivenFile
from policygen.model.language import format_day
from policygen.pipeline.consult.answer import Answered, answer
from policygen.pipeline.consult.collate import Collated, Sender, collate_files
from policygen.pipeline.consult.forget import Forgotten, forget
from policygen.pipeline.consult.open import LETTERS
from policygen.pipeline.consult.papers import (
    answer_sheet,
    consultation_findings,
    log_table,
    paper_document,
)
from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.others.entry import (
    FormEntry,
    boxes_field,
    choice_field,
    day_field,
    entry_line,
    files_field,
    line_field,
    needed_field,
)
from policygen.pipeline.page.others.uploads import Uploads, one_file, sent_files
from policygen.pipeline.page.profiles import Listed
from policygen.pipeline.workspace import Workspace
from policygen.problems import Location, PolicygenError, Problem
from policygen.report.consultation.sentences import LANGUAGE, ResponseTeller
from policygen.write.writer import writer

VERDICTS = {one.name.lower(): one.value.capitalize() for one in Verdict}
# Each paper by its key: what it is called, and the formats that it comes in.
PAPERS = {
    "log": ("What came back", ("html", "docx", "pdf", "csv")),
    "you-said": ("You said, we did", ("html", "docx", "pdf", "md")),
    "record": ("The record of the consultation", ("html", "docx", "pdf")),
    "sheet": ("A sheet to fill in answers on", ("xlsx", "csv")),
}
SENT_FIELDS = (
    files_field(
        ("file",),
        "Word files and comment forms that came back",
        "Word, XLSX or CSV. What is in the log already is not added again.",
    ),
    line_field(
        ("sender",),
        "Who sent them",
        hint="What bears no name in them is theirs: give it for a copy that was passed on.",
    ),
    line_field(("for",), "The body that they speak for"),
    day_field(("received",), "When they came in"),
)
ANSWERS_SHEET = files_field(("sheet",), "The sheet of answers, filled in")
OPEN_FIELD = needed_field(("summary",), "What you ask about, in a line")
CLEARED_FIELD = line_field(
    ("cleared",),
    "Who cleared it, where and when",
    hint="A binding clause is changed only where somebody cleared it.",
)
_SENT_TITLES = {
    "covering-letter": "A letter to everybody",
    "letter-to-unions": "A letter to the unions",
    "comment-form": "The comment form",
    "changes": "Every change since the version in force",
}
_PURPOSE = "consultation"  # of files that wait until somebody said whose they are
_LETTER_LIMIT = 50_000_000  # bytes


@dataclass(frozen=True, slots=True)
class ConsultationShown:
    """A consultation with all that the page shows of it; `last` is the state of its log."""

    consultation: Consultation
    versions: tuple[str, ...]
    last: str
    left: int  # responses that wait for an answer
    standing: Mapping[int, tuple[str, str]]  # the answer to each response: decision and reason
    entries: tuple[FormEntry, ...]
    forget: FormField | None
    files: Mapping[str, tuple[str, ...]]  # what is sent, by what it is called


@dataclass(frozen=True, slots=True)
class ConsultPage:
    """What the page shows: a consultation, if there is one, and what else can be asked for.

    `held` are the names of files that wait until somebody says whose they are.
    """

    shown: ConsultationShown | None
    held: tuple[str, ...] = ()
    sent: tuple[FormField, ...] = SENT_FIELDS
    sheet: FormField = ANSWERS_SHEET
    cleared: FormField = CLEARED_FIELD
    open: FormField = OPEN_FIELD
    papers: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=lambda: PAPERS)

    def fields(self) -> Iterator[FormField]:
        """Yield every field of the page."""
        yield from (*self.sent, self.sheet, self.cleared, self.open)
        if self.shown:
            yield from (field for entry in self.shown.entries for field in entry.fields)
            if self.shown.forget:
                yield self.shown.forget


@dataclass(frozen=True, slots=True)
class Consulting:
    """All that is done with a consultation of one body: of a version, or the newest."""

    body: Listed
    uploads: Uploads
    workspace: Workspace
    version: str

    @property
    def profile(self) -> Path:
        """The body's profile."""
        return self.body.file

    @property
    def waiting(self) -> str:
        """The keys of the files that wait until somebody says whose they are, in a text."""
        return " ".join(self.uploads.of(self.body.name, _PURPOSE))

    def page(self, keys: str = "") -> ConsultPage:
        """Return what the page shows, with the files of some keys if all of them wait still.

        Raises PolicygenError.
        """
        kept, wanted = self.uploads.of(self.body.name, _PURPOSE), keys.split()
        held = tuple(kept[key].name for key in wanted) if kept.keys() >= set(wanted) else ()
        return ConsultPage(self.shown(), held)

    def shown(self) -> ConsultationShown | None:
        """Return it as the page shows it; None where there is none yet. Raises PolicygenError."""
        return _shown(self.profile, self.workspace, self.version)

    def file(self, name: str) -> bytes | None:
        """Return a file that people are sent, or a paper such as `log.html`; None for no such one.

        Raises PolicygenError.
        """
        folder = newest_consultation(self.profile.parent, self.version)
        sent = _sent_files(self.profile, folder.name).get(name)
        if sent:
            return read_bytes(sent, _LETTER_LIMIT)
        paper, _, format = name.rpartition(".")
        if format not in PAPERS.get(paper, ("", ()))[1]:
            return None
        found = consultation_findings(self.profile, self.workspace, self.version)
        if paper == "sheet":
            return answer_sheet(found, format)
        if format == "csv":
            return log_table(found)
        return writer(format).write(paper_document(found, paper))

    def collate(self, sent: Iterable[tuple[str, bytes]], typed: Mapping[str, str]) -> Collated:
        """Add what was sent to the log. Raises PolicygenError; then nothing is added.

        Where nobody surely knows whose words those are, the files wait in memory, and are added
        once their keys are typed as `sure`: in the log they would stay as they are.
        """
        sender, name = typed_sender(typed), self.body.name
        files = self._held(typed["sure"]) if "sure" in typed else sent_files(sent)
        sender = replace(sender, is_sure="sure" in typed)
        found = collate_files(self.profile, files, self.workspace, sender, self.version)
        self.uploads.put_away(name, _PURPOSE)
        if found.is_doubtful:
            self.uploads.take(name, _PURPOSE, [(one.name, one.data) for one in files])
        return found

    def _held(self, keys: str) -> tuple[GivenFile, ...]:
        """Return the files that wait under some keys. Raises PolicygenError unless all are here."""
        kept, wanted = self.uploads.of(self.body.name, _PURPOSE), keys.split()
        if not wanted or not kept.keys() >= set(wanted):
            what = "What you sent is here no longer, so nothing was added."
            mend = "Choose the files again, and send them."
            raise PolicygenError([Problem(what, mend, code="PG906", field=("file",))])
        return tuple(kept[key] for key in wanted)

    def typed_sheet(self, sent: Iterable[tuple[str, bytes]]) -> dict[str, str]:
        """Return what a filled-in sheet says, as if it had been typed. Raises PolicygenError."""
        log = read_log(newest_consultation(self.profile.parent, self.version))
        opened = log.consultation
        given = read_answers(one_file(sent), f"{opened.organisation}@{opened.version}")
        read = answer(self.profile, given, self.workspace, self.version, dry_run=True)
        typed = {"version": self.version, "last": log.last}
        for one in read.meant:  # a row may be of a clause, and then of all that wait there
            typed[f"decision.{one.response}"] = one.verdict.name.lower()
            typed[f"because.{one.response}"] = one.because
            typed[f"cleared.{one.response}"] = read.cleared[one.response]
        return typed

    def answer(self, typed: Mapping[str, str], *, dry_run: bool = False) -> Answered:
        """Record the answers that were typed. Raises PolicygenError; then nothing is written."""
        given = typed_answers(self.shown(), typed)
        cleared = " ".join(typed.get("cleared", "").split())
        where = self.profile, given, self.workspace, self.version, cleared
        return answer(*where, dry_run=dry_run)

    def forget(self, names: str, *, dry_run: bool = False) -> Forgotten:
        """Erase respondents, whose numbers stand in a text. Raises PolicygenError."""
        listed = names.split()
        if not listed:
            what, mend = "Nobody is ticked.", "Tick whose names are to be erased."
            raise PolicygenError([Problem(what, mend, code="PG906", field=("forget",))])
        everybody = "everybody" in listed
        return forget(self.profile, listed, self.version, everybody=everybody, dry_run=dry_run)


def _shown(profile: Path, workspace: Workspace, version: str) -> ConsultationShown | None:
    versions = consultation_versions(profile.parent)
    if not versions:
        return None
    folder = newest_consultation(profile.parent, version)
    found = consultation_findings(profile, workspace, version)
    log = found.log
    return ConsultationShown(
        log.consultation,
        versions,
        log.last,
        len(log.open_responses),
        {one.id: _standing(log.answers.get(one.id)) for one in log.responses},
        tuple(_entries(found)),
        _forget_field(read_people(folder / PEOPLE_FOLDER).people),
        _by_title(_sent_files(profile, log.consultation.version)),
    )


def _standing(given: Answer | None) -> tuple[str, str]:
    return (given.verdict.name.lower(), given.because) if given else ("", "")


def _entries(found: ConsultationFindings) -> Iterator[FormEntry]:
    """Yield each response, by clause, with the fields of its answer."""
    teller = ResponseTeller(found.policy, found.log)
    for clause in found.clauses:
        for one in clause.responses:
            decision, because = _standing(found.log.answers.get(one.id))
            choices = VERDICTS if decision else {"": "Not decided yet", **VERDICTS}
            fields = (
                choice_field(("decision", str(one.id)), "Our decision", choices, decision),
                needed_field(("because", str(one.id)), "Why", because),
            )
            lines = (entry_line(teller.said(one)),)
            yield FormEntry(teller.clause(clause.clause), teller.did(one), lines, fields)


def _forget_field(people: Sequence[Respondent]) -> FormField | None:
    """Return the field to choose whose names are erased; None for nobody."""
    named = {one.id: f"{one.name}, for {one.body}" if one.body else one.name for one in people}
    every = {"everybody": "Everybody, and all that came back"}
    label = "Erase these names, and every file in which they wrote"
    hint = "What they said stays in the log, of nobody."
    return boxes_field(("forget",), label, {**named, **every}, hint=hint) if named else None


def _sent_files(profile: Path, version: str) -> dict[str, Path]:
    """Return what people are sent, by its name."""
    letters = newest_consultation(profile.parent, version) / LETTERS
    release = profile.parent / RELEASES_FOLDER / version
    found = [*sorted(letters.glob("*.*")), *sorted(release.glob("*.docx"))]
    return {path.name: path for path in found}


def _by_title(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return what people are sent by what it is called; what is no letter is the draft."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        title = _SENT_TITLES.get(name.partition(".")[0], "The draft, to write into")
        found[title] = (*found.get(title, ()), name)
    return found


def period_line(opened: Consultation, today: date | None) -> str:
    """Return when a version is out for comment, or was, and until when its answers are kept."""
    opens, closes, until = (
        format_day(day, LANGUAGE) for day in (opened.opens, opened.closes, opened.keep_until)
    )
    verb = "was" if today and today > opened.closes else "is"
    return (
        f"Version {opened.version} {verb} out for comment from {opens} to {closes}. "
        f"What people send is kept until {until}."
    )


def typed_sender(typed: Mapping[str, str]) -> Sender:
    """Return who sent some files, as it was typed. Raises PolicygenError for no day."""
    name, body, day = (" ".join(typed.get(f.name, "").split()) for f in SENT_FIELDS[1:])
    try:
        return Sender(name, body, date.fromisoformat(day) if day else None)
    except ValueError:
        what, mend = f'"{day}" is no day.', "Write year-month-day, like 2026-11-20."
        raise PolicygenError([Problem(what, mend, code="PG906", field=("received",))]) from None


def forgotten_line(gone: Forgotten) -> str:
    """Return whose names are erased, and how many files."""
    names, files = ", ".join(gone.respondents) or "nobody", len(gone.files)
    counted = f"{files} file{'' if files == 1 else 's'}"
    return (
        f"These are erased: the names of {names}, and {counted}. This cannot "
        "be undone. Backups, mailboxes and printed copies have them still: look there too."
    )


# --- Answers --------------------------------------------------------------------------------------


def typed_answers(
    shown: ConsultationShown | None, typed: Mapping[str, str]
) -> tuple[GivenAnswer, ...]:
    """Return the answers that were typed and are new: `decision.3`, with `because.3`.

    Raises PolicygenError for each that has no reason or no decision, with the name of its field.
    """
    if shown is None:
        what, mend = "No version is out for comment.", "Open a consultation first."
        raise PolicygenError([Problem(what, mend, code="PG693")])
    found: list[GivenAnswer] = []
    problems: list[Problem] = []
    if typed.get("last", shown.last) != shown.last:
        what = "The log has grown since this page was opened, so nothing was recorded."
        mend = "Look at what is new. What you typed stands below: send it again."
        raise PolicygenError([Problem(what, mend, code="PG902")])
    for id, standing in shown.standing.items():
        if f"decision.{id}" not in typed:  # a sheet has the rows that somebody filled in
            continue
        decision = typed[f"decision.{id}"]
        because = " ".join(typed.get(f"because.{id}", "").split())
        cleared_by = " ".join(typed.get(f"cleared.{id}", "").split())  # as a sheet has it
        # What was accepted is tried once more.
        is_again = decision == "accepted" and bool(cleared_by or typed.get("cleared", "").strip())
        if (decision, because) == standing and not is_again:
            continue
        if decision not in VERDICTS:
            what, mend = f"Response {id} has a reason without a decision.", "Choose one."
            problems.append(_fault(what, mend, "decision", id))
        elif not because:
            what = f"The answer to response {id} has no reason."
            mend = "Whoever wrote it gets a written answer: say why, in a line."
            problems.append(_fault(what, mend, "because", id))
        else:
            verdict = Verdict[decision.upper()]
            found.append(GivenAnswer(str(id), verdict, because, cleared_by=cleared_by))
    if not (found or problems):
        what, mend = "No answer is new.", "Decide on a response, and say why."
        problems.append(Problem(what, mend, code="PG906"))
    if problems:
        raise PolicygenError(problems)
    return tuple(found)


def _fault(what: str, mend: str, name: str, id: int) -> Problem:
    return Problem(what, mend, Location(), code="PG689", field=(name, str(id)))


def answered_line(done: Answered) -> str:
    """Return how many answers are recorded, and how many responses still wait for one."""
    count = len(done.added)
    answers = f"{count} answer{' is' if count == 1 else 's are'} recorded"
    return f"{answers}; {done.left} {'waits' if done.left == 1 else 'wait'} for one."
