"""The heads and feet of the pages: no policy takes them over, but nobody's edit of one is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygen.load.returned.package.open import ReturnedFile
from policygen.load.returned.text.pictures import text_in
from policygen.model.document import Document
from policygen.model.returned.copy import NotCarried, NotCarriedKind

_NO_WORD = re.compile(r"[\WML\d_]+")  # numbers of pages differ, and so does the space between


def margins_changed(file: ReturnedFile, sent: Document) -> Iterator[NotCarried]:
    """Yield each head and foot that says something else than ours.

    In a body's own Word template they are its own, and nothing is said of them.
    """
    if sent.brand.theme.word_template:
        return
    running = sent.running
    names = (running.organisation, running.short)
    heads = {_words(f"{name}{part}") for name in names for part in ("", running.part)}
    foot = _words(running.control + running.page.replace("{page}", "").replace("{pages}", ""))
    for kind, found, usual in (
        ("header", NotCarriedKind.HEAD, heads),
        ("footer", NotCarriedKind.FOOT, {foot}),
    ):
        for _, root in file.parts(kind):
            said = text_in(root)
            if _words(said) and _words(said) not in usual:
                yield NotCarried(found, words=" ".join(said.split()))


def _words(text: str) -> str:
    return _NO_WORD.sub("", text).casefold()
