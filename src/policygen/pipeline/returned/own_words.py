"""An organisation's folder as it would be: its profile and fragments changed in memory only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from policygen.load.files import TEXT_LIMIT, display_path, normalise_text, read_regular
from policygen.load.library.fragment import Layered, parse_fragment
from policygen.load.profile.profile import load_organisation
from policygen.model.document import Document
from policygen.model.fragment import Organisation
from policygen.model.policy import Policy
from policygen.model.review.acceptance import FileChange
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.edit import text_above
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import present


def text_on_disk(path: Path) -> str:
    """Return what a file holds; "" for one that is not there.

    Not by `read_text`: the file keeps its ends of lines, and its byte order mark.
    """
    return read_regular(path, TEXT_LIMIT).decode() if path.exists() else ""


class OwnWords:
    """The files of one organisation, as they are and as they are to be; nothing is written here."""

    def __init__(self, profile: Path, workspace: Workspace) -> None:
        self.profile = profile
        self.workspace = workspace.for_profile(profile)
        self._before: dict[Path, str] = {}
        self._after: dict[Path, str] = {}
        self._read: tuple[str | None, Organisation] | None = None

    def text(self, path: Path) -> str:
        """Return what a file is to hold; "" for one that is not there."""
        if path not in self._after:
            self._before[path] = self._after[path] = text_on_disk(path)
        return self._after[path]

    def below(self, id: str, source: str) -> dict[Path, str]:
        """Return the file of a clause's section with an edit of it at the end."""
        path = self.profile.parent / f"{id.partition('.')[0]}.md"
        return {path: text_above(self.text(path)) + source}

    def put(self, texts: Mapping[Path, str]) -> None:
        """Let files hold other texts from now on."""
        for path, text in texts.items():
            self.text(path)
            self._after[path] = text

    @property
    def changes(self) -> tuple[FileChange, ...]:
        """What differs from the disk."""
        return tuple(
            FileChange(path, before, self._after[path])
            for path, before in self._before.items()
            if self._after[path] != before
        )

    def organisation(self, tried: Mapping[Path, str] | None = None) -> Organisation:
        """Return the organisation as it would be, with some more texts. Raises PolicygenError."""
        texts = {change.path: change.after for change in self.changes} | dict(tried or {})
        library = self.workspace.library
        organisation = self._organisation_of(texts.pop(self.profile, None))
        fragments = {one.location.path: one for one in organisation.layer.fragments}
        for path, text in texts.items():
            of = Layered(display_path(path), "organisation", own=True)
            fragments[of.shown] = parse_fragment(
                normalise_text(text), path.name, of, library.outline
            )
        layer = replace(organisation.layer, fragments=tuple(fragments.values()))
        return replace(organisation, layer=layer)

    def _organisation_of(self, text: str | None) -> Organisation:
        """Return the organisation of a profile's text, or of the file: the last is remembered."""
        if self._read is None or self._read[0] != text:
            library = self.workspace.library
            self._read = text, load_organisation(self.profile, library, text)
        return self._read[1]

    def policy(self, language: str, tried: Mapping[Path, str] | None = None) -> Policy:
        """Return the policy as it would be, in one language. Raises PolicygenError."""
        policies = compose_organisation(self.organisation(tried), self.workspace).policies
        return next(policy for policy in policies if policy.language == language)

    def printed(self, policy: Policy, edition: str, audience: str) -> Document:
        """Lay out one edition of it."""
        return present(policy, edition, self.workspace.caches.prose, audience)
