"""Who a respondent is: the same person as before, or a new one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policygen.model.consultation.respondent import Respondent

# What Word and LibreOffice call somebody who never told them a name.
_NOBODY = frozenset({"", "author", "user", "windows user", "unknown author", "unknown", "admin"})
_NAME = 5  # letters; a shorter one may be a word
_ADDRESS = r"(?:@[\w.-]*\w)?"  # sam.iqbal@home.example is a name too
_ID = re.compile(r"r([0-9]+)")


def _name_pattern(name: str) -> re.Pattern[str]:
    """Return what finds a name; a single word, such as Staff, only as it is written there."""
    words = name.split()
    pattern = r"[\s._-]+".join(map(re.escape, words))
    flags = re.IGNORECASE if len(words) > 1 or not name.isalpha() else re.NOFLAG
    return re.compile(rf"(?<!\w){pattern}{_ADDRESS}(?!\w)", flags)


def is_named(author: str) -> bool:
    """Tell whether a program's name of an author is anybody's."""
    return " ".join(author.split()).casefold() not in _NOBODY


def is_longer_name(name: str, author: str) -> bool:
    """Tell whether a name is an author's with more behind it: `Sam Iqbal, Highways`."""
    long, short = (" ".join(one.split()).casefold() for one in (name, author))
    return bool(short) and long.startswith(f"{short},")


class RespondentRegister:
    """Gives each respondent an id. One that was erased is never given again."""

    def __init__(self, known: Iterable[Respondent], used: Iterable[str]) -> None:
        self.people = list(known)
        ids = (*used, *(one.id for one in self.people))
        numbers = [int(found[1]) for id in ids if (found := _ID.fullmatch(id))]
        self._last = max(numbers, default=0)

    def without_names(self, text: str, sent: str = "") -> str:
        """Return what somebody wrote with the ids of respondents in the place of their names.

        So the log names nobody who signs a comment, and stays as it is when a name is erased. A
        name that stands in `sent`, the words that were sent, is the policy's own and stays.
        """
        for one in self.people:
            if len(one.name) >= _NAME and one.name.casefold() != one.body.casefold():
                name = _name_pattern(one.name)
                if not name.search(sent):
                    text = name.sub(f"[{one.id}]", text)
        return text

    def id_of(self, name: str, body: str | None = None) -> str:
        """Return the id of a person who speaks for a body, or for nobody (""); a new one if needed.

        Where a file cannot say (None), it is the person who was known before, body or not.
        """
        wanted = Respondent("", " ".join(name.split()), " ".join((body or "").split()))
        for one in self.people:
            if one.key == wanted.key or (body is None and one.key[0] == wanted.key[0]):
                return one.id
        self._last += 1
        new = Respondent(f"r{self._last}", wanted.name, wanted.body)
        self.people.append(new)
        return new.id
