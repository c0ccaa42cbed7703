"""Workspace: what the verbs of one run share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from policygen.cache import BoundedCache, LastingCache
from policygen.load.profile.library_choice import template_roots
from policygen.model.fragment import Library
from policygen.store.disk_cache import user_cache

if TYPE_CHECKING:
    from policygen.compose.composition import ComposeCache
    from policygen.diff.match import WordsCache
    from policygen.lint import LintCache
    from policygen.load.git import Commit
    from policygen.markdown.prose import ProseCache
    from policygen.store.built.fingerprint import FingerprintCache

_MANY_BODIES = 8_192  # wordings that are remembered as they are composed, or parsed
_FEW_BODIES = 1_500  # one body has some 900, and each further one 150 of its own
# By the roots above the shipped one.
LibraryCache: TypeAlias = BoundedCache[tuple[Path, ...], Library]
# By the revision, its roots (on disk, or in the repository), and the library of today.
RevisionCache: TypeAlias = "BoundedCache[tuple[Commit, tuple[Path | str, ...], Library], Library]"


def _load_library(extra: tuple[Path, ...], lasting: LastingCache | None) -> Library:
    """Read a library as `load.library` does, which is imported only by who reads one."""
    from policygen.load.library import library

    return library.load_library(extra, lasting)


def _compose_cache(most: int, lasting: LastingCache | None) -> ComposeCache:
    """Make the cache of what composes, which is imported only by who does."""
    from policygen.compose.composition import ComposeCache

    return ComposeCache(most, lasting)


class StageCaches:
    """The caches that the stages define, each made when a verb first needs it.

    A stage that a verb does without is so not even imported. `most` is how many wordings they hold;
    `lasting` keeps for runs to come what the library alone decides.
    """

    def __init__(self, most: int = _MANY_BODIES, lasting: LastingCache | None = None) -> None:
        self._most = most
        self.lasting = lasting

    @cached_property
    def compose(self) -> ComposeCache:
        """Folded and filled words."""
        return _compose_cache(2 * self._most, self.lasting)

    @cached_property
    def prose(self) -> ProseCache:
        """Parsed words."""
        from policygen.markdown.prose import ProseCache

        return ProseCache(self._most)

    @cached_property
    def words(self) -> WordsCache:
        """The words of clauses that were compared."""
        from policygen.diff.match import WordsCache

        return WordsCache()

    @cached_property
    def lint(self) -> LintCache:
        """What lint found of words that many policies share."""
        from policygen.lint import LintCache

        return LintCache(self.lasting)

    @cached_property
    def fingerprints(self) -> FingerprintCache:
        """Digests of the program and of its words."""
        from policygen.store.built.fingerprint import FingerprintCache

        return FingerprintCache(self.lasting)


@dataclass(frozen=True)
class Workspace:
    """What one run shares: libraries, each read once, and the caches of the stages.

    A verb hands each stage the caches that the stage asks for; no stage knows the Workspace.
    """

    templates: tuple[Path, ...] = ()  # further roots of templates, stacked above the shipped ones
    fixed: Library | None = None  # in place of the one that is read, such as a git revision's
    libraries: LibraryCache = field(default_factory=lambda: BoundedCache(8))
    revisions: RevisionCache = field(default_factory=lambda: BoundedCache(8))
    caches: StageCaches = field(default_factory=lambda: StageCaches(lasting=user_cache()))
    on_step: Callable[[str], None] = lambda text: None  # hears what is being made

    @classmethod
    def of_one_user(cls, templates: tuple[Path, ...] = (), most: int = _FEW_BODIES) -> Workspace:
        """Make one for whoever changes the words of a few bodies all day.

        What was typed and typed over must not stay: of that, little is remembered.
        """
        return cls(templates, caches=StageCaches(most, user_cache()))

    @property
    def library(self) -> Library:
        """Return the library of these templates, read at the first call. Raises PolicygenError."""
        if self.fixed:
            return self.fixed
        return self._library_of(self.templates)

    @property
    def is_bound(self) -> bool:
        """Whether one library counts for every profile, whatever templates that names."""
        return self.fixed is not None or bool(self.templates)

    def templates_of(self, profile: Path) -> tuple[Path, ...]:
        """The templates of a profile: those of the command line, else those that its file names.

        Raises PolicygenError for a folder that the profile may not name.
        """
        return self.templates if self.is_bound else template_roots(profile)

    def for_profile(self, profile: Path) -> Workspace:
        """The same caches with the library of a profile, for that profile alone.

        Raises PolicygenError for templates that the profile names and that may not or cannot be
        read; those that all profiles share are not read yet.
        """
        templates = self.templates_of(profile)
        if templates == self.templates:
            return self
        return replace(self, templates=templates, fixed=self._library_of(templates))

    def has_read(self, templates: tuple[Path, ...]) -> bool:
        """Tell whether this run has read a library already, whatever its files say now."""
        return self.fixed is not None or templates in self.libraries

    def _library_of(self, templates: tuple[Path, ...]) -> Library:
        lasting = self.caches.lasting
        return self.libraries.get(templates, lambda: _load_library(templates, lasting))

    def with_library(self, library: Library) -> Workspace:
        """The same caches with one library for every profile, such as that of a git revision."""
        return replace(self, fixed=library)

    def reporting_to(self, on_step: Callable[[str], None]) -> Workspace:
        """The same workspace, which tells `on_step` what is being made."""
        return replace(self, on_step=on_step)
