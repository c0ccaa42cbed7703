"""What copies of one edition were printed from, read as the copies are; kept for runs to come."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from policygen.load.library.on_disk import shipped
from policygen.load.records import RELEASES_FOLDER
from policygen.model.document.imprint import Imprint
from policygen.model.policy import Policy
from policygen.model.review.sent_file import SentCut
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError
from policygen.store.built.fingerprint import input_fingerprint
from policygen.store.disk_cache import file_stamps


class SentCuts:
    """What the copies of one run were printed from. Many come of one file, which is read once."""

    def __init__(self, profile: Path, workspace: Workspace) -> None:
        self._profile, self._workspace = profile, workspace
        self._lasting = workspace.caches.lasting
        self._read: dict[Imprint | None, SentCut] = {}

    def of(self, imprint: Imprint | None, path: str) -> SentCut:
        """Return what a copy was printed from; `path` is that of the copy.

        Raises PolicygenError for a profile that does not compose, and as `find_sent` does.
        """
        if imprint not in self._read:
            self._read[imprint] = self._kept(imprint, path)
        return self._read[imprint]

    def _kept(self, imprint: Imprint | None, path: str) -> SentCut:
        """Return it as an earlier run made it of the same files, or make it."""
        if self._lasting is None or not self._fingerprint:
            return self._make(imprint, path)
        key = f"sent {self._fingerprint} {imprint!r}"
        return self._lasting.get(key, lambda: self._make(imprint, path))

    def _make(self, imprint: Imprint | None, path: str) -> SentCut:
        # Imported late: whoever finds it made already needs nothing of what composes and prints.
        from policygen.pipeline.returned.cut_sent import cut_sent

        return cut_sent(self._profile, self._today, imprint, path, self._workspace)

    @cached_property
    def _today(self) -> tuple[Policy, ...]:
        """The policy as it stands, in each of its languages."""
        from policygen.pipeline.compose_profile import compose_profile

        return compose_profile(self._profile, self._workspace).policies

    @cached_property
    def _fingerprint(self) -> str:
        """The fingerprint of all that they are made of; "" where anything is unreadable.

        "" too where the library was read before: its files may say something else by now.
        """
        fingerprints = self._workspace.caches.fingerprints
        try:
            templates = self._workspace.templates_of(self._profile)
            roots = (shipped("templates"), *templates)
            if self._workspace.has_read(templates) and not fingerprints.roots.keys() >= {*roots}:
                return ""
            released = _released(self._profile.parent)
        except (OSError, PolicygenError):
            return ""
        return input_fingerprint(self._profile, templates, released, fingerprints)


def _released(folder: Path) -> list[tuple[str, int, int]]:
    """Return each file of each release, by its stamp; none where nothing was released."""
    try:
        return list(file_stamps(folder / RELEASES_FOLDER))
    except FileNotFoundError:
        return []
