"""What a board hears of those who were asked: how many, what became of it, what was declined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from policygen.model.comparison.board import BoardFindings
from policygen.model.consultation.log import ConsultationLog
from policygen.model.consultation.record import Response, Verdict
from policygen.model.language import format_day, join_names
from policygen.report.consultation.sentences import ResponseTeller, as_sentence, counted

_LANGUAGE = "en-GB"
_QUOTED = 3  # of what bodies said and the body did not take; the record has all
_LONGEST = 160  # characters of what is quoted


def asked_people(found: BoardFindings) -> list[str]:
    """Say which versions were out for comment, what came of it, and which unions there are."""
    lines = list(_of_log(found, found.log) if found.log else _of_history(found))
    if not lines:
        lines = ["No version was released for comment: say here who was asked, and what they said."]
    unions = found.policy.profile.unions
    if unions:
        lines.append(f"Recognised unions: {join_names(unions)}.")
    return lines


def _of_history(found: BoardFindings) -> Iterator[str]:
    for entry in found.policy.history:
        if entry.status == "consultation":
            day = format_day(entry.issued, _LANGUAGE)
            yield f"Version {entry.version} was out for comment on {day}."


def _of_log(found: BoardFindings, log: ConsultationLog) -> Iterator[str]:
    """Yield what the log holds, as a board hears it: no private person's words or name."""
    teller = ResponseTeller(found.policy, log)
    opened = log.consultation
    days = f"{format_day(opened.opens, _LANGUAGE)} to {format_day(opened.closes, _LANGUAGE)}"
    every = log.responses
    came = f"{counted(len(every), 'response')} from {teller.respondents(every)}"
    told = came if every else "nobody answered"
    yield f"Version {opened.version} was out for comment from {days}: {told}."
    if every:
        yield _decided(log)
    declined = [one for one in every if _is_declined_to_a_body(one, log)]
    for one in declined[:_QUOTED]:
        yield _declined(one, teller)
    if len(declined) > _QUOTED:
        more = counted(len(declined) - _QUOTED, "point")
        yield f"{more} more of bodies that spoke up were not taken: the record has them."


def _decided(log: ConsultationLog) -> str:
    counts = Counter(one.verdict for one in log.answers.values())
    told = [
        f"{counts[one]} {_be(counts[one], 'was')} {one.value}" for one in Verdict if counts[one]
    ]
    waiting = len(log.open_responses)
    if waiting:
        told.append(f"{waiting} {_be(waiting, 'is')} not answered yet")
    return f"Of these, {join_names(told)}."


def _be(count: int, verb: str) -> str:
    return verb if count == 1 else {"was": "were", "is": "are"}[verb]


def _is_declined_to_a_body(one: Response, log: ConsultationLog) -> bool:
    answer, known = log.answers.get(one.id), log.people.get(one.respondent)
    is_declined = answer is not None and answer.verdict is Verdict.DECLINED
    return is_declined and known is not None and bool(known.body)


def _declined(one: Response, teller: ResponseTeller) -> str:
    answer = teller.log.answers[one.id]
    said = teller.said(one)
    quoted = said if len(said) <= _LONGEST else f"{said[:_LONGEST].rstrip()}…"
    where = f"{teller.who(one.respondent)}, on {teller.clause(one.clause)}: {as_sentence(quoted)}"
    return f"Not taken: {where} {as_sentence(answer.because)}"
