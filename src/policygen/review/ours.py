"""What of a copy is in our own words already: accepted before, or thought of by ourselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policygen.model.document import MATTER_INDEX, Blocks
from policygen.model.policy import Policy
from policygen.model.review.review import FactEdit, ReturnedEdit, ReturnedEditKind
from policygen.model.wording import printed_facts
from policygen.review.block_lines import lines_of
from policygen.review.clause import line_words, restored
from policygen.review.line_key import line_key, without_numbers

_NUMBER = re.compile(r"\d+(?:\.\d+)+")


def says_same(sent: Blocks, returned: Blocks, today: Blocks, label: str) -> bool:
    """Tell whether a part says today what came back, whatever the values of its facts.

    `label` is how the number of a clause is printed.
    """
    return printed_keys(restored(sent, returned).blocks, label) == printed_keys(today, label)


def printed_keys(blocks: Blocks, label: str) -> tuple[str, ...]:
    """Return the keys of all lines of a part that say something."""
    lines = (without_numbers(line, label) for line in lines_of(blocks) if line_words(line))
    return tuple(line_key(line) for line in lines)


@dataclass(frozen=True, slots=True)
class OursToday:
    """What today's policy says already: the parts that say what came back, what is moved still.

    `words` are those of each clause, for a passage that has become one.
    """

    policy: Policy
    same: frozenset[str]
    moved: frozenset[str]
    words: tuple[str, ...]


def edits_to_decide(edits: Iterable[ReturnedEdit], today: OursToday) -> tuple[ReturnedEdit, ...]:
    """Return the edits that are not made yet."""
    return tuple(edit for edit in edits if not _is_made(edit, today))


def _is_made(edit: ReturnedEdit, today: OursToday) -> bool:
    match edit.kind:
        case ReturnedEditKind.DELETED:
            clause = today.policy.clause(edit.place)
            return clause is None or bool(clause.omission)
        case ReturnedEditKind.MOVED:
            return edit.place not in today.moved
        case ReturnedEditKind.ADDED:
            return any(words.startswith(edit.after) for words in today.words)
        case _:
            return edit.place in today.same or _is_made_of_labels(edit)


def _is_made_of_labels(edit: ReturnedEdit) -> bool:
    """Tell whether the index differs by labels alone: ours have changed since, at the clauses."""
    is_index = edit.place == MATTER_INDEX and not edit.hand.author
    before, after = (sorted(_NUMBER.findall(words)) for words in (edit.before, edit.after))
    return is_index and before == after


def values_to_decide(edits: Sequence[FactEdit], today: Policy) -> tuple[FactEdit, ...]:
    """Return the changed values that today's policy does not print yet."""
    return tuple(edit for edit in edits if not prints_value(today, edit.path, edit.after))


def prints_value(policy: Policy, path: str, text: str) -> bool:
    """Tell whether a policy prints a fact with a text, wherever it prints it: on its cover, too."""
    wanted = " ".join(text.split())
    local = policy.profile.local_names.items()
    on_cover = {f"organisation.local_names.{language}": name for language, name in local}
    if (on_cover | {"organisation.name": policy.profile.name}).get(path) == wanted:
        return True
    wordings = (telling.wording for clause in policy.clauses() for telling in clause.tellings)
    printed = (fact for one in wordings for fact in printed_facts(one.pieces))
    return any(one.fact == path and " ".join(one.text.split()) == wanted for one in printed)
