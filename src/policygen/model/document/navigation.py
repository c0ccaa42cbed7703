"""Navigation: how a reader of a page on a screen gets about. Paper has none of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditionLink:
    """An edition of the same policy, in the same folder; this document itself has no `file`."""

    title: str
    file: str = ""  # without its ending: `policy`, or `policy.cy`


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A document in another language (BCP 47) by its own name; this document has no `file`."""

    language: str
    name: str
    file: str = ""  # without its ending


@dataclass(frozen=True, slots=True)
class Navigation:
    """The editions made with a document, and the words around it, in the document's language.

    What has no word is not shown. `skip` holds {title}, and `found` {number}.
    """

    neighbours: tuple[EditionLink, ...] = ()
    translations: tuple[LanguageLink, ...] = ()  # and this document among them
    editions: str = ""
    languages: str = ""
    contents: str = ""
    skip: str = ""
    search: str = ""
    found: str = ""
    to_top: str = ""
    link_here: str = ""


NO_NAVIGATION = Navigation()
