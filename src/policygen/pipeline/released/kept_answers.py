"""Whether a policy holds what its consultation was answered: each response, and each accepted edit.

Everybody who wrote is told what was accepted. So before that version is released, what waits for
an answer, and what was accepted and stands nowhere, is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from policygen.load.consultation.folder import CONSULTATIONS_FOLDER, consultation_versions
from policygen.load.consultation.record import read_log
from policygen.model.consultation.log import ConsultationLog
from policygen.model.consultation.record import Response, ResponseKind, Verdict
from policygen.model.fragment import Organisation
from policygen.model.policy import Policy
from policygen.model.returned.known import known_parts
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import present
from policygen.problems import Level, Message, PolicygenError, Problem

_CODE = "PG699"


def answer_faults(
    profile: Path, organisation: Organisation, policies: Sequence[Policy], workspace: Workspace
) -> tuple[Problem, ...]:
    """Return a warning for each promise of the newest consultation that a policy does not keep.

    None where a version was released since, or where the draft is still out for comment.
    """
    versions = consultation_versions(profile.parent)
    released = [one.version for one in organisation.history]
    is_approved = organisation.profile.policy.status == "approved"
    if not (versions and policies and is_approved and released[-1:] == [versions[-1]]):
        return ()
    try:
        log = read_log(profile.parent / CONSULTATIONS_FOLDER / versions[-1])
    except PolicygenError:
        return ()  # told of the consultation itself
    return tuple(_faults(log, policies[0], workspace))


def _faults(log: ConsultationLog, policy: Policy, workspace: Workspace) -> Iterator[Problem]:
    # Hardly any `check` comes here, so none pays for what this needs.
    from policygen.report.consultation.sentences import ResponseTeller, counted

    version = log.consultation.version
    if left := len(log.open_responses):
        verb = "waits" if left == 1 else "wait"
        yield Problem(
            f"{counted(left, 'response')} to the consultation on {version} {verb} for an answer.",
            Message(
                "Whoever wrote was promised one: `policygen consult answer PROFILE --ask`.",
                on_page="Whoever wrote was promised one: give it on the page Consultation.",
            ),
            level=Level.WARNING,
            code=_CODE,
        )
    accepted = [
        one
        for one in log.responses
        if one.id in log.answers and log.answers[one.id].verdict is Verdict.ACCEPTED
    ]
    if not accepted:
        return
    teller = ResponseTeller(policy, log)
    words = _words_by_clause(policy, workspace)
    for one in accepted:
        if not _is_held(one, policy, words):
            yield Problem(
                f"Response {one.id} on {teller.clause(one.clause)} was accepted, and the policy "
                f"does not hold it. {teller.said(one)}",
                Message(
                    "Write it into your own words (`policygen edit PROFILE CLAUSE`), or answer it "
                    "once more, as partly accepted, with what you did in its place.",
                    on_page="Write it into your own words: find the clause on the page Contents. "
                    "Or answer it once more, as partly accepted, with what you did in its place.",
                ),
                level=Level.WARNING,
                code=_CODE,
            )


def _words_by_clause(policy: Policy, workspace: Workspace) -> dict[str, str]:
    """Return all that each clause and section prints, at every depth, by its id; "" for all."""
    from policygen.review.clause import clause_words

    editions = policy.outline.editions
    full = next(key for key, one in editions.items() if one == policy.outline.full)
    document = present(policy, full, workspace.caches.prose)
    found: dict[str, str] = {}
    for part in known_parts(document):
        text = clause_words(part.blocks)
        found[part.id] = f"{found.get(part.id, '')}\n{text}"
        found[""] = f"{found.get('', '')}\n{text}"
    for clause in policy.clauses():  # a snapshot prints words that the full story lacks
        told = "\n".join(one.wording.text for one in clause.tellings)
        found[clause.id] = f"{found.get(clause.id, '')}\n{told}"
    return found


def _is_held(one: Response, policy: Policy, words: dict[str, str]) -> bool:
    """Tell whether a policy says what an accepted response would have."""
    from policygen.review.ours import prints_value

    match one.kind:
        case ResponseKind.COMMENT | ResponseKind.MOVED:
            return True
        case ResponseKind.VALUE:
            return prints_value(policy, one.fact, one.after)
        case ResponseKind.DELETED:
            clause = policy.clause(one.clause)
            return clause is None or bool(clause.omission)
        case ResponseKind.ADDED | ResponseKind.PROPOSAL:
            return _holds(words.get("", ""), "", one.after)
        case ResponseKind.REWORDED:
            return _holds(words.get(one.clause, ""), one.before, one.after)


def _holds(today: str, before: str, after: str) -> bool:
    """Tell whether a text holds what changed from `before` to `after`.

    Each run of new words stands there after the word before it, or before the word that follows:
    on the other side somebody else may have changed something. What went is no more between both.
    """
    text = _spaced(today.split())
    old, new = before.split(), after.split()
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "delete" and _spaced(old[max(i - 1, 0) : j + 1]) in text:
            return False
        if tag in ("insert", "replace") and not (
            _spaced(new[max(k - 1, 0) : m]) in text or _spaced(new[k : m + 1]) in text
        ):
            return False
    return True


def _spaced(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "
