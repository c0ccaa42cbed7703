"""What people did in a consultation, in sentences. A private person is never named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from policygen.diff.facts import names_of_commitments
from policygen.model.consultation.log import ConsultationLog
from policygen.model.consultation.record import WHOLE_POLICY, Response, ResponseKind
from policygen.model.language import capitalise, format_day, join_names
from policygen.model.policy import Policy
from policygen.report.sentences import fact_title

LANGUAGE = "en-GB"
_SHORT = 120  # characters of quoted words that are told whole
_DID = {
    ResponseKind.REWORDED: "reworded it",
    ResponseKind.ADDED: "added a passage",
    ResponseKind.DELETED: "deleted it",
    ResponseKind.MOVED: "moved it",
    ResponseKind.COMMENT: "commented",
    ResponseKind.PROPOSAL: "would rather see other words",
}


class ResponseTeller:
    """Tells the responses of one consultation."""

    def __init__(self, policy: Policy, log: ConsultationLog) -> None:
        self.log = log
        self._facts = names_of_commitments(policy)
        self._clauses = {WHOLE_POLICY: "The policy as a whole"}
        for section in policy.sections:
            name = (section.label or section.title).text
            self._clauses[section.id] = f"{section.number} {name}".strip()
        for clause in policy.clauses():
            name = (clause.label or clause.title).text
            self._clauses[clause.id] = f"{clause.number} {name}".strip()

    def clause(self, id: str) -> str:
        """Return the number and name of a clause or a section."""
        return self._clauses.get(id, id)

    def fact(self, path: str) -> str:
        """Return what people call a fact, at the start of a line."""
        return fact_title(path, self._facts.get(path, ""))

    def who(self, respondent: str) -> str:
        """Return whom to print: the name of a body, or the number of a private person."""
        known = self.log.people.get(respondent)
        return capitalise(known.body) if known and known.body else f"{respondent} (private)"

    def did(self, one: Response) -> str:
        """Return who did what, and when: `3. UNISON reworded it, 4 December 2026.`."""
        did = _DID.get(one.kind) or f"changed a value: {self.fact(one.fact)}"
        day = day_of(one)
        return f"{one.id}. {self.who(one.respondent)} {did}{f', {day}' if day else ''}."

    def text(self, words: str) -> str:
        """Return what somebody wrote, with a mark where the log has left a name out."""
        return _NAME.sub("[name]", words)

    def said(self, one: Response) -> str:
        """Return in one line what somebody said, or would have."""
        match one.kind:
            case ResponseKind.COMMENT:
                about = f"On “{_shortened(one.before)}”: " if one.before else ""
                said = f"{about}{one.said}"
            case ResponseKind.VALUE:
                said = f"{self.fact(one.fact)}: {one.after} instead of {one.before}."
            case ResponseKind.DELETED:
                said = "Take the clause out."
            case ResponseKind.MOVED:
                said = "Move the clause."
            case ResponseKind.ADDED:
                said = f"Add: “{one.after}”"
            case ResponseKind.REWORDED:
                said = _reworded(one)
            case ResponseKind.PROPOSAL:
                said = f"Say: “{one.after}”"
        return self.text(" ".join(said.split()))

    def respondents(self, responses: Iterable[Response]) -> str:
        """Return who answered: `UNISON, the GMB and 3 private people`."""
        ids = dict.fromkeys(one.respondent for one in responses)
        people = [self.log.people.get(id) for id in ids]
        bodies = sorted({one.body for one in people if one and one.body})
        private = sum(one is None or not one.body for one in people)
        told = [f"{private} private {'person' if private == 1 else 'people'}"] if private else []
        return join_names([*bodies, *told]) or "nobody"


def day_of(one: Response) -> str:
    """Return the day of a response in full, or "" where its file has none."""
    try:
        return format_day(date.fromisoformat(one.date[:10]), LANGUAGE)
    except ValueError:
        return ""


def as_sentence(text: str) -> str:
    """Return a text with a full stop where it has no end of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: `1 comment`, `2 comments`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


_NAME = re.compile(r"\[r[0-9]+\]")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def _reworded(one: Response) -> str:
    """Return the sentences that a rewording has and what was sent lacks, or those that it lacks."""
    before, after = (
        [part for line in text.split("\n") for part in _SENTENCE.split(line)]
        for text in (one.before, one.after)
    )
    if new := [part for part in after if part not in before]:
        return f"Say: “{' '.join(new)}”"
    return f"Take out: “{' '.join(part for part in before if part not in after)}”"


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT].rstrip()}…"
