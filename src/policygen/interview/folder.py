"""Where a new profile goes: a folder of its own, named after the organisation."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from policygen.load.files import display_path
from policygen.problems import Location, Message, PolicygenError, Problem

# No space, slash, colon or @: the name is typed in commands, as fenwick@1.0.
_NAME = re.compile(r"[^\W_](?:[\w.-]*[\w-])?")
_LONGEST = 60


def free_folder(out: Path, name: str, organisation: str) -> Path:
    """Return the folder `name`, or one named after the organisation. Raises PolicygenError."""
    name = name or slug(organisation)
    if not name:
        what = f'No name for a folder can be made of "{organisation}".'
        mend = Message("Choose one: `policygen init NAME`.", on_page="Write it in Latin letters.")
        raise PolicygenError([Problem(what, mend, code="PG803")])
    if not _NAME.fullmatch(name):
        what = f'A folder for a profile cannot be called "{name}".'
        letters = "Write letters, digits and hyphens, like thornby"
        mend = Message(f"{letters}; --out says where to.", on_page=f"{letters}.")
        raise PolicygenError([Problem(what, mend, code="PG803")])
    folder = out / name
    if os.path.lexists(folder):
        what = "This folder is there already, and nothing in it was changed."
        mend = Message(
            f"Choose another name (`policygen init {name}-2`), or change the profile in it.",
            on_page="Choose another name, or change the policy in it.",
        )
        raise PolicygenError([Problem(what, mend, Location(display_path(folder)), code="PG804")])
    return folder


def slug(name: str) -> str:
    """Return a name for a folder: `Raupōroa District Council` becomes rauporoa-district-council."""
    decomposed = unicodedata.normalize("NFKD", name)
    letters = decomposed.encode("ascii", "ignore").decode().lower().replace("'", "")
    words = re.findall(r"[a-z0-9]+", letters)
    while len("-".join(words)) > _LONGEST and len(words) > 1:
        words.pop()
    return "-".join(words)[:_LONGEST]
