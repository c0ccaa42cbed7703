"""Who said something: apart from what was said, so that a name can be erased."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Respondent:
    """A person, and the body that they speak for; without one they are private.

    `name` is what their copy or form says. Only the body's name is ever printed.
    """

    id: str
    name: str
    body: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells respondents apart."""
        return (" ".join(self.name.split()).casefold(), " ".join(self.body.split()).casefold())


@dataclass(frozen=True, slots=True)
class NamedFile:
    """What a file that came back was called, and the ids of those who wrote in it."""

    sha256: str
    name: str
    respondents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RespondentBook:
    """What stands in the file of names: who the respondents are, and the files that they sent."""

    people: tuple[Respondent, ...] = ()
    files: tuple[NamedFile, ...] = ()
