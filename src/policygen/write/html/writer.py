"""HTML: the page around the body, for the screen as one file, and for WeasyPrint to print."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from policygen.model.colour import palette
from policygen.model.document import ONE_SIDE, Contents
from policygen.model.document.walk import walk
from policygen.model.outline.label import split_label
from policygen.write.cover import has_long_control
from policygen.write.html.blocks import HtmlBody, collect_anchors, contents_entries
from policygen.write.html.columns import column_rules
from policygen.write.html.inlines import LinkTargets, isolate
from policygen.write.html.masthead import name_hook
from policygen.write.html.matrix import render_matrix
from policygen.write.html.navigation import (
    first_entry,
    render_contents,
    render_editions,
    render_translations,
    screen_entries,
)
from policygen.write.html.paste import render_paste
from policygen.write.html.running import css_string, running_head
from policygen.write.logo import logo_ratio
from policygen.write.look import Media, theme_css
from policygen.write.writer import THEME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Template

    from policygen.model.comparison.matrix_view import MatrixView
    from policygen.model.document import Document, Heading

# How wide the theme sets a page, and the margin column in it, in tenths of a point of a table's
# usual type.
PAPER = {
    "poster": (5_160, 0),
    "card": (5_390, 0),
    "close": (4_930, 450),
    "compact": (5_100, 400),
    "sheet": (5_290, 330),
    "dense": (4_990, 340),
    "checklist": (5_160, 0),
    "paper": (4_990, 0),
    "": (4_820, 710),
}
LONG = 12  # clauses; a change report of more is set smaller

# A picture of one colour, to be stretched: WeasyPrint gives gradients no size.
_LINE = (
    "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1' "
    "preserveAspectRatio='none'%3E%3Cpath d='M0 0h1v1H0z' fill='%23",
    "'/%3E%3C/svg%3E\")",
)


class HtmlWriter:
    """One self-contained file that fetches nothing.

    A change report has a script, and a page with its contents beside the text another.
    """

    extension = "html"

    def write(self, document: Document) -> bytes:
        """Return the page for the screen, as UTF-8."""
        return render_page(document, "screen").encode()

    def write_paste(self, document: Document, prefix: str) -> bytes:
        """Return the words alone, to be pasted into another page, as UTF-8."""
        return render_paste(document, prefix).encode()

    def write_matrix(self, view: MatrixView) -> bytes:
        """Return a matrix to be filtered and clicked on, as UTF-8."""
        return render_matrix(view).encode()


def render_page(document: Document, media: Media, *, close: bool = False) -> str:
    """Return the whole page, with its style sheets in it.

    For `print` it has only the values that differ between documents: WeasyPrint reads the print
    sheet once for all. `close` sets the page closer than the theme would choose, for a document
    that must stand on few pages; one that is close already is then set closest.
    """
    closest = close and document.close
    close = close or document.close
    entries = contents_entries(document.body)
    width, gutter = _paper(document, close) if media == "print" else (0, 0)
    extension = "html" if media == "screen" else "pdf"
    targets = LinkTargets(collect_anchors(document.body), extension=extension)
    beside = screen_entries(document, entries) if media == "screen" else ()
    html_body = HtmlBody(
        *(targets, entries, width, gutter, document.brand.theme),
        contents_apart=bool(beside),
        link_here=document.navigation.link_here if media == "screen" else "",
    )
    body = html_body.render(document.body)
    control = document.masthead.control
    names = name_hook(document, width) if media == "print" else ""
    script = _script(document, media, beside)
    hooks = _hooks(document, close, body, beside)
    if closest:
        hooks.append("closest")
    return _template().render(
        document=document,
        media=media,
        classes=" ".join([document.layout, *hooks, names]).rstrip(),
        running=_running_part(document, media),
        keywords=", ".join(document.meta.keywords),
        first=first_entry(document, beside or entries),
        editions=render_editions(document.navigation),
        translations=render_translations(document.navigation),
        contents=_contents_beside(document, beside),
        up=_way_up(document, media, beside),
        properties=_properties(document, media, width),
        sheet="".join(_sheets(document, media, body)),
        script=script,
        allowed=_script_hash(script) if script else "",
        control=html_body.render((control,)) if control else "",
        body=body,
    )


def _contents_beside(document: Document, entries: Sequence[Heading]) -> str:
    """Return the contents list that stands beside the text, under the name it has there."""
    if not entries:
        return ""
    own = (block.title for block in walk(document.body) if isinstance(block, Contents))
    title = document.navigation.contents or next(own, "")
    return render_contents(entries, title, document.navigation)


def _way_up(document: Document, media: Media, entries: Sequence[Heading]) -> str:
    """Return the words of the link back to the top, for a page of several screens."""
    is_long = entries or document.layout in ONE_SIDE
    return document.navigation.to_top if media == "screen" and is_long else ""


def _script(document: Document, media: Media, entries: Sequence[Heading]) -> str:
    """Return the one script of a page: of a report, or of contents beside the text; or nothing."""
    if media == "print":
        return ""
    if document.layout == "report":
        return _theme("report.js")
    return _theme("page.js") if entries else ""


@cache
def _script_hash(script: str) -> str:
    """Return the source of a Content-Security-Policy that lets this script run and no other."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _paper(document: Document, close: bool) -> tuple[int, int]:
    """How wide a page is set, and the margin column in it."""
    if close and document.layout == "book" and not document.compact:
        return PAPER["close"]
    return PAPER.get(document.layout) or PAPER[document.fit]


def _sheets(document: Document, media: Media, body: str) -> Iterator[str]:
    """Yield the style sheets that stand in the page itself; `body` is the HTML of its body.

    The theme's sheets stand in it for the screen alone: WeasyPrint reads those for print from their
    files, once for all documents. The organisation's own comes last, and so it wins.
    """
    if media == "screen":
        yield _theme("screen.css")
    if document.layout in ("report", "worksheet"):
        yield _theme("report.css")
    if document.layout == "worksheet":
        yield _theme("worksheet.css")
    yield column_rules(body)
    if media == "screen":
        head = document.masthead
        names = (*(name for _, name in head.local_names), head.organisation, head.title)
        yield theme_css(document.brand.theme, "screen", "".join((body, *names)))


def _hooks(document: Document, close: bool, body: str, entries: Sequence[Heading]) -> list[str]:
    """Return classes by which the sheets know drafts, board papers, long titles and the like.

    `body` is the HTML of the body, whose clauses and topics are counted; `entries` stand beside it.
    """
    hooks = {
        "report": document.layout == "worksheet",  # the same pictures, without its script
        "poster": document.layout == "card",  # a small one, which differs in sizes alone
        "draft": not document.in_force,
        document.fit: bool(document.fit),
        "close": close,
        "register": 'class="part every' in body,
        "one-topic": body.count('class="topic"') == 1,
        "long": document.layout == "report" and body.count("<article ") > LONG,
        "long-title": len(document.masthead.title) > 36,
        "with-contents": bool(entries),
        "long-control": has_long_control(document.masthead),
    }
    return [hook for hook, holds in hooks.items() if holds]


def _properties(document: Document, media: Media, line: int) -> str:
    """The custom properties of one document, as CSS: colours, logo, running lines.

    `line` is how wide a page is set, in tenths of a point.
    """
    brand = document.brand
    running = document.running
    colours = palette(brand.colour)
    values = {
        "brand": colours.text,
        "brand-tint": colours.tint,
        "brand-night": colours.night,
        "field": colours.field,
        "words": colours.words,
        "brand-line": colours.text[1:].join(_LINE),
        "organisation": css_string(running.organisation),
        "control": css_string(running.control),
        "page": _page_counter(running.page),
    }
    if media == "print":
        values |= running_head(document, line)
    if brand.logo:
        data = b64encode(brand.logo).decode()
        values["logo"] = f'url("data:{_media_type(brand.logo_type)};base64,{data}")'
        values["logo-ratio"] = f"{logo_ratio(brand.logo, brand.logo_type):.3f}"
    return "".join(f"--{name}: {value}; " for name, value in values.items())


def _running_part(document: Document, media: Media) -> Markup:
    """Return the attribute from which the print sheet takes the head of the first pages."""
    text = document.running.part if media == "print" else ""
    return Markup(f' data-running="{escape(text)}"' if text else "")


def _page_counter(text: str) -> str:
    """`Page {page} of {pages}` as the value of a `content` property."""
    counters = {"page": "counter(page)", "pages": "counter(pages)"}
    values: list[str] = []
    for words, slot in split_label(text):
        if words:
            values.append(css_string(words))
        if slot:
            values.append(counters[slot])
    return " ".join(values) or '""'


def _media_type(name: str) -> str:
    return name if name in {"image/svg+xml", "image/png"} else "image/png"


@cache
def _template() -> Template:
    loader = FileSystemLoader(THEME)
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["isolate"] = lambda text: Markup(isolate(text))
    return environment.get_template("page.html")


@cache
def _theme(name: str) -> str:
    return (THEME / name).read_text("utf-8")
