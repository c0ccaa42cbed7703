"""Make the theme's Word template, `theme/base.docx`: every style of the look, and nothing else.

    python tools/build_base_docx.py [TARGET]

The styles are those of the layout `book` in the default brand colour; `write/docx/package/styles.py` adapts them to
another layout and another brand. The same script gives the same bytes, and a test holds the file to it.
Sizes are points, indents twips (twentieths of a point).
"""

from __future__ import annotations

import sys
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from uuid import UUID

from fontTools.ttLib import TTFont
from lxml import etree

from policygen.write.docx.package.archive import pack
from policygen.write.docx.package.properties import CUSTOM_PROPERTIES, custom_properties
from policygen.write.docx.package.styles import BRAND, INK, PAGES, QUIET, RULE, TINT
from policygen.write.docx.package.xml import R, W, name, val, w

FONT, FALLBACK, CODE = "Public Sans", "Arial", "Courier New"
LIST_STEP = 400  # twips a level of a list moves in
BULLET, NUMBER = (
    280,
    90,
)  # twips from a bullet's left edge to the text, and from a number's right edge
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "application/vnd.openxmlformats-officedocument"
Element = etree._Element

THEME = Path(__file__).parents[1] / "src/policygen/write/theme"
TARGET = THEME / "base.docx"
BOOK = PAGES["book"]
# The two weights that Word knows of a font, each with the key that it is stored under.
EMBEDDED = {
    "Regular": UUID("8d1c9f1a-4f5e-4c1b-9d0a-5a6d2b7e0c41"),
    "Bold": UUID("3e7b60d2-91c8-4a37-8f26-d4c05b9a17e8"),
}

# Where each side of a paragraph or a cell has a line: side -> (kind, eighths of a point, space, colour).
Lines = dict[str, tuple[str, int, int, str]]


def lines(holder: str, sides: Lines) -> Element | None:
    """Borders in the order that the schema asks for, or nothing."""
    order = [
        side for side in ("top", "left", "bottom", "right", "between", "insideH") if side in sides
    ]
    made = [
        w(s, val=sides[s][0], sz=sides[s][1], space=sides[s][2], color=sides[s][3]) for s in order
    ]
    return w(holder, *made) if made else None


def shade(colour: str) -> Element | None:
    """A flat shade behind text."""
    return w("shd", val="clear", color="auto", fill=colour) if colour else None


# Points between letters and a line around them: a dashed one would strike through brackets.
_ROOM = {"dashed": 2, "single": 0}


def run(
    size: float = 0,
    bold: bool | None = None,
    colour: str = "",
    *,
    font: str = "",
    track: int = 0,
    underline: bool = False,
    border: str = "",
    fill: str = "",
) -> Element:
    """Run properties, in the order that the schema asks for."""
    return w(
        "rPr",
        w("rFonts", ascii=font, hAnsi=font, cs=font) if font else None,
        None if bold is None else val("b", int(bold)),
        None if bold is None else val("bCs", int(bold)),
        val("color", colour) if colour else None,
        val("spacing", track) if track else None,
        val("sz", round(size * 2)) if size else None,
        val("szCs", round(size * 2)) if size else None,
        val("u", "single") if underline else None,
        w("bdr", val=border, sz=8, space=_ROOM[border], color=INK) if border else None,
        shade(fill),
    )


def paragraph(
    line: float = 0,
    before: float | None = None,
    after: float | None = None,
    *,
    left: int | None = None,
    right: int = 0,
    hanging: int = 0,
    keep: bool = False,
    whole: bool = False,
    sides: Lines | None = None,
    fill: str = "",
    tabs: tuple[tuple[str, int], ...] = (),
    outline: int | None = None,
    numbering: tuple[int, int] | None = None,
    middle: bool = False,
    centred: bool = False,
) -> Element:
    """Paragraph properties. `keep` holds to the next paragraph, `whole` keeps lines on one page.

    `middle` stands words at half the height of a picture beside them.
    """
    spacing = w("spacing")
    if before is not None:
        spacing.set(name("before"), str(round(before * 20)))
    if after is not None:
        spacing.set(name("after"), str(round(after * 20)))
    if line:
        spacing.set(name("line"), str(round(line * 20)))
        spacing.set(name("lineRule"), "atLeast")
    indent = None
    if left is not None or right or hanging:
        indent = w("ind", left=left or 0)
        if right:
            indent.set(name("right"), str(right))
        if hanging:
            indent.set(name("hanging"), str(hanging))
    return w(
        "pPr",
        w("keepNext") if keep else None,
        w("keepLines") if whole or keep else None,
        w("numPr", val("ilvl", numbering[1]), val("numId", numbering[0])) if numbering else None,
        lines("pBdr", sides or {}),
        shade(fill),
        w("tabs", *(w("tab", val=kind, pos=at) for kind, at in tabs)) if tabs else None,
        spacing if spacing.attrib else None,
        indent,
        val("jc", "center") if centred else None,
        val("textAlignment", "center") if middle else None,
        None if outline is None else val("outlineLvl", outline),
    )


def style(
    title: str,
    *properties: Element,
    kind: str = "paragraph",
    based: str = "Normal",
    following: str = "",
) -> Element:
    """One style. Its id is its name without spaces, as Word makes it, `heading 1` being `Heading1`."""
    identity = (
        title.title().replace(" ", "")
        if title[:3] in ("hea", "foo", "toc", "cap")
        else title.replace(" ", "")
    )
    identity = {"Toc1": "TOC1", "Toc2": "TOC2", "Toc3": "TOC3"}.get(identity, identity)
    made = w("style", type=kind, styleId=identity)
    if title in ("Normal", "Table Normal", "No List", "Default Paragraph Font"):
        made.set(name("default"), "1")
        based = ""
    elif not title[0].islower() and title not in BUILT_IN:
        made.set(name("customStyle"), "1")
    made.append(val("name", title))
    if based:
        made.append(val("basedOn", based))
    if following:
        made.append(val("next", following))
    made.append(val("uiPriority", 1 if kind == "paragraph" else 99))
    if kind != "table" and title != "No List":
        made.append(w("qFormat"))
    made.extend(p for p in properties if len(p))
    return made


BUILT_IN = {
    "Title",
    "Subtitle",
    "Body Text",
    "Quote",
    "Strong",
    "Emphasis",
    "Hyperlink",
    "TOC Heading",
    *(
        f"List {kind}{level}"
        for kind in ("Bullet", "Number", "Continue")
        for level in ("", " 2", " 3")
    ),
}


def text_styles() -> list[Element]:
    """Running text, headings, and what stands at the head and the foot of a page."""
    thick: Lines = {"top": ("single", 12, 8, INK)}
    gutter = BOOK.gutter
    edge = (("right", BOOK.text),)
    return [
        style("Normal", paragraph(18, 0, 0), run(12, colour=INK), following="Normal"),
        style("Body Text", paragraph(after=9)),
        style(
            "heading 1",
            paragraph(
                24,
                21,
                3,
                hanging=gutter,
                keep=True,
                sides=thick,
                outline=0,
            ),
            run(20, True, track=-4),
            following="BodyText",
        ),
        style(
            "heading 2",
            paragraph(18, 11, 3, hanging=gutter, keep=True, outline=1),
            run(14, True),
            following="BodyText",
        ),
        style(
            "heading 3",
            paragraph(18, 6, 3, keep=True, outline=2),
            run(12, True),
            following="BodyText",
        ),
        style(
            "heading 4",
            paragraph(18, 6, 3, keep=True, outline=3),
            run(12, True, colour=QUIET),
            following="BodyText",
        ),
        style("Heading 1 Unlisted", based="Heading1", following="BodyText"),
        style("Heading 2 Unlisted", based="Heading2", following="BodyText"),
        style("Heading 3 Unlisted", based="Heading3", following="BodyText"),
        style("Heading 4 Unlisted", based="Heading4", following="BodyText"),
        style(
            "Title",
            paragraph(36, 24, 6, left=-gutter, keep=True),
            run(32, True, track=-13),
            following="Subtitle",
        ),
        style("Subtitle", paragraph(21, 0, 9, left=-gutter), run(15), following="BodyText"),
        style("Lead", paragraph(21, 0, 9, keep=True), run(15), following="BodyText"),
        style("Remark", paragraph(15, 0, 9), run(10.5, colour=QUIET), following="BodyText"),
        style(
            "Hint", paragraph(15, 0, 6, keep=True), run(10.5, colour=QUIET), following="BodyText"
        ),
        style("Label", paragraph(18, 3, 3, keep=True), run(bold=True), following="BodyText"),
        style("Local Name", paragraph(14, 0, 0, left=-gutter, tabs=edge), run(10.5, True)),
        style("Organisation", paragraph(14, 0, 0, left=-gutter, tabs=edge, middle=True), run(10.5)),
        style("Depth", paragraph(14, 12, 0, left=-gutter), run(10.5)),
        style("header", paragraph(13, 0, 0, left=-gutter, tabs=edge), run(10, colour=QUIET)),
        style("footer", paragraph(13, 0, 0, left=-gutter, tabs=edge), run(10, colour=QUIET)),
        style(
            "Draft Header",
            paragraph(after=9, sides={"top": ("dashed", 36, 6, INK)}),
            run(bold=True, colour=INK),
            based="Header",
        ),
        style(
            "Fact Label", paragraph(14, 0, 0, keep=True), run(10.5, colour=QUIET), following="Fact"
        ),
        style("Fact", paragraph(15, 0, 6), run(10.5)),
        style("Spacer", paragraph(6, 0, 0), run(2)),
    ]


def aside_styles() -> list[Element]:
    """Passages set apart. A label and the text beneath share a style, so that their borders are one box."""

    def box(kind: str, colour: str) -> Lines:
        return dict.fromkeys(("top", "left", "bottom", "right"), (kind, 6, 9, colour))

    return [
        style("Note", paragraph(after=9, left=260, sides={"left": ("single", 32, 9, INK)})),
        style(
            "Example", paragraph(after=0, left=200, right=200, sides=box("single", TINT), fill=TINT)
        ),
        style("Wording", paragraph(after=0, left=200, right=200, sides=box("single", INK))),
        style("Quote", paragraph(after=9, left=260, sides={"left": ("single", 8, 11, RULE)})),
        style(
            "Do",
            paragraph(18, 6, 3, keep=True, sides={"top": ("single", 24, 6, INK)}),
            run(bold=True),
            following="BodyText",
        ),
        style(
            "Dont",
            paragraph(18, 6, 3, keep=True, sides={"top": ("dashed", 24, 6, INK)}),
            run(bold=True),
            following="BodyText",
        ),
        style(
            "Code Block",
            paragraph(15, 0, 9, left=200, sides={"left": ("single", 4, 9, RULE)}),
            run(10.5, font=CODE),
        ),
    ]


def list_styles() -> list[Element]:
    """Three levels of each kind, and of the paragraphs that go on within an item."""
    made = []
    for level in range(3):
        suffix = f" {level + 1}" if level else ""
        made += [
            style(f"List Bullet{suffix}", paragraph(after=3, numbering=(1, level))),
            style(f"List Number{suffix}", paragraph(after=3, numbering=(2, level))),
            style(f"List Continue{suffix}", paragraph(after=3, left=LIST_STEP * (level + 1))),
        ]
    # It does not count by itself: in a comparison its numbers are text.
    return [*made, style("Reference", paragraph(15, after=3), run(10.5))]


def contents_styles() -> list[Element]:
    """The contents list: a thick rule over each section, hairlines between clauses."""
    gutter, tabs = BOOK.gutter, (("left", 0), ("right", BOOK.text))
    hair, thick = ("single", 4, 3, RULE), ("single", 12, 4, INK)
    section: Lines = {"top": thick, "bottom": hair, "between": thick}
    clause: Lines = {"bottom": hair, "between": hair}
    none: Lines = {"top": ("nil", 0, 0, "auto")}
    inner = paragraph(18, hanging=gutter, tabs=tabs, sides=clause)
    return [
        style(
            "TOC Heading",
            paragraph(24, 0, 6, hanging=gutter, sides=none, outline=9),
            run(20, True, track=-4),
            based="Heading1",
            following="BodyText",
        ),
        style("toc 1", paragraph(15, hanging=gutter, tabs=tabs, sides=section), run(bold=True)),
        style("toc 2", inner),
        style("toc 3", deepcopy(inner)),
    ]


def table_styles() -> list[Element]:
    """Tables with rules and never boxes, the one-line control strip, and a grid that only places things."""
    hair, ink = ("single", 4, 0, RULE), ("single", 6, 0, INK)

    def grid(
        title: str, sides: Lines, margins: tuple[int, int, int], *conditional: Element
    ) -> Element:
        top, right, bottom = margins
        inner = w(
            "tblCellMar",
            w("top", w=top, type="dxa"),
            w("left", w=0, type="dxa"),
            w("bottom", w=bottom, type="dxa"),
            w("right", w=right, type="dxa"),
        )
        properties = w(
            "tblPr",
            val("tblStyleRowBandSize", 1),
            w("tblInd", w=0, type="dxa"),
            lines("tblBorders", sides),
            inner,
        )
        return style(title, properties, *conditional, kind="table", based="TableNormal")

    def part(where: str, *properties: Element) -> Element:
        return w("tblStylePr", *properties, type=where)

    head = part(
        "firstRow",
        run(bold=True),
        w("tcPr", lines("tcBorders", {"bottom": ink}), val("vAlign", "bottom")),
    )
    first = part("firstCol", run(bold=True))
    strip_head = part("firstRow", run(bold=True))
    thick = ("single", 12, 0, INK)
    return [
        style("Table Text", paragraph(15, 0, 0), run(10.5)),
        style("Table Head", run(bold=True), based="TableText"),
        style("Control", paragraph(13, 0, 0), run(10)),
        style("Control Head", paragraph(before=3, keep=True), run(bold=True), based="Control"),
        style("Chart Head", paragraph(13), run(10, colour=QUIET), based="TableText"),
        style("Chart Step", paragraph(15, centred=True), run(13, True), based="TableText"),
        style("Chart Question", paragraph(15, left=160), run(12.5, True), based="TableText"),
        style(
            "Chart Answer",
            paragraph(13, left=840, hanging=840, middle=True),
            run(10.5),
            based="TableText",
        ),
        style(
            "Chart End",
            paragraph(
                17,
                0,
                6,
                left=120,
                right=120,
                sides=dict.fromkeys(("top", "left", "bottom", "right"), ("single", 8, 3, BRAND)),
                fill=BRAND,
            ),
            run(14, colour="FFFFFF"),
            following="BodyText",
        ),
        style("caption", paragraph(18, 6, 3, keep=True), run(12, True), following="TableText"),
        grid("Policy Table", {"bottom": hair, "insideH": hair}, (80, 200, 80), head, first),
        grid("Control Strip", {"top": thick}, (0, 100, 0), strip_head),
        grid("Layout Grid", {}, (0, 0, 0)),
    ]


def character_styles() -> list[Element]:
    """Marks on words."""

    def mark(title: str, properties: Element) -> Element:
        return style(title, properties, kind="character", based="DefaultParagraphFont")

    return [
        mark("Strong", run(bold=True)),
        mark("Emphasis", run(bold=True)),  # the look has no italics
        mark("Hyperlink", run(underline=True)),
        mark("Quiet", run(colour=QUIET)),
        mark("Code", run(font=CODE)),
        mark("Number", run(bold=True, colour=BRAND)),
        mark("Printed Fact", run()),  # looks like the words around it, and says where facts stand
        mark("Gap", run(bold=True, border="dashed", fill="E7EBE9")),
        mark("Tag Solid", run(10.5, True, "FFFFFF", border="single", fill=INK)),
        mark("Tag Hollow", run(10.5, True, border="dashed")),
    ]


def styles() -> Element:
    """word/styles.xml."""
    fonts = w(
        "rFonts",
        asciiTheme="minorHAnsi",
        hAnsiTheme="minorHAnsi",
        eastAsiaTheme="minorEastAsia",
        cstheme="minorBidi",
    )
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            w(
                "rPr",
                fonts,
                val("sz", 24),
                val("szCs", 24),
                w("lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA"),
            ),
        ),
        w("pPrDefault"),
    )
    margins = w(
        "tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    )
    return w(
        "styles",
        defaults,
        style("Default Paragraph Font", kind="character"),
        style("Table Normal", w("tblPr", w("tblInd", w=0, type="dxa"), margins), kind="table"),
        style("No List", kind="numbering"),
        *text_styles(),
        *aside_styles(),
        *list_styles(),
        *contents_styles(),
        *table_styles(),
        *character_styles(),
    )


def numbering() -> Element:
    """word/numbering.xml: lists 1 and 2; the writer adds one list for each that starts anew."""

    def level(at: int, form: str, sign: str, linked: str, properties: Element) -> Element:
        """Bullets are aligned at their left, numbers at their right, so that 9 and 10 leave the text its edge."""
        align, hanging = ("left", BULLET) if form == "bullet" else ("right", NUMBER)
        indent = w("pPr", w("ind", left=LIST_STEP * (at + 1), hanging=hanging))
        suffix = str(at + 1) if at else ""
        return w(
            "lvl",
            val("start", 1),
            val("numFmt", form),
            val("pStyle", f"{linked}{suffix}"),
            val("lvlText", sign),
            val("lvlJc", align),
            indent,
            properties,
            ilvl=at,
        )

    bullets = [
        level(at, "bullet", "•–•"[at], "ListBullet", run(colour=INK, font=FONT)) for at in range(3)
    ]
    forms = ("decimal", "lowerLetter", "lowerRoman")
    numbers = [
        level(at, forms[at], f"%{at + 1}.", "ListNumber", run(bold=True, colour=BRAND))
        for at in range(3)
    ]
    lists = (bullets, numbers)
    return w(
        "numbering",
        *(
            w("abstractNum", val("multiLevelType", "multilevel"), *levels, abstractNumId=at)
            for at, levels in enumerate(lists)
        ),
        *(w("num", val("abstractNumId", at), numId=at + 1) for at in range(len(lists))),
    )


def settings() -> Element:
    """word/settings.xml: Word 2013 and later, no hyphens, no fields that ask to be updated."""
    uri = "http://schemas.microsoft.com/office/word"
    return w(
        "settings",
        w("zoom", percent=100),
        w("embedTrueTypeFonts"),  # whole, so that a user can type what we did not print
        val("defaultTabStop", 720),
        val("autoHyphenation", 0),
        val("characterSpacingControl", "doNotCompress"),
        w("compat", w("compatSetting", name="compatibilityMode", uri=uri, val=15)),
        val("themeFontLang", "en-GB"),
        val("decimalSymbol", "."),
        val("listSeparator", ","),
    )


def fonts() -> Element:
    """word/fontTable.xml: the font that comes with the file, and what to use where a program ignores it."""

    def font(title: str, other: str, family: str, pitch: str, *embedded: Element) -> Element:
        return w(
            "font",
            val("altName", other),
            val("charset", "00"),
            val("family", family),
            val("pitch", pitch),
            *embedded,
            name=title,
        )

    embedded = []
    for at, (weight, key) in enumerate(EMBEDDED.items(), start=1):
        embedded.append(w(f"embed{weight}", fontKey=f"{{{key}}}".upper()))
        embedded[-1].set(f"{{{R}}}id", f"rId{at}")
    return w(
        "fonts",
        font(FONT, FALLBACK, "swiss", "variable", *embedded),
        font(CODE, "Liberation Mono", "modern", "fixed"),
    )


def font_file(weight: str) -> bytes:
    """One weight as Word stores it: named as one of a family, its first 32 bytes masked with its key."""
    font = TTFont(THEME / f"fonts/PublicSans-{weight}.ttf", recalcTimestamp=False)
    full = FONT if weight == "Regular" else f"{FONT} {weight}"
    names = {1: FONT, 2: weight, 3: full, 4: full, 16: None, 17: None}
    for key, value in names.items():
        font["name"].removeNames(key)
        if value:
            font["name"].setName(value, key, 3, 1, 0x409)
    target = BytesIO()
    font.save(target)
    data, mask = target.getvalue(), EMBEDDED[weight].bytes[::-1]
    return bytes(byte ^ mask[at % 16] for at, byte in enumerate(data[:32])) + data[32:]


def document() -> Element:
    """word/document.xml: one A4 section whose margin column holds numbers, its first page different."""
    references = [
        w(f"{kind}Reference", type=page)
        for kind in ("header", "footer")
        for page in ("default", "first")
    ]
    for reference, rid in zip(references, ("rId5", "rId6", "rId7", "rId8"), strict=True):
        reference.set(f"{{{R}}}id", rid)
    section = w(
        "sectPr",
        *references,
        w("pgSz", w=11906, h=16838),
        w(
            "pgMar",
            top=1590,
            right=1134,
            bottom=1417,
            left=1134 + BOOK.gutter,
            header=850,
            footer=737,
            gutter=0,
        ),
        w("titlePg"),
    )
    return w("document", w("body", section))


def theme() -> bytes:
    """word/theme/theme1.xml: the fonts and the colours of the look."""

    def colour(slot: str, value: str) -> str:
        return f'<a:{slot}><a:srgbClr val="{value}"/></a:{slot}>'

    def face(slot: str) -> str:
        return f'<a:{slot}><a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/></a:{slot}>'

    slots = {
        "dk1": INK,
        "lt1": "FFFFFF",
        "dk2": QUIET,
        "lt2": TINT,
        "accent1": BRAND,
        "accent2": INK,
        "accent3": QUIET,
        "accent4": RULE,
        "accent5": BRAND,
        "accent6": INK,
        "hlink": INK,
        "folHlink": INK,
    }
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="policygen">'
        f'<a:themeElements><a:clrScheme name="policygen">{"".join(colour(*s) for s in slots.items())}</a:clrScheme>'
        f'<a:fontScheme name="policygen">{face("majorFont")}{face("minorFont")}</a:fontScheme>'
        f'<a:fmtScheme name="policygen"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    ).encode()


PARTS = {
    "styles": f"{WORD}.styles+xml",
    "numbering": f"{WORD}.numbering+xml",
    "settings": f"{WORD}.settings+xml",
    "fontTable": f"{WORD}.fontTable+xml",
    "header1": f"{WORD}.header+xml",
    "header2": f"{WORD}.header+xml",
    "footer1": f"{WORD}.footer+xml",
    "footer2": f"{WORD}.footer+xml",
    "theme/theme1": f"{OFFICE}.theme+xml",
}


def types() -> bytes:
    """[Content_Types].xml."""
    overrides = {f"/word/{part}.xml": kind for part, kind in PARTS.items()}
    overrides["/word/document.xml"] = f"{WORD}.document.main+xml"
    overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides[f"/{CUSTOM_PROPERTIES}"] = f"{OFFICE}.custom-properties+xml"
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "odttf": f"{OFFICE}.obfuscatedFont",
        "png": "image/png",
        "svg": "image/svg+xml",
    }
    return (
        f'<Types xmlns="{TYPES}">'
        + "".join(
            f'<Default Extension="{e}" ContentType="{kind}"/>' for e, kind in defaults.items()
        )
        + "".join(
            f'<Override PartName="{p}" ContentType="{kind}"/>' for p, kind in overrides.items()
        )
        + "</Types>"
    ).encode()


def relationships(targets: dict[str, tuple[str, str]]) -> bytes:
    """A part's relationships: id -> (type, target)."""
    made = "".join(
        f'<Relationship Id="{i}" Type="{t}" Target="{to}"/>' for i, (t, to) in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{made}</Relationships>'.encode()


def core() -> bytes:
    """docProps/core.xml, empty: the writer fills it."""
    return (
        b'<cp:coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        b' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        b' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    )


def build() -> bytes:
    """The whole template."""
    package = (
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    )
    order = (
        "styles",
        "numbering",
        "settings",
        "fontTable",
        "header1",
        "header2",
        "footer1",
        "footer2",
        "theme/theme1",
    )
    of = {
        "header1": "header",
        "header2": "header",
        "footer1": "footer",
        "footer2": "footer",
        "theme/theme1": "theme",
    }
    inner = {
        f"rId{n}": (f"{R}/{of.get(part, part)}", f"{part}.xml")
        for n, part in enumerate(order, start=1)
    }
    elements = {
        "document": document(),
        "styles": styles(),
        "numbering": numbering(),
        "settings": settings(),
        "fontTable": fonts(),
        "header1": w("hdr", paragraph_of("Header")),
        "header2": w("hdr", paragraph_of("Header")),
        "footer1": w("ftr", paragraph_of("Footer")),
        "footer2": w("ftr", paragraph_of("Footer")),
    }
    files = {f"word/{part}.xml": serialised(element) for part, element in elements.items()}
    files |= {
        "[Content_Types].xml": types(),
        "_rels/.rels": relationships(
            {
                "rId1": (f"{R}/officeDocument", "word/document.xml"),
                "rId2": (package, "docProps/core.xml"),
                "rId3": (f"{R}/custom-properties", CUSTOM_PROPERTIES),
            }
        ),
        "docProps/core.xml": core(),
        CUSTOM_PROPERTIES: custom_properties({}),
        "word/_rels/document.xml.rels": relationships(inner),
        "word/_rels/fontTable.xml.rels": relationships(
            {
                f"rId{at}": (f"{R}/font", f"fonts/{weight}.odttf")
                for at, weight in enumerate(EMBEDDED, start=1)
            }
        ),
        "word/theme/theme1.xml": theme(),
        **{f"word/fonts/{weight}.odttf": font_file(weight) for weight in EMBEDDED},
    }
    return pack(files)


def paragraph_of(identity: str) -> Element:
    """An empty paragraph of a style."""
    return w("p", w("pPr", val("pStyle", identity)))


def serialised(element: Element) -> bytes:
    """One part, with the prefixes that people know from other files."""
    root = etree.Element(element.tag, nsmap={"w": W, "r": R})
    for key, value in element.attrib.items():
        root.set(key, value)
    root.extend(list(element))
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(build())
