"""Names in a DOCX that its writer and its reader share.

They last when somebody saves the file again: Word and LibreOffice keep bookmarks, character styles
and custom properties, where LibreOffice drops the tags of content controls.
"""

from __future__ import annotations

import re
from hashlib import sha256

FACT_STYLE = "PrintedFact"  # the character style of a run that is a printed fact

_NAME_LENGTH = 40  # Word cuts longer bookmark names without a word
_DIGEST_LENGTH = 8


def bookmark(anchor: str) -> str:
    """Return the bookmark of a clause or another anchor: `law.records` is `law_records`.

    A name has letters, digits and underscores, a letter first, 40 characters at most.
    """
    name = re.sub("[^A-Za-z0-9_]", "_", anchor)
    if not name[:1].isalpha():
        name = f"b_{name}"  # a name that opens with an underscore is hidden
    if re.search(r"[^A-Za-z0-9_.-]", anchor):
        return bookmark_with_digest(name, anchor)
    if len(name) > _NAME_LENGTH:
        return f"{name[: _NAME_LENGTH - _DIGEST_LENGTH - 1]}_{_digest(name)}"
    return name


def bookmark_with_digest(name: str, anchor: str) -> str:
    """End a bookmark with the digest of its anchor, so that no other anchor has it."""
    return f"{name[: _NAME_LENGTH - _DIGEST_LENGTH - 1]}_{_digest(anchor)}"


def _digest(characters: str) -> str:
    return sha256(characters.encode("utf-8", "replace")).hexdigest()[:_DIGEST_LENGTH]
