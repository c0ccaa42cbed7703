"""`policygen translate --to --out`: the words of a body's stack as a pack for a translator."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from policygen.compose.composer import compose
from policygen.load.profile.profile import load_organisation
from policygen.model.fragment import Library, Organisation
from policygen.model.language import LANGUAGE_TAG, subtag
from policygen.model.policy import Policy
from policygen.model.translation.pack import (
    PackFile,
    TranslationPack,
    TranslationUnit,
    UnitState,
)
from policygen.pipeline.names.names import require_buildable
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem, errors
from policygen.translation.printed_parts import printed_parts
from policygen.translation.translatable import TranslatablePart, translatable_parts
from policygen.translation.units import UnitMaker


class WhichUnits(Enum):
    """Which units go into a pack."""

    WAITING = "waiting"  # without a translation, or with one of words that have changed
    UNREVIEWED = "unreviewed"  # with a translation that nobody has reviewed
    ALL = "all"

    def takes(self, state: UnitState) -> bool:
        """Tell whether a unit in some state goes in."""
        match self:
            case WhichUnits.WAITING:
                return state in (UnitState.WAITING, UnitState.STALE)
            case WhichUnits.UNREVIEWED:
                return state is UnitState.UNREVIEWED
        return True


def make_pack(
    profile: Path,
    language: str,
    workspace: Workspace,
    *,
    editions: Sequence[str] = (),
    which: WhichUnits = WhichUnits.WAITING,
) -> TranslationPack:
    """Return the words of a body's stack that wait for their translation into a language.

    With `editions`, only what those print. Raises PolicygenError for a profile that gives no
    policy, for a language that is none, or the source's own, and for an unknown edition.
    """
    workspace = workspace.for_profile(profile)
    library = workspace.library
    organisation = load_organisation(profile, library)
    require_language(language, library)
    policy = source_policy(organisation, workspace)
    parts = translatable_parts(library, organisation, language, workspace.caches.compose)
    if editions:
        require_buildable(editions, (), policy.outline)
        wanted = printed_parts(policy, editions)
        parts = tuple(part for part in parts if (part.id, part.part) in wanted)
    files = pack_files(parts, policy, which)
    name = organisation.profile.name
    return TranslationPack(organisation.name, name, library.source_language, language, files)


def pack_files(
    parts: Sequence[TranslatablePart], policy: Policy, which: WhichUnits
) -> tuple[PackFile, ...]:
    """Return the units of some parts, by the fragments that hold them."""
    maker = UnitMaker(policy)
    files: dict[tuple[str, str], list[TranslationUnit]] = {}
    for part in parts:
        unit = maker.unit(part)
        if unit.segments and which.takes(unit.state):
            files.setdefault((part.layer.name, part.section), []).append(unit)
    return tuple(PackFile(layer, section, tuple(held)) for (layer, section), held in files.items())


def require_language(language: str, library: Library) -> None:
    """Raise PolicygenError for a language that is none, or that the library is written in."""
    if not LANGUAGE_TAG.fullmatch(language):
        what = f'"{language}" is no language.'
        mend = "Write its tag, such as cy for Welsh or mi for te reo Māori."
    elif subtag(language) == subtag(library.source_language):
        what = f"The library is written in {library.source_language} already."
        mend = "Name the language to translate into, such as cy."
    else:
        return
    raise PolicygenError([Problem(what, mend, code="PG733")])


def source_policy(organisation: Organisation, workspace: Workspace) -> Policy:
    """Return a body's policy in the language of the library. Raises PolicygenError."""
    library = workspace.library
    composed = compose(library, organisation, library.source_language, workspace.caches.compose)
    if composed.policy is None:
        raise PolicygenError(errors(composed.problems))
    return composed.policy
