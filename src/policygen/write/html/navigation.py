"""What stands around the words on a screen: contents with a search, the editions beside, a way up.

Without the script all of it can be read; the script marks where the reader is, and searches.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from policygen.model.document import Link, Text
from policygen.model.document.walk import headings, plain, spoken
from policygen.model.outline.label import fill_label
from policygen.write.beside import file_beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.model.document import Document, EditionLink, Heading, LanguageLink, Navigation

_BESIDE = ("book", "brief")  # layouts long enough for a contents list beside the text
_FEW = 4  # sections that a reader finds without one


def screen_entries(document: Document, listed: tuple[Heading, ...]) -> tuple[Heading, ...]:
    """Return the headings for the list beside the text; none where it has no room or no use.

    `listed` are those of the document's own contents list; an edition without has its sections.
    """
    if document.layout not in _BESIDE:
        return ()
    entries = listed
    if not listed and document.navigation.contents:
        sections = (h for h in headings(document.body) if h.listed and h.anchor and h.level == 2)
        entries = tuple(sections)
    return entries if len(entries) > _FEW else ()


def first_entry(document: Document, entries: Sequence[Heading]) -> tuple[str, str]:
    """Return where the words begin, as (anchor, words of the link that skips to it).

    It is the first entry of the contents; without them the head of the document, where there are
    links before it.
    """
    navigation = document.navigation
    if entries:
        first = entries[0]
        anchor, title = first.anchor, f"{first.number} {plain(first.inlines)}".strip()
    elif navigation.neighbours or navigation.translations:
        anchor, title = "main", document.masthead.title
    else:
        return "main", ""
    return anchor, fill_label(navigation.skip, title=title) if navigation.skip else title


def render_editions(navigation: Navigation) -> str:
    """Return the list of the editions beside this one, as links; nothing where it stands alone."""
    if not navigation.neighbours:
        return ""
    items = "\n".join(map(_edition, navigation.neighbours))
    label = escape(navigation.editions)
    return f'<nav class="editions" aria-label="{label}">\n<ul>\n{items}\n</ul>\n</nav>'


def render_translations(navigation: Navigation) -> str:
    """Return the languages that the document is in, as links; nothing where it is in one."""
    if not navigation.translations:
        return ""
    items = "\n".join(map(_translation, navigation.translations))
    label = escape(navigation.languages)
    return f'<nav class="editions" aria-label="{label}">\n<ul>\n{items}\n</ul>\n</nav>'


def _translation(link: LanguageLink) -> str:
    language, name = escape(link.language), escape(link.name)
    if not link.file:
        return f'<li><strong aria-current="page" lang="{language}">{name}</strong></li>'
    file = escape(file_beside(Link("", (Text(link.name),), link.file), "html") or "")
    return f'<li><a href="{file}" lang="{language}" hreflang="{language}">{name}</a></li>'


def _edition(neighbour: EditionLink) -> str:
    title = escape(neighbour.title)
    if not neighbour.file:
        return f'<li><strong aria-current="page">{title}</strong></li>'
    file = file_beside(Link("", (Text(neighbour.title),), neighbour.file), "html")
    return f'<li><a href="{escape(file)}">{title}</a></li>' if file else f"<li>{title}</li>"


def render_contents(entries: Sequence[Heading], title: str, navigation: Navigation) -> str:
    """Return the contents list, which folds, under a search that the script brings out."""
    lines = "\n".join(map(contents_line, entries))
    folded = f'<summary><h2>{escape(title)}</h2></summary>\n<ol class="toc">\n{lines}\n</ol>'
    return (
        f'<nav class="contents" aria-label="{escape(title)}">\n{_search(navigation)}'
        f"<details open>\n{folded}\n</details>\n</nav>"
    )


def _search(navigation: Navigation) -> str:
    if not navigation.search:
        return ""
    field = '<input type="search" autocomplete="off" spellcheck="false">'
    status = f'<p role="status" data-found="{escape(navigation.found)}"></p>'
    label = f"<label>{escape(navigation.search)} {field}</label>"
    return f'<div class="search" hidden>\n{label}\n{status}\n</div>\n'


def contents_line(entry: Heading) -> str:
    """Return one line of a contents list: a number, and a link to its place."""
    target = f"#{escape(entry.anchor)}"
    words = escape(plain(entry.inlines))
    language = spoken(entry.inlines)
    lang = f' lang="{escape(language)}"' if language else ""
    number = f'<span class="num">{escape(entry.number)} </span>' if entry.number else ""
    start = f'<li class="level-{entry.level}" data-to="{target}">'
    return f'{start}{number}<a href="{target}"{lang}>{words}</a></li>'
