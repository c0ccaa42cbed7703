"""Workspace: what the verbs of one run share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from policygen.cache import BoundedCache
from policygen.compose.composition import ComposeCache
from policygen.diff.match import WordsCache
from policygen.lint import LintCache
from policygen.load.git import Commit
from policygen.load.library.library import load_library
from policygen.load.profile.library_choice import template_roots
from policygen.markdown.prose import ProseCache
from policygen.model.fragment import Library
from policygen.store.built.fingerprint import FingerprintCache

_FEW_BODIES = 1_500  # wordings: one body has some 900, and each further one 150 of its own
# By the roots above the shipped one.
LibraryCache: TypeAlias = BoundedCache[tuple[Path, ...], Library]
# By the revision, its roots (on disk, or in the repository), and the library of today.
RevisionCache: TypeAlias = BoundedCache[tuple[Commit, tuple[Path | str, ...], Library], Library]


@dataclass(frozen=True)
class Workspace:
    """What one run shares: libraries, each read once, and the caches that the stages define.

    A verb hands each stage the caches that the stage asks for; no stage knows the Workspace.
    """

    templates: tuple[Path, ...] = ()  # further roots of templates, stacked above the shipped ones
    fixed: Library | None = None  # in place of the one that is read, such as a git revision's
    libraries: LibraryCache = field(default_factory=lambda: BoundedCache(8))
    revisions: RevisionCache = field(default_factory=lambda: BoundedCache(8))
    words: WordsCache = field(default_factory=WordsCache)  # of clauses that were compared
    compose: ComposeCache = field(default_factory=ComposeCache)
    prose: ProseCache = field(default_factory=ProseCache)
    lint: LintCache = field(default_factory=LintCache)
    fingerprints: FingerprintCache = field(default_factory=FingerprintCache)
    on_step: Callable[[str], None] = lambda text: None  # hears what is being made

    @classmethod
    def of_one_user(cls, templates: tuple[Path, ...] = (), most: int = _FEW_BODIES) -> Workspace:
        """Make one for whoever changes the words of a few bodies all day.

        What was typed and typed over must not stay: of that, little is remembered.
        """
        compose, prose = ComposeCache(2 * most), ProseCache(most)
        return cls(templates, compose=compose, prose=prose)

    @property
    def library(self) -> Library:
        """Return the library of these templates, read at the first call. Raises PolicygenError."""
        if self.fixed:
            return self.fixed
        return self.libraries.get(self.templates, lambda: load_library(self.templates))

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
        library = self.libraries.get(templates, lambda: load_library(templates))
        return replace(self, templates=templates, fixed=library)

    def with_library(self, library: Library) -> Workspace:
        """The same caches with one library for every profile, such as that of a git revision."""
        return replace(self, fixed=library)

    def reporting_to(self, on_step: Callable[[str], None]) -> Workspace:
        """The same workspace, which tells `on_step` what is being made."""
        return replace(self, on_step=on_step)
