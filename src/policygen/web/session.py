"""What one run of the page remembers: the folder of profiles, and what open forms were made of."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from policygen.pipeline.page.others.uploads import Uploads
from policygen.pipeline.page.profiles import (
    Listed,
    ProfileText,
    profile_named,
    profiles_in,
    read_profile_text,
)
from policygen.pipeline.workspace import Workspace

_TRIED = 20  # profiles as they would be, for the frames that show them
_FORMS = 100  # texts that are remembered; a form older than that is told to begin again


@dataclass(slots=True)
class Session:
    """One user, one folder of profiles, one run."""

    folder: Path
    workspace: Workspace
    stop: Callable[[], None] = lambda: None
    lock: Lock = field(default_factory=Lock)  # one view at a time: the workspace is for one run
    uploads: Uploads = field(default_factory=Uploads)
    _texts: OrderedDict[str, ProfileText] = field(default_factory=OrderedDict)
    _tried: OrderedDict[str, ProfileText] = field(default_factory=OrderedDict)

    def listed(self) -> tuple[Listed, ...]:
        """Return the profiles of the folder and the examples, as they are now."""
        return profiles_in(self.folder)

    def body(self, name: str) -> Listed | None:
        """Return the profile whose folder bears a name, or None."""
        return profile_named(self.folder, name)

    def read(self, body: Listed) -> ProfileText:
        """Return a profile's file as it is now, and remember it for the form that is made of it."""
        profile_text = read_profile_text(body.file)
        self._texts[profile_text.digest] = profile_text
        self._texts.move_to_end(profile_text.digest)
        while len(self._texts) > _FORMS:
            self._texts.popitem(last=False)
        return profile_text

    def shown(self, body: Listed, digest: str) -> ProfileText | None:
        """Return the file as it was when a form was made of it; None for a form of another run."""
        profile_text = self._texts.get(digest)
        return profile_text if profile_text and profile_text.file == body.file else None

    def keep_tried(self, tried: ProfileText) -> str:
        """Remember a profile as it would be, for a frame; return the name that it asks for."""
        self._tried[tried.digest] = tried
        while len(self._tried) > _TRIED:
            self._tried.popitem(last=False)
        return tried.digest

    def tried(self, body: Listed, digest: str) -> ProfileText | None:
        """Return a profile as it would be; None for one that is forgotten."""
        tried = self._tried.get(digest)
        return tried if tried and tried.file == body.file else None
