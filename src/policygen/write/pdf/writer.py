"""PDF: the HTML page, printed by WeasyPrint as PDF/UA-1 and PDF/A-2a at once."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from policygen.model.document import GAP_LIST
from policygen.problems import Level, Message, PolicygenError, Problem
from policygen.write.html.writer import render_page
from policygen.write.pdf.limits import TooLong, bounded_layout
from policygen.write.pdf.page_numbers import settled_page_numbers
from policygen.write.pdf.press import Press, press_for
from policygen.write.pdf.tags import UnknownWeasyPrint, claim_accessible, mended, spaced
from policygen.write.writer import Printout

if TYPE_CHECKING:
    from policygen.model.document import Document

_VARIANT = "pdf/a-2a"
_ADDRESS = re.compile(r"(data:[a-z0-9.+-]{0,80}/?[a-z0-9.+-]{0,80})[;,][^\s\"')]*", re.IGNORECASE)
_LONGEST = 300  # characters of a message
_NEARLY_EMPTY = 0.15  # of the height of a sheet: about six lines
_NEARLY_ONE = 1.05  # of a page: what two of them hold, where one could if it were set closer


class PdfWriter:
    """A PDF for paper, screen and screen reader."""

    extension = "pdf"
    imported_first = "policygen.write.pdf.imported_first"

    def write(self, document: Document) -> bytes:
        """Return the file.

        Raises PolicygenError where Pango is missing or it cannot be laid out.
        """
        return self.print_pages(document).data

    def print_pages(
        self, document: Document, on_page: Callable[[int], None] | None = None
    ) -> Printout:
        """Return the file, its number of pages and its warnings; raises as `write` does."""
        rendered = render(document, on_page)
        errors = [m for m in rendered.messages if m.levelno >= logging.ERROR]
        if errors:
            what = f'The PDF of "{document.meta.title}" is not whole'
            mend = "Mend the picture or the address it names, or leave it out of the profile."
            raise PolicygenError(
                Problem(f"{what}: {_quoted(m.getMessage())}.", mend, code="PG423") for m in errors
            )
        return Printout(rendered.pdf, rendered.pages, _replaced(document, rendered.replaced))


class Rendered(NamedTuple):
    """A PDF, its number of pages, and all that WeasyPrint had to say while it was made.

    The pages that a draft's list of gaps has to itself are not counted. `replaced` are the
    characters that no font here has, which print as their code points.
    """

    pdf: bytes
    pages: int
    messages: list[logging.LogRecord]
    replaced: tuple[str, ...] = ()


def render(document: Document, on_page: Callable[[int], None] | None = None) -> Rendered:
    """Print a document; a character that no font has is replaced, since a box would say nothing.

    Raises PolicygenError, whatever the layout engine raises.
    """
    with _without_collection(), _engine_faults(document):
        rendered = _render(document, "", on_page)
        if missing := _missing_characters(rendered.messages):
            rendered = _render(document, missing, on_page)._replace(replaced=tuple(missing))
    return rendered


def _render(document: Document, missing: str, on_page: Callable[[int], None] | None) -> Rendered:
    """Print a document, with the characters that no font has, `missing`, as their code points.

    One that runs over its pages, a sheet that has no number of them, and one whose last page could
    be spared is set closer if that spares it.
    """
    press = press_for(document.brand.theme)  # first, since it knows whether WeasyPrint is there
    most = document.pages or (1 if document.fit == "sheet" else 0)
    with _collected_log() as messages, mended(), settled_page_numbers(), bounded_layout(on_page):
        layout = _lay_out(press, document, missing)
        is_over = most and _counted_pages(layout) > most
        # A book that is signed has a budget, and is close already: what is won is but a page.
        is_loose = document.close and _ends_loosely(layout)
        if is_over or is_loose or _ends_nearly_empty(layout):
            closer = _lay_out(press, document, missing, close=True)
            layout = min(layout, closer, key=_counted_pages)
        claim_accessible(layout.metadata)
        pdf: bytes = layout.write_pdf(pdf_variant=_VARIANT)
    return Rendered(pdf, _counted_pages(layout), messages)


def _counted_pages(layout: Any) -> int:
    """Return the number of pages without those that a draft's list of gaps has to itself.

    The list goes when the draft is whole.
    """
    for number, page in enumerate(layout.pages):
        if GAP_LIST in page.anchors:
            return number if _begins(page, GAP_LIST) else number + 1
    return len(layout.pages)


def _ends_nearly_empty(layout: Any) -> bool:
    """Tell whether the last of several pages holds but a few lines."""
    sheet = layout.pages[-1]._page_box
    return len(layout.pages) > 1 and sheet.children[0].height < _NEARLY_EMPTY * sheet.height


def _ends_loosely(layout: Any) -> bool:
    """Tell whether the last of several pages would nearly fit on the one before.

    An index, for one, goes overleaf whole where its last line has no room.
    """
    if len(layout.pages) < 2:
        return False
    before, last = (page._page_box for page in layout.pages[-2:])
    return bool(_filled(before) + last.children[0].height < _NEARLY_ONE * before.height)


def _filled(page: Any) -> float:
    """Return how far down a page its lowest line stands, from where its content begins.

    A box that goes on overleaf is as high as the page, whatever stands in it.
    """
    top = page.content_box_y()
    lines = (box for box in page.children[0].descendants() if type(box).__name__ == "LineBox")
    return max((line.position_y + line.height - top for line in lines), default=0.0)


def _begins(page: Any, anchor: str) -> bool:
    """Tell whether nothing stands above an anchor of a page."""
    top = page.anchors[anchor][1]
    return bool(top <= page._page_box.content_box_y() + 1)  # WeasyPrint says it nowhere else


def _lay_out(press: Press, document: Document, missing: str, *, close: bool = False) -> Any:
    """Return the pages, as WeasyPrint's Document."""
    page = spaced(render_page(document, "print", close=close))
    source = _with_code_points(page, missing)
    # Without an address of its own, so that links to the files beside this one stay relative.
    html = press.weasyprint.HTML(string=source, url_fetcher=press.fetcher)
    return html.render(stylesheets=press.sheets, font_config=press.fonts, pdf_variant=_VARIANT)


# --- Characters that no font has ------------------------------------------------------------------


def _missing_characters(messages: list[logging.LogRecord]) -> str:
    """Return the characters that would be drawn as an empty box, each once."""
    return "".join(
        dict.fromkeys(
            str(message.args[0])
            for message in messages
            if str(message.msg).startswith(".notdef") and isinstance(message.args, tuple)
        )
    )


def _with_code_points(page: str, characters: str) -> str:
    """Replace characters in the HTML of a page by their code points, such as [U+1F600].

    In the CSS of the page a character may stand as an escape.
    """
    for character in characters:
        code_point = f"[U+{ord(character):04X}]"
        css_escape = f"\\{ord(character):x} "
        page = page.replace(character, code_point).replace(css_escape, code_point)
    return page


def _replaced(document: Document, characters: tuple[str, ...]) -> tuple[Problem, ...]:
    if not characters:
        return ()
    shown = ", ".join(f"U+{ord(character):04X}" for character in characters[:10])
    more = f" and {len(characters) - 10} more" if len(characters) > 10 else ""
    what = f'In the PDF of "{document.meta.title}" no font has {shown}{more}.'
    mend = (
        "It prints the code point in brackets instead; write it otherwise, or bring a font that "
        "has the character (docs/add-your-own-look.md)."
    )
    return (Problem(what, mend, level=Level.WARNING, code="PG424"),)


# --- Faults and messages of the layout engine -----------------------------------------------------


@contextmanager
def _engine_faults(document: Document) -> Iterator[None]:
    """Turn whatever the layout engine raises into a Problem that names what its reader can mend."""
    try:
        yield
    except (PolicygenError, UnknownWeasyPrint):
        raise
    except TooLong as error:
        raise PolicygenError([_engine_problem(document, str(error))]) from error
    except OSError as error:  # it keeps the fonts of a theme in files
        raise PolicygenError([_temporary_problem(document, error)]) from error
    except (Exception, RecursionError, MemoryError) as error:
        why = f"the layout engine gave up ({type(error).__name__})"
        raise PolicygenError([_engine_problem(document, why)]) from error


def _engine_problem(document: Document, why: str) -> Problem:
    title = document.meta.title
    if document.brand.theme.print:
        what = f'With theme/print.css, the PDF of "{title}" cannot be laid out: {why}.'
        mend = "Take lines out of theme/print.css until it can; sizes and margins first."
    else:
        what = f'The PDF of "{title}" cannot be laid out: {why}.'
        mend = Message(
            "Shorten what it holds, or build the other formats (`--format html`).",
            on_page="Shorten what it holds, or download another format.",
        )
    return Problem(what, mend, code="PG422")


def _temporary_problem(document: Document, error: OSError) -> Problem:
    why = (error.strerror or type(error).__name__).lower()
    what = f'The PDF of "{document.meta.title}" needs a temporary file that cannot be written'
    mend = "Free some space on the disk, or name a folder that has some in TMPDIR."
    return Problem(f"{what}: {why}.", mend, code="PG422")


def _quoted(message: str) -> str:
    """Return a message of the engine's, short and without the bytes of a picture."""
    words = _ADDRESS.sub(r"\1 ...", " ".join(message.split())).rstrip(".")
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}..."


class _Collector(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _collected_log() -> Iterator[list[logging.LogRecord]]:
    """Collect WeasyPrint's messages, which would otherwise be printed."""
    handler = _Collector(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    propagate = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield handler.records
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


# --- Memory ---------------------------------------------------------------------------------------


@contextmanager
def _without_collection() -> Iterator[None]:
    """Collect no garbage while a document is printed, which saves about 15 % of its time.

    Collect once after it: a layout is a web of boxes that point at one another, some 40 MB for a
    full story, and only a collection frees it.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
        gc.collect(1)  # the young generations, where all that was made meanwhile is
