"""The clauses that a body puts its own way: which are stale, kept as they are, or taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from policygen.load.profile.profile import load_organisation
from policygen.model.fragment import Edit
from policygen.model.provenance import ClauseTrace
from policygen.pipeline.accept import accept
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.page.undo import undoable
from policygen.pipeline.page.words.printed import policy_of_words
from policygen.pipeline.returned.own_words import OwnWords
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem
from policygen.report.origins.trace import trace
from policygen.store.files import File, remove_files, write_files
from policygen.store.ready import refuse_example


@dataclass(frozen=True, slots=True)
class OwnClause:
    """A clause that the body's own folder adds, replaces, extends or removes, and why."""

    id: str
    name: str
    edit: str
    because: str
    is_stale: bool
    is_unstamped: bool


def own_clauses(profile: Path, workspace: Workspace) -> tuple[OwnClause, ...]:
    """Return the clauses of a body's own folder; those to look at again first.

    Raises PolicygenError for a policy that does not compose.
    """
    own = workspace.for_profile(profile)
    found = trace(policy_of_words(load_organisation(profile, own.library), own))
    every = (*found.clauses, *found.removed)
    listed = [_listed(one) for one in every if one.own]
    return tuple(sorted(listed, key=lambda one: not one.is_stale))


def _listed(clause: ClauseTrace) -> OwnClause:
    step = clause.own
    assert step
    against = step.written_against
    return OwnClause(
        clause.id,
        clause.label,
        step.edit,
        step.because,
        against == "changed",
        against == "unknown",
    )


def keep_own_words(profile: Path, id: str, workspace: Workspace) -> None:
    """Stamp the body's own edit of a clause again: somebody read the words beneath it.

    Raises PolicygenError.
    """
    refuse_example(profile)
    with undoable(profile, f"Your words kept: {id}"):
        accept([str(profile)], workspace, [id])


def take_back_words(profile: Path, id: str, workspace: Workspace) -> None:
    """Take the body's own edit of a clause out of its file, so that the words beneath hold.

    Raises PolicygenError, also where the policy would not compose without it; then nothing is
    changed.
    """
    refuse_example(profile)
    with undoable(profile, f"Your words taken out: {id}"):
        own = OwnWords(profile, workspace)
        files: dict[Path, str] = {}
        for fragment in own.organisation().layer.fragments:
            path = Path(fragment.location.path)
            for edit in fragment.edits:
                if edit.id == id:
                    files[path] = _cut(own.text(path), edit)
        if not files:
            what, mend = f'Your folder does not edit "{id}".', "Look at the list of your own words."
            raise PolicygenError([Problem(what, mend, code="PG630")])
        compose_organisation(own.organisation(files), own.workspace)
        kept = {path: text for path, text in files.items() if text.strip()}
        write_files([File(path.name, text.encode()) for path, text in kept.items()], profile.parent)
        remove_files(path for path in files if path not in kept)


def _cut(text: str, edit: Edit) -> str:
    """Return a file without an edit: from its heading to the last line that it says."""
    lines = text.split("\n")
    first, last = edit.location.line - 1, _last_line(edit)
    rest = lines[last:]
    while rest and not rest[0].strip():
        del rest[0]
    return "\n".join([*lines[:first], *rest])


def _last_line(edit: Edit) -> int:
    """Return the number of the last line that an edit has, of its slip or of its words."""
    slip: Iterable[int] = (location.line for location in edit.key_locations.values())
    words = (one.line(one.text.count("\n")) for one in edit.tellings.values())
    return max((edit.location.line, *slip, *words))
