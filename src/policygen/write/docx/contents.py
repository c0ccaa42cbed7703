"""The contents list: a field that Word can update, with its entries already written.

Page numbers are known to no one before the pages are laid out: their fields are there and empty,
and Word fills them when the list is updated, printed or exported. A wrong number would be worse,
and asking Word to update on opening shows every reader an alarming question.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from policygen.model.bidi import isolated
from policygen.model.document import Break, Code, Deleted, Foreign, Gap, Tag, Text, Value
from policygen.model.document.walk import headings, plain, spoken
from policygen.write.docx.context import PLAIN_INK, BlockContext
from policygen.write.docx.package.xml import val, w
from policygen.write.docx.paragraphs import ParagraphFormat
from policygen.write.docx.runs.content import ContentsEntry, Styled, Tab
from policygen.write.docx.runs.fields import field, field_end, field_start

if TYPE_CHECKING:
    from policygen.model.document import Blocks, Contents, Heading, Inlines
    from policygen.write.docx.package.bookmarks import Bookmarks
    from policygen.write.docx.package.xml import Element
    from policygen.write.docx.paragraphs import ParagraphWriter
    from policygen.write.docx.runs.content import RunInlines

_ABOVE_UPDATE = 120  # twips
_TOP = 2  # the highest level of a heading in the body
_LINES = 22  # a longer list names sections only
_DEEPEST = 3  # levels of entries in the template


def contents_list(
    writer: ParagraphWriter, contents: Contents, body: Blocks, context: BlockContext
) -> Element:
    """Make the contents list, every entry a link to its heading in `body`."""
    identity = val("id", writer.runs.next_id())
    gallery = w("docPartObj", val("docPartGallery", "Table of Contents"), w("docPartUnique"))
    title = writer.paragraph(ParagraphFormat("TOCHeading"), (Text(contents.title),), context)
    context = BlockContext(context.width)
    # A list in a body's own template may fill its page, and leave the line below it to the next.
    at_head = writer.page.keeps_indents
    above, below = (contents.update, "") if at_head else ("", contents.update)
    lines = _lines(writer, *_entries(contents, body), above, context)
    _close(writer, lines, below, context)
    return w("sdt", w("sdtPr", identity, gallery), w("sdtContent", title, *lines))


def _entries(contents: Contents, body: Blocks) -> tuple[list[Heading], int]:
    """Return the headings to list, and how many levels of Word they have."""
    listed = [
        heading
        for heading in headings(body, deleted=False)
        if heading.listed and heading.level <= contents.depth
    ]
    if len(listed) <= _LINES:
        return listed, _word_level(contents.depth)
    sections = next((heading.level for heading in listed if heading.number), _TOP)
    short = [heading for heading in listed if heading.level <= sections]
    return short, _word_level(sections)


def _word_level(level: int) -> int:
    """Return Word's level of a heading: the document's title, of level 1, is no heading there."""
    return max(level - 1, 1)


def _lines(
    writer: ParagraphWriter,
    entries: list[Heading],
    depth: int,
    update: str,
    context: BlockContext,
) -> list[Element]:
    """Make the paragraphs; the first, which may say how to `update` it, opens the list's field."""
    opening: RunInlines = field_start(f'TOC \\o "1-{depth}" \\h \\z')
    lines = []
    if update:
        layout = ParagraphFormat("Remark", keep_next=True)
        lines.append(writer.paragraph(layout, (*opening, Text(update)), context))
        opening = ()
    if not entries:
        return [*lines, writer.paragraph(ParagraphFormat("TOC1"), opening, context)]
    for heading, following in zip_longest(entries, entries[1:]):
        opens_deeper = following is not None and following.level > heading.level
        style = f"TOC{min(_word_level(heading.level), _DEEPEST)}"
        layout = ParagraphFormat(style, keep_next=opens_deeper)
        entry = _entry(heading, writer.runs.bookmarks, gutter=writer.page.gutter > 0)
        lines.append(writer.paragraph(layout, (*opening, entry), context))
        opening = ()
    return lines


def _close(
    writer: ParagraphWriter, lines: list[Element], update: str, context: BlockContext
) -> None:
    """Close the field of the list, with a line on how to update it, which Word then takes away."""
    if update:
        layout = ParagraphFormat("Remark", before=_ABOVE_UPDATE)
        lines.append(writer.paragraph(layout, (Text(update),), context))
    writer.runs.write(lines[-1], (field_end(),), PLAIN_INK)


def _entry(heading: Heading, bookmarks: Bookmarks, *, gutter: bool) -> ContentsEntry:
    """Make an entry. `gutter` says that the page has a margin column, in which numbers stand."""
    target = bookmarks.name_of(heading.anchor or bookmarks.unnamed(heading))
    number: RunInlines = ()
    if heading.number:
        end = Tab() if gutter else Text("\u2002")
        number = (Styled("Number", (Text(heading.number),)), end)
    elif gutter and heading.level > 1:
        number = (Tab(),)
    title: Inlines = (Text(_title(heading.inlines)),)
    language = spoken(heading.inlines)
    if language:
        title = (Foreign(language, title),)
    page = field(f"PAGEREF {target} \\h", ())
    return ContentsEntry(target, (*number, *title, Tab(), *page))


def _title(inlines: Inlines) -> str:
    """Return the words of a heading on one line, without marks but with its values isolated."""
    words = []
    for inline in inlines:
        match inline:
            case Value(text=text):
                words.append(isolated(text))
            case Text() | Code() | Tag() | Gap() | Break() | Deleted():
                words.append(plain((inline,)).replace("\n", " "))
            case _:
                words.append(_title(inline.children))
    return "".join(words)
