"""Fragments, style sheets and pictures made from their parts: right, nearly right, and nothing like it."""

from __future__ import annotations

import struct
import zlib
from itertools import starmap

from hypothesis import strategies as st
from nasty import texts

IDS = ("law.records", "law.new", "law.own", "law.", "other.records", "law.records.x", "Law.Records")
TIERS = ("Overview", "Snapshot", "Rule", "In practice", "overview", "")
SLIPS = (
    *("change: add", "change: replace", "change: extend", "change: remove", "change: x"),
    *("after: law.records", "after: law", "after: law.own", "when: elections", "when: 1 == 1"),
    *(
        "when: organisation.kind == 'council'",
        "when: not (",
        "source: a-source",
        "source: +a-source s.3",
    ),
    *(
        "label: Records",
        "grade: core",
        "cleared-by: Head of Legal, 1 May 2027",
        "because: we say so",
        "audience: comms",
        "audience: comms, public",
        "binding: yes",
        "was: 0123",
        "asks: libel, , slander",
    ),
    *(
        "under: may",
        "yes: next",
        "no: never",
        "yes: law.own",
        "lead: Ours",
        "decides: You",
        "by: Now",
        "stake: Much",
        "manager: Ask",
        "measure: Counts",
    ),
)
INLINES = (
    *(
        "Keep it.",
        "**Bold** and *not*.",
        "[a link](https://x.example)",
        "[here](#law.records)",
        "`code`",
    ),
    *(
        "{{ organisation.name }}",
        "{{ commitments.capture }}",
        "[mi]{lang=mi}",
        "a\\",
    ),
    *(
        "{% if elections %}Vote.{% endif %}",
        "{% if x %}",
        "{{ inherited }}",
        "<br>",
        "<b>x</b>",
        "[^1]",
    ),
    *(
        "{% for c in channels %}{{ c.platform }}{% endfor %}",
        "{{ terms.staff }}",
        "# not",
        "&nbsp;",
    ),
)
BLOCKS = (
    *(
        "{{ inherited }}",
        "| A | B |\n|---|---|\n| 1 | 2 |",
        "| A |\n|---|\n| {{ x }} |",
        "|||\n|-|",
    ),
    *(
        "::: do\nThis.\n:::",
        "::: dont\nThat.\n",
        ":::",
        "> quoted",
        "```\ncode\n```",
        "```",
        "    code",
    ),
    *(
        "- one\n- two\n  - three",
        "1. one\n2. two",
        "<!-- HIDDEN\n\nHIDDEN -->",
        "<!--",
        "-->",
        "---",
        "a\n===",
    ),
    *(
        "<!--\n\n## HIDDEN {#law.hidden}\n\n### Rule\n\nHIDDEN\n\n-->",
        "a <!-- HIDDEN --> b",
        "#tag",
    ),
    *("<div>\n\nx\n\n</div>", "[x]: https://x.example", "[^1]: note", "a : b\n\n: c", "- [ ] task"),
    *(
        "{% if elections %}\n\nVote.\n\n{% endif %}",
        "{% for c in channels %}\n\n- x\n\n{% endfor %}",
    ),
)


def _line() -> st.SearchStrategy[str]:
    return st.lists(st.one_of(st.sampled_from(INLINES), texts()), max_size=3).map(" ".join)


def _block() -> st.SearchStrategy[str]:
    block = st.one_of(st.sampled_from(BLOCKS), _line())
    prefix = st.sampled_from(("", "", "", "", "> ", "- ", "  ", "    ", "\t", "1. "))
    return st.tuples(prefix, block).map("".join)


@st.composite
def _tier(draw: st.DrawFn) -> str:
    marks = draw(st.sampled_from(("### ", "### ", "### ", " ### ", "###", "#### ", "    ### ")))
    blocks = draw(st.lists(_block(), max_size=3))
    return "\n\n".join([marks + draw(st.sampled_from(TIERS)), *blocks])


@st.composite
def _clause(draw: st.DrawFn) -> str:
    marks = draw(st.sampled_from(("## ", "## ", "## ", "   ## ", "##\t", "# ", "- ## ", "> ## ")))
    title = draw(st.one_of(st.just("Keep a record"), texts()))
    slip = "\n".join(f"- {key}" for key in draw(st.lists(st.sampled_from(SLIPS), max_size=3)))
    head = f"{marks}{title} {{#{draw(st.sampled_from(IDS))}}}"
    return "\n\n".join([head, slip, *draw(st.lists(_tier(), max_size=3))])


@st.composite
def fragments(draw: st.DrawFn) -> str:
    head = draw(
        st.sampled_from(("", "# The law\n\n", "# The law\n\n- lead: Ours\n\n", "---\na: b\n---\n"))
    )
    return head + "\n\n".join(draw(st.lists(st.one_of(_clause(), _block()), max_size=4))) + "\n"


# --- Style sheets --------------------------------------------------------------------------------------------

SELECTORS = (
    *(
        "h2",
        "*",
        ":root",
        "html.book",
        "p::before",
        "td:nth-child(2n+1)",
        ":is(a, b)",
        "a[href]",
        ",",
    ),
    *(
        "@page",
        "@page :first",
        "@page wide:left",
        "@media print",
        "@media (max-width: 40rem)",
        "@font-face",
    ),
    *(":not(:not(p))", "p > * + * ~ *", "::marker", "h2:has(p)", "@supports (a: b)", "@layer x"),
)
PROPERTIES = (
    *(
        "color",
        "font",
        "font-size",
        "line-height",
        "width",
        "max-width",
        "min-width",
        "size",
        "margin",
    ),
    *("padding", "padding-left", "margin-top", "border", "border-width", "border-spacing", "gap"),
    *("--ink", "--page-margin", "--first-margin", "--gutter", "break-before", "orphans", "widows"),
    *(
        "letter-spacing",
        "word-spacing",
        "text-align",
        "vertical-align",
        "hyphens",
        "font-feature-settings",
    ),
    *(
        "font-family",
        "background",
        "list-style-type",
        "content",
        "position",
        "border-image",
        "columns",
    ),
)
CSS_VALUES = (
    *(
        "red",
        "#123",
        "#12345",
        "0",
        "1px",
        "1e9mm",
        "-99cm",
        "1e-9pt",
        "99999999999999999999px",
        "50%",
    ),
    *(
        "-1",
        "inherit",
        "auto",
        "calc(1px + 2em)",
        "calc(1px / 0)",
        "calc(infinity * 1px)",
        "calc()",
    ),
    *(
        "var(--ink)",
        "var(--x, var(--y))",
        "min(1px, 2px)",
        "clamp(1px, 2px",
        "rgb(1 2 3 / 4)",
        "hsl(1)",
    ),
    *(
        "url(x)",
        '"text"',
        "attr(x)",
        "A4 landscape",
        "0 0",
        "1mm 1mm",
        "always",
        "left",
        "recto",
        "1e999",
    ),
    *("var(--gutter) " * 10, "x " * 10, "calc(1e300px * 1e300)", "3mm 3mm", "0.1mm", "9999in 1in"),
    *(
        "NaN",
        "'a' 1",
        "1 1 1 1 1",
        "!important",
        "\\",
        "1px solid",
        "bold 1em/2 serif",
        "larger",
        "1ex",
    ),
)


@st.composite
def _declaration(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(PROPERTIES))
    parts = draw(st.lists(st.sampled_from(CSS_VALUES), min_size=1, max_size=2))
    return f"{name}: {' '.join(parts)}"


@st.composite
def _rule(draw: st.DrawFn) -> str:
    selector = draw(st.sampled_from(SELECTORS))
    body = "; ".join(draw(st.lists(_declaration(), max_size=3)))
    if selector.startswith("@media"):
        body = f"h2 {{ {body} }}"
    return f"{selector} {{ {body} }}"


@st.composite
def sheets(draw: st.DrawFn) -> str:
    return "\n".join(draw(st.lists(st.one_of(_rule(), _rule(), _rule(), texts()), max_size=4)))


# --- Pictures ------------------------------------------------------------------------------------------------

LENGTHS = (
    *(
        "10",
        "10px",
        "1e400",
        "NaN",
        "inf",
        "-1",
        "0",
        "",
        " ",
        "10%",
        "12,5",
        "1.2.3",
        "١٢",
        "10 10",
        "1e-400",
    ),
    *("99999999999", "10furlong", "auto", "calc(1px)", "&#0;", "&x;"),
)
BOXES = (
    "0 0 10 10",
    "0 0 0 0",
    "0,0,10,10",
    "a b c d",
    "0 0 1e400 1",
    "",
    "0 0 10",
    "0 0 -1 -1",
    "NaN NaN 1 1",
)
SHAPES = (
    *(
        '<path d="M0 0h10v10z"/>',
        '<path d="M0"/>',
        "<text>a</text>",
        '<image href="file:///etc/hostname"/>',
    ),
    *(
        '<use href="#a" id="a"/>',
        "<script>1</script>",
        "<style>*{fill:red}</style>",
        "<x:y/>",
        "<g>",
        "<!-- -->",
    ),
    *(
        "<![CDATA[x]]>",
        '<svg width="1"/>',
        '<image href="data:image/svg+xml,&lt;svg/>"/>',
        "&lt;",
        "<?a b?>",
    ),
)
HEADS = (
    "",
    "",
    '<?xml version="1.0"?>',
    '<?xml version="1.0" encoding="x"?>',
    '<!DOCTYPE a [<!ENTITY x "y">]>',
)


@st.composite
def svgs(draw: st.DrawFn) -> str:
    sizes = {"width": LENGTHS, "height": LENGTHS, "viewBox": BOXES, "x": LENGTHS}
    names = draw(st.sets(st.sampled_from(sorted(sizes))))
    attributes = "".join(
        f' {name}="{draw(st.sampled_from(sizes[name]))}"' for name in sorted(names)
    )
    space = draw(st.sampled_from((' xmlns="http://www.w3.org/2000/svg"',) * 4 + ("", ' xmlns="x"')))
    inside = "".join(draw(st.lists(st.one_of(st.sampled_from(SHAPES), texts()), max_size=3)))
    return f"{draw(st.sampled_from(HEADS))}<svg{space}{attributes}>{inside}</svg>"


HEADER = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)  # of one grey dot
CHUNKS = (
    *(
        b"tEXt",
        b"iTXt",
        b"zTXt",
        b"iCCP",
        b"pHYs",
        b"eXIf",
        b"gAMA",
        b"cHRM",
        b"tIME",
        b"acTL",
        b"sRGB",
    ),
    *(b"IHDR", b"PLTE", b"tRNS", b"bKGD", b"xxxx", b"\0\0\0\0"),
)


@st.composite
def pngs(draw: st.DrawFn) -> bytes:
    """A PNG of one grey dot, with other chunks of any kind and content; now and then cut short."""
    content = st.one_of(
        st.binary(max_size=40), st.binary(max_size=9).map(lambda data: b"Title\0" + data)
    )
    odd = st.tuples(st.sampled_from(CHUNKS), content)
    header = draw(st.sampled_from((HEADER, HEADER, HEADER, b"\0" * 13, b"\xff" * 13, b"\0\0\1")))
    pixels = zlib.compress(draw(st.sampled_from((b"\0\0", b"\0\0", b"\0\0", b"", b"\0" * 99))))
    chunks = [(b"IHDR", header), *draw(st.lists(odd, max_size=2)), (b"IDAT", pixels)]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(starmap(_chunk, [*chunks, (b"IEND", b"")]))
    whole = draw(st.integers(0, 4))
    return data if whole else data[: draw(st.integers(0, len(data)))]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
