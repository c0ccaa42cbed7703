"""A form as it would print, before anything is saved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policygen.load.profile.profile import load_organisation
from policygen.model.policy import Policy
from policygen.model.wording import printed_facts
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.page.form import form_group
from policygen.pipeline.page.profiles import ProfileText, read_profile_text
from policygen.pipeline.page.save import changes_of, text_with
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import present
from policygen.problems import DataPath, PolicygenError, Problem, errors
from policygen.write.writer import writer


@dataclass(frozen=True, slots=True)
class TriedFacts:
    """A profile as it would be, and the edition and clause that print what was typed first.

    `problems` say why it would print nothing; both names are empty then.
    """

    profile_text: ProfileText
    edition: str = ""
    clause: str = ""
    problems: tuple[Problem, ...] = ()


def try_group(
    key: str, typed: Mapping[str, str], shown: ProfileText, workspace: Workspace
) -> TriedFacts:
    """Return what a page of the facts would come to. Nothing is written."""
    now = read_profile_text(shown.file)
    try:
        changes = tuple(changes_of(form_group(key, shown, workspace), typed))
        text = text_with(now, changes)
        tried = replace(now, text=text, digest=hashlib.sha256(text.encode()).hexdigest())
        policy = _policies(tried, workspace)[0]
    except PolicygenError as error:
        return TriedFacts(now, problems=errors(error.problems))
    paths = [change.path for change in changes]
    return TriedFacts(
        tried, *next(_places(policy, paths), (policy.outline.default_editions[0], ""))
    )


def show_tried(tried: ProfileText, edition: str, workspace: Workspace) -> bytes:
    """Print an edition of a profile as it would be, as HTML. Raises PolicygenError."""
    policy = _policies(tried, workspace)[0]
    if edition not in policy.outline.editions:
        edition = policy.outline.default_editions[0]
    document = present(policy, edition, workspace.caches.prose)
    return writer("html").write(document)


def _policies(tried: ProfileText, workspace: Workspace) -> tuple[Policy, ...]:
    own = workspace.for_profile(tried.file)
    return compose_organisation(
        load_organisation(tried.file, own.library, tried.text), own
    ).policies


def _places(policy: Policy, paths: Sequence[DataPath]) -> Iterator[tuple[str, str]]:
    """Yield each edition and clause that prints one of some facts, those of the shortest first."""
    outline = policy.outline
    for key in outline.default_editions:
        tiers = outline.editions[key].tiers
        for clause in policy.clauses():
            told = (one.wording for one in clause.tellings if one.tier in tiers)
            facts = {fact.fact for wording in told for fact in printed_facts(wording.pieces)}
            if any(_prints(facts, path) for path in paths):
                yield key, clause.id


def _prints(facts: set[str], path: DataPath) -> bool:
    """Tell whether a fact of a profile is printed; of a list, whether anything of it is."""
    until = next((at for at, part in enumerate(path) if isinstance(part, int)), len(path))
    name = ".".join(map(str, path[:until]))
    return any(
        fact.removeprefix("organisation.") == name
        or (until < len(path) and fact.startswith(f"{name}."))
        for fact in facts
    )
