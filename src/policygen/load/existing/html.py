"""A web page -> lines: what its main part says, without what leads about the site."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from policygen.load.existing.lines import ExistingLine, LineKind, heading_level, text_line

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK_TAGS = """
    p li dt dd tr div section article main blockquote pre figcaption caption table ul ol dl body
    address fieldset details summary tbody thead tfoot br hr
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_OTHER_TAGS = """
    script style nav aside form button select svg noscript template iframe head object footer
"""
_SKIPPED = frozenset(_OTHER_TAGS.split())
_SKIPPED_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary"))
_CELLS = ("td", "th")
_BOLD = ("b", "strong")
_MANY = 1_000_000  # elements


class TooManyElements(Exception):
    """A page of more elements than any policy has."""


def html_title(root: etree._Element) -> str:
    """Return the title that a page says of itself, or ""."""
    return " ".join(str(root.findtext(".//title") or "").split())


def parse_html(data: bytes) -> etree._Element | None:
    """Parse a page; None where nothing is in it. Nothing outside it is fetched."""
    parser = etree.HTMLParser(
        encoding=_encoding(data),
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root if root is not None and isinstance(root.tag, str) else None


def _encoding(data: bytes) -> str | None:
    try:
        data.decode()
    except UnicodeDecodeError:
        return None  # what the page itself says
    return "utf-8"


def html_lines(root: etree._Element) -> Iterator[ExistingLine]:
    """Yield the lines of a page. Raises TooManyElements."""
    for start in _starts(root):
        yield from _PageReader().read(start)


def _starts(root: etree._Element) -> list[etree._Element]:
    """Return the parts that hold the page's own words, or the whole."""
    for path in ("//main", "//*[@role='main']", "//article", "//body"):
        found = root.xpath(path)
        if isinstance(found, list) and found:
            return [one for one in found if isinstance(one, etree._Element)][:1]
    return [root]


class _PageReader:
    """Gathers the words between the tags of blocks."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._plain = False  # whether some of the words at hand are not bold
        self._bold = 0
        self._level = 0
        self._items = 0
        self._rows = 0

    def read(self, start: etree._Element) -> Iterator[ExistingLine]:
        """Yield the lines within an element."""
        walk = etree.iterwalk(start, events=("start", "end"))
        count = 0
        for event, element in walk:
            count += 1
            if count > _MANY:
                raise TooManyElements
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if _is_skipped(element, tag):
                    walk.skip_subtree()
                    continue
                yield from self._open(tag)
                self._say(element.text)
            else:
                if not _is_skipped(element, tag):
                    yield from self._close(tag)
                if element is not start:
                    self._say(element.tail)
        yield from self._line()

    def _open(self, tag: str) -> Iterator[ExistingLine]:
        if tag in _CELLS and self._words:
            self._words.append("\t")
        elif tag in _HEADINGS:
            yield from self._line()
            self._level = _HEADINGS[tag]
        elif tag in _BLOCKS and not (self._rows and tag != "tr"):
            yield from self._line()
        self._items += tag == "li"
        self._rows += tag == "tr"
        self._bold += tag in _BOLD

    def _close(self, tag: str) -> Iterator[ExistingLine]:
        if tag in _HEADINGS or (tag in _BLOCKS and not (self._rows and tag != "tr")):
            yield from self._line()
        self._items -= tag == "li"
        self._rows -= tag == "tr"
        self._bold -= tag in _BOLD

    def _say(self, text: str | None) -> None:
        if not text:
            return
        words = " ".join(text.replace("\t", " ").split())
        edges = (text[:1].isspace(), text[-1:].isspace())
        self._words.append(f"{' ' * edges[0]}{words}{' ' * edges[1]}" if words else " ")
        self._plain = self._plain or bool(words and not self._bold)

    def _line(self) -> Iterator[ExistingLine]:
        text = "".join(self._words).strip()
        level, self._level = self._level, 0
        is_bold, self._plain = not self._plain, False
        self._words = []
        if not text:
            return
        if self._rows:
            yield ExistingLine(text, kind=LineKind.ROW)
        elif level:
            yield ExistingLine(text, level)
        elif self._items:
            yield ExistingLine(text, kind=LineKind.ITEM)
        else:
            yield text_line(text, heading_level(text, is_marked=True) if is_bold else 0)


def _is_skipped(element: etree._Element, tag: str) -> bool:
    if not tag or tag in _SKIPPED or element.get("role", "") in _SKIPPED_ROLES:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    parent = element.getparent()
    return tag == "header" and parent is not None and parent.tag == "body"
