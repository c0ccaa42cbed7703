"""What a worksheet finds, in sentences."""

from __future__ import annotations

from policygen.model.existing.policy import ExistingPassage
from policygen.model.language import capitalise, join_names
from policygen.model.matching.decision import ClauseDecision, Coverage, Keep
from policygen.model.matching.ranking import Likelihood
from policygen.model.matching.worksheet import ClauseRow, PassageRow, ValueDifference, Worksheet

LOOSE_TITLE = "Passages without a clause"  # that answers them, or that somebody chose for them
_SHOWN = 240  # characters of a passage
_KINDS = {"time": "", "age": "an age of ", "role": ""}


def worksheet_finding(sheet: Worksheet) -> str:
    """Return how much is decided, or how much there is to decide and by whom."""
    if any(row.decision for row in sheet.clauses):
        return decided_line(sheet)
    likely = sum(bool(row.likely) for row in sheet.clauses)
    every, passages = len(sheet.clauses), len(sheet.passages)
    which = "the one passage" if passages == 1 else f"one of the {passages} passages"
    return (
        f"For {likely} of {every} clauses, {which} of {sheet.existing.file} may say it already. "
        "A computer found them by their words: you decide."
    )


def decided_line(sheet: Worksheet) -> str:
    """Return how much is decided and how much is left."""
    found = [row.decision.found for row in sheet.clauses if row.decision and not row.due]
    counts = (f"{found.count(one)} {one.value}" for one in Coverage)
    left = len(sheet.due)
    kept = sum(row.own is not None for row in sheet.passages)
    own = f" {kept} kept as rules of your own." if kept else ""
    told = f"Decided: {join_names(list(counts))}.{own} {left} of {len(sheet.clauses)} are left."
    loose = sum(row.own is None for row in sheet.loose)
    stand = "1 passage stands" if loose == 1 else f"{loose} passages stand"
    return f"{told} {stand} at no clause." if loose else told


_KEPT = {
    Keep.OURS: "",
    Keep.THEIRS: " Your own words are kept.",
    Keep.ELSEWHERE: " It stands elsewhere, and is left out here.",
}


def decision_line(decision: ClauseDecision) -> str:
    """Return what was decided: `Covered. Your own words are kept. Agreed with the union.`."""
    kept = "" if decision.found is Coverage.NOT_FOUND else _KEPT[decision.keep]
    taken = " Your value is taken." if decision.take_value else ""
    note = f" {decision.note.rstrip('.')}." if decision.note else ""
    return f"{capitalise(decision.found.value)}.{kept}{taken}{note}"


def own_line(row: PassageRow) -> str:
    """Return as which clause a passage is kept; "" for one that is not."""
    return f", kept as {row.own.id}" if row.own else ""


def passage_place(passage: ExistingPassage) -> str:
    """Return where a passage stands: `Passage 12 (3.1.2), under 3.1 Passwords`."""
    under = f", under {passage.headings[-1]}" if passage.headings else ""
    mark = f" ({passage.mark})" if passage.mark else ""
    return f"Passage {passage.number}{mark}{under}"


def passage_words(passage: ExistingPassage, most: int = _SHOWN) -> str:
    """Return the beginning of a passage, on one line."""
    line = " ".join(passage.text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def difference_line(difference: ValueDifference) -> str:
    """Return what differs: `It says 3 days, the clause 1 day.`."""
    kind = _KINDS.get(difference.kind, "")
    theirs, ours = join_names(list(difference.theirs)), join_names(list(difference.ours))
    if difference.kind == "role":
        return f"It names {theirs}, the clause {ours}."
    return f"It says {kind}{theirs}, the clause {kind}{ours}."


def unsaid_line(sheet: Worksheet) -> str:
    """Return for how many clauses no passage was found; "" for none."""
    count = len(sheet.unsaid)
    clauses = "1 clause" if count == 1 else f"{count} clauses"
    return f"For {clauses} no passage was found." if count else ""


def title_line(row: ClauseRow) -> str:
    """Return the title of a clause as a sentence; "" where its name says the same."""
    title = row.clause.title
    if title == row.clause.name:
        return ""
    return title if title.endswith(("?", "!")) else f"{title}."


def taken_line(row: ClauseRow) -> str:
    """Return why our policy does not print a clause; "" for one that it prints."""
    if row.is_taken:
        return ""
    if row.clause.needs:
        return f"Your policy would print it if your profile said so: {row.clause.needs}."
    return "Your policy leaves it out."


def nothing_line(row: ClauseRow) -> str:
    """Return the title of a clause without a likely passage, and which comes nearest."""
    nearest = f"The nearest is passage {row.passages[0].number}." if row.passages else ""
    return " ".join(filter(None, (title_line(row), nearest)))


LIKELIHOOD_WORDS = {
    Likelihood.LIKELY: "likely",
    Likelihood.PERHAPS: "perhaps",
    Likelihood.UNLIKELY: "unlikely",
}
