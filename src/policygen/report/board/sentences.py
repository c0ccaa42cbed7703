"""What a board paper says of a policy, in whole sentences."""

from __future__ import annotations

from policygen.model.comparison.board import BoardFindings
from policygen.model.document import Inlines, Text
from policygen.model.language import capitalise, format_day, join_names, localise
from policygen.model.policy import Policy
from policygen.model.profile import Assessment

_LANGUAGE = "en-GB"
NO_POLICY = (
    "No policy",
    "Staff and managers have the law and the disciplinary procedure alone.",
    "Nobody is told what they may post, and like posts may be treated unlike.",
)


def asked(found: BoardFindings) -> str:
    """Who is asked to do what, in one sentence."""
    control = found.policy.profile.policy
    role = capitalise(_text(control.approver.role)) if control.approver else "The board"
    return f"{role} must decide on {_version(found.policy)}."  # a role may be one or many


def decisions(found: BoardFindings, promised: int) -> list[str]:
    """Return what a board does by approving the policy, a line for each.

    `promised` is the number of its time limits and recurring duties.
    """
    policy = found.policy
    control = policy.profile.policy
    start = f", to hold from {format_day(control.issued, _LANGUAGE)}" if control.issued else ""
    lines = [f"Approve {_version(policy)} ({found.words:,} words of rules){start}."]
    if promised:
        limits = f"{_many(promised, 'time limit')} and recurring duties"
        lines.append(f"Provide the people and the money for the {limits} below.")
    if control.review_by:
        lines.append(f"Have it reviewed by {format_day(control.review_by, _LANGUAGE)}.")
    return lines


def reading_otherwise(which: Inlines, count: int, added: int) -> Inlines:
    """Say how many clauses would go or read otherwise, and which; and how many would come."""
    come = f" {_many(added, 'clause')} would come." if added else ""
    if not count:
        return (Text(f"No clause would read otherwise.{come}"),)
    said = f"{_many(count, 'clause')} would go or read otherwise: "
    return (Text(said), *which, Text(f".{come}"))


def changed(names: Inlines, gone: int) -> Inlines:
    """Say which clauses came or read otherwise, and how many went."""
    went = f" {_many(gone, 'clause')} went." if gone else ""
    if not names:
        return (Text(f"No clause came or reads otherwise.{went}"),)
    return (Text("New, or otherwise than before: "), *names, Text(f".{went}"))


def assessments(policy: Policy) -> list[str]:
    """Say what the equality and the privacy assessment found, or that there is none."""
    control = policy.profile.policy
    return [
        _assessment("equality", control.equality_assessment),
        _assessment("privacy", control.privacy_assessment),
    ]


def all_confirmed(count: int) -> str:
    """Say that every source is confirmed."""
    return f"Somebody has looked up each of the {_many(count, 'source')} that it relies on."


def recommendation(found: BoardFindings) -> list[str]:
    """Recommend to approve, or say first what stands in the way."""
    policy = found.policy
    matters = _open_matters(policy)
    once = f" once {join_names(matters)}" if matters else ""
    return [f"That {_version(policy)} be approved{once}."]


def _open_matters(policy: Policy) -> list[str]:
    control = policy.profile.policy
    matters: list[str] = []
    if policy.gaps:
        matters.append(f"it has the {_many(len(policy.gaps), 'fact')} that it lacks")
    if control.equality_assessment is None:
        matters.append("its effect on equality has been assessed")
    if control.privacy_assessment is None:
        matters.append("its effect on privacy has been assessed")
    waiting = sum(not policy.is_confirmed(source) for source in policy.sources)
    if waiting:
        matters.append(f"somebody has confirmed {_many(waiting, 'source')} that it relies on")
    return matters


def _assessment(of: str, found: Assessment | None) -> str:
    if found is None:
        return f"No assessment of {of} is recorded."
    day = format_day(found.date, _LANGUAGE)
    said = f" {_text(found.found)}" if found.found else " What it found is not recorded."
    return f"{capitalise(of)}, {day}:{said}"


def _version(policy: Policy) -> str:
    version = policy.profile.policy.version
    return f"version {version} of the social media policy" if version else "the social media policy"


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _text(words: object) -> str:
    return str(localise(words, _LANGUAGE))
