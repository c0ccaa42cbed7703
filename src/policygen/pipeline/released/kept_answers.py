"""Whether a policy holds what its consultation was answered: each response, and each accepted edit.

Everybody who wrote is told what was accepted. So before that version is released, what waits for
an answer, and what was accepted and stands nowhere, is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
_NAME = re.compile(r"\[(r[0-9]+)\]")
_BULLET = re.compile(r"^\s*[-*•]\s+", re.MULTILINE)
_ADDRESS = r"(?:@[\w.-]*\w)?"
_ANY_NAME = r"\S{1,60}(?: \S{1,60}){0,4}?"


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
    return tuple(_faults(log, policies, workspace))


def _faults(
    log: ConsultationLog, policies: Sequence[Policy], workspace: Workspace
) -> Iterator[Problem]:
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
    teller = ResponseTeller(policies[0], log)
    # A copy may have come back in any of the languages.
    names = {id: one.name for id, one in log.people.items()}
    told = [_Told(policy, _words_by_clause(policy, workspace), names) for policy in policies]
    for one in accepted:
        if not any(of_language.holds(one) for of_language in told):
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
    from policygen.markdown.prose import parse_blocks
    from policygen.review.clause import clause_words
    from policygen.review.front import front_parts

    editions, labels = policy.outline.editions, policy.outline.labels
    full = next(key for key, one in editions.items() if one == policy.outline.full)
    document = present(policy, full, workspace.caches.prose)
    found: dict[str, str] = {}
    for part in (*known_parts(document), *front_parts(policy, document)):
        text = clause_words(part.blocks)
        found[part.id] = f"{found.get(part.id, '')}\n{text}"
        found[""] = f"{found.get('', '')}\n{text}"
    for clause in policy.clauses():  # a snapshot prints words that the full story lacks
        told = (clause_words(parse_blocks(one.wording, labels)) for one in clause.tellings)
        found[clause.id] = "\n".join((found.get(clause.id, ""), *told))
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """What a policy says in one language, by clause; and the respondents whose names are known.

    The log holds their ids in the place of names: `[r3]`.
    """

    policy: Policy
    words: Mapping[str, str]
    names: Mapping[str, str]

    def holds(self, one: Response) -> bool:
        """Tell whether the policy says what an accepted response would have."""
        from policygen.review.ours import prints_value

        match one.kind:
            case ResponseKind.COMMENT | ResponseKind.MOVED:
                return True
            case ResponseKind.VALUE:
                after = _NAME.sub(lambda found: self.names.get(found[1], found[0]), one.after)
                if _NAME.search(after):  # nobody knows what it became; it is not what it was
                    return not prints_value(self.policy, one.fact, one.before)
                return prints_value(self.policy, one.fact, after)
            case ResponseKind.DELETED:
                clause = self.policy.clause(one.clause)
                return clause is None or bool(clause.omission)
            case ResponseKind.PROPOSAL:  # typed into a form, perhaps as a list
                return self._says("", "", _BULLET.sub("", one.after))
            case ResponseKind.ADDED:
                return self._says("", "", one.after)
            case ResponseKind.REWORDED:
                return self._says(one.clause, one.before, one.after)

    def _says(self, clause: str, before: str, after: str) -> bool:
        """Tell whether a clause holds what changed from `before` to `after`.

        Each run of new words stands there after the word before it, or before the word that
        follows: on the other side somebody else may have changed something. What went is no more
        between both.
        """
        text = _spaced(self.words.get(clause, "").split())
        old, new = (self._own_words(words).split() for words in (before, after))
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "delete" and _spaced(old[max(i - 1, 0) : j + 1]) in text:
                return False
            runs = new[max(k - 1, 0) : m], new[k : m + 1]
            if tag in ("insert", "replace") and not any(self._stands(run, text) for run in runs):
                return False
        return True

    def _own_words(self, words: str) -> str:
        """Return words without the line that a draft alone prints, by which one can comment."""
        before, _, after = self.policy.outline.labels["comment"].partition("{clause}")
        line = rf"^{re.escape(before)}[\w.]+?{re.escape(after)}\.?$"
        return re.sub(line, "", words, flags=re.MULTILINE)

    def _stands(self, words: Sequence[str], text: str) -> bool:
        """Tell whether some words stand in a text; any stand for a name that was erased."""
        parts = _NAME.split(_spaced(words))  # every second one is an id
        parts[::2] = map(re.escape, parts[::2])
        parts[1::2] = [self._pattern(id) for id in parts[1::2]]
        return bool(re.search("".join(parts), text))

    def _pattern(self, id: str) -> str:
        name = self.names.get(id, "").split()
        return f"(?i:{'.?'.join(map(re.escape, name))}){_ADDRESS}" if name else _ANY_NAME


def _spaced(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "
