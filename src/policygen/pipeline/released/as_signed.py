"""What an issue of the handbook is made from: the profile, or beside a draft what was signed.

While the next version is a draft, its rules are nobody's yet. So the rules are those of the newest
release, which keeps what it was made from, and only the owner's facts are today's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from policygen.load.files import display_path, read_text
from policygen.load.profile.path import PROFILE_FILE
from policygen.load.profile.profile import load_organisation
from policygen.load.records import read_every_record
from policygen.load.yaml.reader import YAML_LIMIT, parse_yaml, read_yaml
from policygen.model.fragment import Organisation
from policygen.model.outline.outline import Outline
from policygen.model.policy import Policy
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.released.approval import changes_between
from policygen.pipeline.released.parts import approvers_part
from policygen.pipeline.workspace import Workspace
from policygen.problems import DataPath, Level, Location, PolicygenError, Problem
from policygen.store.freeze import SOURCES, MadeFrom, source_files
from policygen.store.profile_edit.profile_text import Change, profile_with
from policygen.store.releases import Release, read_release


@dataclass(frozen=True, slots=True)
class HandbookSource:
    """What an issue of the handbook is made from.

    `notes` say what of a draft is not in it.
    """

    organisation: Organisation
    files: MadeFrom
    notes: tuple[Problem, ...] = ()

    @property
    def is_beside_a_draft(self) -> bool:
        """Whether the profile is a draft of the next version, of which only the facts are taken."""
        return bool(self.notes)


def handbook_source(profile: Path, workspace: Workspace) -> HandbookSource:
    """Return what the next issue of a handbook is made from. Raises PolicygenError."""
    organisation = load_organisation(profile, workspace.library)
    newest = _released_before_the_draft(profile.parent, organisation)
    if newest is None:
        files = source_files(profile, organisation.profile)
        return HandbookSource(organisation, MadeFrom(files, files))
    return _beside_a_draft(profile, newest, workspace)


def signed_changes(release: Release, policies: Sequence[Policy]) -> tuple[str, ...]:
    """Return where policies no longer say what the approver of a release signed."""
    signed = {policy.language: policy for policy in release.policies}
    places: dict[str, None] = {}
    for policy in policies:
        before = signed.get(policy.language, release.policies[0])
        outline = policy.outline
        places |= dict.fromkeys(
            changes_between(approvers_part(before, outline), approvers_part(policy, outline))
        )
    return tuple(places)


def _released_before_the_draft(folder: Path, organisation: Organisation) -> Release | None:
    """Return the newest release, if it is approved and the profile a draft of what follows it."""
    records = read_every_record(folder)
    is_draft = organisation.profile.policy.status in ("draft", "consultation")
    if not is_draft or not records or records[-1].entry.status != "approved":
        return None
    return read_release(folder, records[-1].name)


def _beside_a_draft(profile: Path, newest: Release, workspace: Workspace) -> HandbookSource:
    """Take the facts of the owner from the draft, and all else from the newest release.

    The body's own words are today's too, unless the draft has changed a rule in them.
    """
    library = workspace.library
    frozen = newest.folder / SOURCES / PROFILE_FILE
    text = _with_owners_facts(frozen, profile, library.outline)
    organisation = load_organisation(profile, library, text)
    read = source_files(profile, organisation.profile)
    of_the_text = {PROFILE_FILE: text.encode()}
    note = (
        f"The profile is a draft, so this issue has the rules of {newest.record.entry.version} as "
        "they were signed, with the contacts, accounts and votes of today"
    )
    if not _moves_a_rule(organisation, newest, workspace):
        kept = {**read, **of_the_text}
        return HandbookSource(organisation, MadeFrom(read, kept), (_note(f"{note}.", profile),))
    then = load_organisation(frozen, library, text)
    signed = replace(
        organisation, layer=then.layer, translations=then.translations, digest=then.digest
    )
    kept = {**source_files(frozen, then.profile), **of_the_text}
    note = f"{note}. Your own words are those of {newest.record.name}: the draft changes a rule."
    return HandbookSource(signed, MadeFrom(read, kept), (_note(note, profile),))


def _moves_a_rule(organisation: Organisation, newest: Release, workspace: Workspace) -> bool:
    try:
        policies = compose_organisation(organisation, workspace).policies
    except PolicygenError:  # words of the draft that do not go with the facts as signed
        return True
    return bool(signed_changes(newest, policies))


def _note(what: str, profile: Path) -> Problem:
    mend = "Nothing is to be done: the draft stays as it is, and its release prints all of it."
    return Problem(what, mend, Location(display_path(profile)), Level.ADVICE, code="PG549")


def _with_owners_facts(frozen: Path, profile: Path, outline: Outline) -> str:
    """Return the text of a frozen profile with each fact of the owner as another has it."""
    text = read_text(frozen, YAML_LIMIT)
    shown = display_path(frozen)
    today = read_yaml(profile).data
    for pattern in outline.owner_facts:
        then = parse_yaml(text, shown).data
        for path in _paths(pattern.split("."), then):
            value = _value(today, path)
            if value != _value(then, path):
                text = profile_with(text, shown, Change(path, value))
    return text


def _paths(pattern: Sequence[str], data: Any) -> Iterator[DataPath]:
    """Yield the paths that a pattern means in a profile, where the block around each stands."""
    first, *rest = pattern
    if not isinstance(data, Mapping):
        return
    for key in list(data) if first == "*" else [first]:
        if not rest:
            yield (key,)
        else:
            yield from ((key, *path) for path in _paths(rest, data.get(key)))


def _value(data: Any, path: DataPath) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data
