"""Workspace: what the verbs of one run share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from policygen.cache import BoundedCache
from policygen.compose.composition import ComposeCache
from policygen.diff.match import WordsCache
from policygen.lint import LintCache
from policygen.load.git import Commit
from policygen.load.library.library import load_library
from policygen.markdown.prose import ProseCache
from policygen.model.fragment import Library
from policygen.store.fingerprint import FingerprintCache


@dataclass(frozen=True)
class Workspace:
    """What one run shares: the library, read once, and the caches that the stages define.

    A verb hands each stage the caches that the stage asks for; no stage knows the Workspace.
    """

    templates: tuple[Path, ...] = ()  # further roots of templates, stacked above the shipped ones
    libraries: BoundedCache[tuple[Commit, Library], Library] = field(
        default_factory=lambda: BoundedCache(8)
    )  # those of git revisions, each beside today's
    words: WordsCache = field(default_factory=WordsCache)  # of clauses that were compared
    compose: ComposeCache = field(default_factory=ComposeCache)
    prose: ProseCache = field(default_factory=ProseCache)
    lint: LintCache = field(default_factory=LintCache)
    fingerprints: FingerprintCache = field(default_factory=FingerprintCache)
    on_step: Callable[[str], None] = lambda text: None  # hears what is being made

    @cached_property
    def library(self) -> Library:
        """Return the library of these templates, read at the first call. Raises PolicygenError."""
        return load_library(self.templates)

    def with_library(self, library: Library) -> Workspace:
        """The same caches with another library, such as that of a git revision."""
        other = replace(self)
        other.__dict__["library"] = library
        return other

    def reporting_to(self, on_step: Callable[[str], None]) -> Workspace:
        """The same workspace, which tells `on_step` what is being made."""
        other = replace(self, on_step=on_step)
        if "library" in self.__dict__:
            other.__dict__["library"] = self.library
        return other
