"""The files of one build stand side by side, and their links to one another are relative."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policygen.model.document import Link

_NAME = re.compile(r"[A-Za-z0-9][\w-]*(?:\.[A-Za-z0-9-]+)?", re.ASCII)


def file_beside(link: Link, extension: str) -> str:
    """Return the file that a link leads to, in the same folder: `policy.cy.html`.

    It is of the same format, unless the link names another. It is empty for a link within this
    document, and for a name that could lead out of the folder.
    """
    return f"{link.file}.{link.ending or extension}" if _NAME.fullmatch(link.file) else ""
