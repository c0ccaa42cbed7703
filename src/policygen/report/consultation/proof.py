"""Consultation -> Document: the record that what the policy promises of consultation was kept.

It is in English, as the commands are. A private person is never named in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from policygen.model import document as doc
from policygen.model.consultation.findings import ConsultationFindings
from policygen.model.consultation.record import Erasure, KeptFile, Response
from policygen.model.document import Block, Code, Text
from policygen.model.language import capitalise, format_day, join_names
from policygen.model.profile import Assessment
from policygen.report.consultation.letters import consultation_document
from policygen.report.consultation.period import keeps_promise, promised_time, working_days
from policygen.report.consultation.sentences import LANGUAGE, ResponseTeller, counted
from policygen.report.consultation.you_said import answer_table
from policygen.report.layout import CellContent, report_table, titled_group

_SHOWN = 16  # characters of a checksum: as many as tell any two files apart
_TITLE = "Record of the consultation"


def consultation_record(found: ConsultationFindings) -> doc.Document:
    """Lay out the record: what was promised and done, who answered what, and what is kept."""
    opened = found.log.consultation
    lead = f"Version {opened.version} of the social media policy, {_days(found)}."
    return consultation_document(
        found.policy, _TITLE, lead, tuple(_Record(found).parts()), LANGUAGE
    )


def _days(found: ConsultationFindings) -> str:
    opened = found.log.consultation
    return f"{_day(opened.opens)} to {_day(opened.closes)}"


def _day(day: date) -> str:
    return format_day(day, LANGUAGE)


class _Record:
    """The parts of one record."""

    def __init__(self, found: ConsultationFindings) -> None:
        self._found = found
        self._log = found.log
        # By clause, as everywhere else; the log has them as they came in.
        self._responses = [one for clause in found.clauses for one in clause.responses]
        self._teller = ResponseTeller(found.policy, found.log)

    def parts(self) -> Iterator[Block]:
        """Yield every part."""
        table = report_table(("What was due", "What was done"), self._promises())
        yield titled_group("promises", "What was due, and what was done", table)
        yield from self._bodies()
        private = [one for one in self._responses if not self._body(one)]
        if private:
            answers = answer_table(private, self._teller, by_clause=True)
            yield titled_group("private", "What private people said, and our answer", answers)
        yield titled_group("kept", "What is kept", *self._kept())

    def _body(self, one: Response) -> str:
        known = self._log.people.get(one.respondent)
        return known.body if known else ""

    def _promises(self) -> Iterator[tuple[CellContent, ...]]:
        found, opened = self._found, self._log.consultation
        control = found.policy.profile.policy
        unions = join_names(found.policy.profile.unions) or "those who speak for staff"
        told = f"The draft was out for comment from {_day(opened.opens)}."
        yield "Staff are told before a rule changes", told
        yield "The unions get the draft", f"A letter was made for {unions}."
        yield self._time()
        yield "A written answer", self._answered()
        marked = (
            "Every change is marked in changes.docx, which was made with the letters."
            if found.has_changes
            else ("No version was approved before, so there were no changes to mark.")
        )
        yield "Every change is marked", marked
        yield "What it means for equality", _assessed(control.equality_assessment)
        yield "What it means for privacy", _assessed(control.privacy_assessment)

    def _time(self) -> tuple[str, str]:
        policy, opened = self._found.policy, self._log.consultation
        promised = promised_time(policy)
        days = working_days(opened.opens, opened.closes)
        done = f"{_days(self._found)}: {counted(days, 'working day')}, public holidays counted."
        if keeps_promise(policy, opened) is False:
            done += " That is less than was promised."
        return f"{capitalise(promised)} to comment" if promised else "Time to comment", done

    def _answered(self) -> str:
        every, left = self._log.responses, len(self._log.open_responses)
        if not every:
            return "Nobody wrote."
        told = f"{counted(len(every), 'response')} from {self._teller.respondents(every)}"
        if not left:
            return f"{told}. Each has its answer below."
        return f"{told}. {left} {'is' if left == 1 else 'are'} not answered yet."

    def _bodies(self) -> Iterator[Block]:
        """Yield what each body said, in the order of names, with its written answers."""
        by_body: dict[str, list[Response]] = {}
        for one in self._responses:
            if body := self._body(one):
                by_body.setdefault(body, []).append(one)
        for number, (body, responses) in enumerate(sorted(by_body.items()), 1):
            table = answer_table(responses, self._teller, by_clause=True)
            yield titled_group(f"body-{number}", f"{capitalise(body)}, and our answer", table)

    def _kept(self) -> Iterator[Block]:
        keep_until = _day(self._log.consultation.keep_until)
        yield doc.Paragraph((Text(f"What people sent is kept until {keep_until}."),))
        if self._log.files:
            rows = [self._file(one) for one in self._log.files.values()]
            head = ("Checksum begins", "Size", "Received", "Kept")
            yield report_table(head, rows, shares=(5, 3, 4, 2))
            whole = "The log holds each checksum (sha256) whole, and ends with the one below."
            yield doc.Paragraph((Text(whole),))
        erased = sum(isinstance(one, Erasure) for one in self._log.entries)
        if erased:
            line = f"The name of {counted(erased, 'respondent')} was erased."
            yield doc.Paragraph((Text(line),))
        last = self._log.last
        parts = (last[at : at + _SHOWN] for at in range(0, len(last), _SHOWN))
        seal = (Text("The log ends with the checksum "), Code(" ".join(parts)), Text("."))
        yield doc.Paragraph(seal)

    def _file(self, one: KeptFile) -> tuple[CellContent, ...]:
        received = _day(one.received) if one.received else "not recorded"
        kept = "yes" if one.sha256 in self._found.kept else "erased"
        return one.sha256[:_SHOWN], f"{one.bytes:,} bytes", received, kept


def _assessed(found: Assessment | None) -> str:
    return f"Assessed on {_day(found.date)}." if found else "No assessment is recorded."
