"""The styles of a DOCX by which its reader knows what its writer printed.

Word and LibreOffice keep the names of styles and not their ids: `Heading 1 Unlisted` has the id
`Heading1Unlisted` here, which is its name without spaces, and another there.
"""

from __future__ import annotations

from policygen.model.document.blocks import AsideKind, Role

ROLE_STYLES = {Role.LEAD: "Lead", Role.REMARK: "Remark", Role.HINT: "Hint", Role.LABEL: "Label"}
ASIDE_STYLES = {
    AsideKind.NOTE: "Note",
    AsideKind.EXAMPLE: "Example",
    AsideKind.WORDING: "Wording",
    AsideKind.QUOTE: "Quote",
}
JUDGEMENT_STYLES = {AsideKind.DO: "Do", AsideKind.DONT: "Dont"}

QUIET_COLOUR = "4A5650"  # of words that have another character style than Quiet

_OTHERS = """
    BodyText Reference CodeBlock Spacer Caption FactLabel Fact TOCHeading TOC1 TOC2 TOC3
    Title Subtitle LocalName Organisation Depth TableText TableHead Control ControlHead
    ChartHead ChartStep ChartQuestion ChartAnswer ChartEnd Header Footer DraftHeader Normal
    Heading1 Heading2 Heading3 Heading4
    Heading1Unlisted Heading2Unlisted Heading3Unlisted Heading4Unlisted
    ListBullet ListBullet2 ListBullet3 ListNumber ListNumber2 ListNumber3
    ListContinue ListContinue2 ListContinue3
    PolicyTable ControlStrip LayoutGrid
    Strong Emphasis Hyperlink Quiet Code Number PrintedFact Gap TagSolid TagHollow
"""
STYLES = frozenset(
    (*_OTHERS.split(), *ROLE_STYLES.values(), *ASIDE_STYLES.values(), *JUDGEMENT_STYLES.values())
)
_BY_KEY = {style.lower(): style for style in STYLES}


def style_named(name: str) -> str:
    """Return our style of a name, such as `heading 1`; "" for another's."""
    return _BY_KEY.get(name.replace(" ", "").lower(), "")
