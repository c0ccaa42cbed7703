"""Who a respondent is: the same person as before, or a new one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policygen.model.consultation.respondent import Respondent

# What Word and LibreOffice call somebody who never told them a name.
_NOBODY = frozenset({"", "author", "user", "windows user", "unknown author", "unknown", "admin"})
_NAME = 5  # letters; a shorter one may be a word
_ID = re.compile(r"r([0-9]+)")


def is_named(author: str) -> bool:
    """Tell whether a program's name of an author is anybody's."""
    return " ".join(author.split()).casefold() not in _NOBODY


class RespondentRegister:
    """Gives each respondent an id. One that was erased is never given again."""

    def __init__(self, known: Iterable[Respondent], used: Iterable[str]) -> None:
        self.people = list(known)
        ids = (*used, *(one.id for one in self.people))
        numbers = [int(found[1]) for id in ids if (found := _ID.fullmatch(id))]
        self._last = max(numbers, default=0)

    def without_names(self, text: str) -> str:
        """Return what somebody wrote with the ids of respondents in the place of their names.

        So the log names nobody who signs a comment, and stays as it is when a name is erased.
        """
        for one in self.people:
            if len(one.name) >= _NAME:
                name = r"\s+".join(map(re.escape, one.name.split()))
                text = re.sub(rf"(?<!\w){name}(?!\w)", f"[{one.id}]", text, flags=re.IGNORECASE)
        return text

    def id_of(self, name: str, body: str = "") -> str:
        """Return the id of a person who speaks for a body, or for nobody; a new one has the next.

        A person whose file says no body this time is the one who was known before, body or not.
        """
        wanted = Respondent("", " ".join(name.split()), " ".join(body.split()))
        for one in self.people:
            if one.key == wanted.key or (not body and one.key[0] == wanted.key[0]):
                return one.id
        self._last += 1
        new = Respondent(f"r{self._last}", wanted.name, wanted.body)
        self.people.append(new)
        return new.id
