"""Where a new profile goes: a folder of its own, named after the organisation, that is not there yet."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from policygen.load.files import display_path
from policygen.problems import Place, PolicygenError, Problem

_NAME = re.compile(
    r"[^\W_](?:[\w.-]*[\w-])?"
)  # no space, slash, colon or @: it is typed in commands, as fenwick@1.0
_LONGEST = 60


def free_folder(out: Path, name: str, organisation: str) -> Path:
    """The folder `name` in `out`, or one named after the organisation. Raises PolicygenError with a way out."""
    wanted = name or slug(organisation)
    if not wanted:
        what = f'No name for a folder can be made of "{organisation}".'
        raise PolicygenError([Problem(what, "Choose one: `policygen init NAME`.")])
    if not _NAME.fullmatch(wanted):
        what = f'A folder for a profile cannot be called "{wanted}".'
        raise PolicygenError(
            [Problem(what, "Write letters, digits and hyphens, like thornby; --out says where to.")]
        )
    folder = out / wanted
    if os.path.lexists(folder):
        what = "This folder is there already, and nothing in it was changed."
        mend = f"Choose another name (`policygen init {wanted}-2`), or change the profile in it."
        raise PolicygenError([Problem(what, mend, Place(display_path(folder)))])
    return folder


def slug(name: str) -> str:
    """`Raupōroa District Council` becomes rauporoa-district-council."""
    plain = (
        unicodedata.normalize("NFKD", name)
        .encode("ascii", "ignore")
        .decode()
        .lower()
        .replace("'", "")
    )
    words = re.findall(r"[a-z0-9]+", plain)
    while len("-".join(words)) > _LONGEST and len(words) > 1:
        words.pop()
    return "-".join(words)[:_LONGEST]
