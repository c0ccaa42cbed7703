"""What one run of the page remembers: the folder of profiles, and what open forms were made of."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
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

_FORMS = 100  # texts that are remembered; a form older than that is told to begin again


@dataclass(slots=True)
class Session:
    """One user, one folder of profiles, one run."""

    folder: Path
    workspace: Workspace
    stop: Callable[[], None] = lambda: None
    day: Callable[[], date | None] = lambda: None  # nobody's day: then no date is past or near
    lock: Lock = field(default_factory=Lock)  # one view at a time: the workspace is for one run
    uploads: Uploads = field(default_factory=Uploads)
    _texts: OrderedDict[str, ProfileText] = field(default_factory=OrderedDict)

    def listed(self) -> tuple[Listed, ...]:
        """Return the profiles of the folder and the examples, as they are now."""
        return profiles_in(self.folder)

    def body(self, name: str) -> Listed | None:
        """Return the profile whose folder bears a name, or None."""
        return profile_named(self.folder, name)

    def read(self, body: Listed) -> ProfileText:
        """Return a profile's file as it is now, and remember it for the form that is made of it."""
        return self.remember(read_profile_text(body.file))

    def remember(self, profile_text: ProfileText) -> ProfileText:
        """Remember what a profile says, or would say, by its digest."""
        self._texts[profile_text.digest] = profile_text
        self._texts.move_to_end(profile_text.digest)
        while len(self._texts) > _FORMS:
            self._texts.popitem(last=False)
        return profile_text

    def shown(self, body: Listed, digest: str) -> ProfileText | None:
        """Return the file as it was when a form was made of it; None for a form of another run."""
        profile_text = self._texts.get(digest)
        return profile_text if profile_text and profile_text.file == body.file else None
