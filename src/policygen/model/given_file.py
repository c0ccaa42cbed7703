"""A file that somebody gave, in memory: named on the command line, or sent to the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

_ENDING = re.compile(r"\.[a-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file by its bytes: what it is called, and `shown`, what Problems call it."""

    name: str
    shown: str
    data: bytes

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return PurePosixPath(self.name).stem

    @property
    def ending(self) -> str:
        """The ending of its name, such as .docx: all of a name that may become part of a path."""
        ending = PurePosixPath(self.name).suffix.lower()
        return ending if _ENDING.fullmatch(ending) else ".file"
