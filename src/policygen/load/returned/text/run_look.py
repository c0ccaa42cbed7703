"""How a run looks: what of it a policy carries, and what it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygen.load.returned.package.xml import WML, WordNode, is_on, value
from policygen.load.returned.text.styles import Look, Styles
from policygen.model.returned.copy import NotCarriedKind
from policygen.model.word.styles import QUIET_COLOUR

_KEPT = frozenset({"PrintedFact", "Code", "Quiet", "Number", "Gap", "TagSolid", "TagHollow"})
_BOLD_ANYWAY = frozenset({"Number", "TagSolid", "TagHollow", "Gap", "Emphasis"})
_NO_COLOUR = frozenset({"", "auto", QUIET_COLOUR, "000000"})
_NO_GROUND = frozenset({"", "auto", "FFFFFF"})
# What `_lost` looks at; most runs have none of it.
_LOSABLE = frozenset(
    ("color", "sz", "rFonts", "shd", "highlight", "u", "strike", "dstrike", "vertAlign")
)


@dataclass(frozen=True, slots=True)
class RunLook:
    """What a policy carries of a look. `style` is ours, or "". `is_hidden` words are not seen."""

    style: str = ""
    strong: bool = False
    emphasis: bool = False
    is_hidden: bool = False
    lost: tuple[NotCarriedKind, ...] = ()


PLAIN_RUN = RunLook()


def run_look(properties: WordNode | None, styles: Styles, around: Look, *, linked: bool) -> RunLook:
    """Return the look of a run by its properties; `around` is that of its paragraph's style."""
    if properties is None or not len(properties):
        return PLAIN_RUN
    by_local = {child.tag.rpartition("}")[2]: child for child in properties}
    named = value(by_local.get("rStyle"))
    style = styles.style(named) if named else None
    ours = style.ours if style else ""
    beneath = style.look if style else around
    bold, italic = by_local.get("b"), by_local.get("i")
    is_bold = is_on(bold) if bold is not None else bool(style and not ours and beneath.bold)
    is_italic = is_on(italic) if italic is not None else bool(style and not ours and beneath.italic)
    return RunLook(
        style=ours if ours in _KEPT else "",
        strong=ours == "Strong" or (is_bold and not around.bold and ours not in _BOLD_ANYWAY),
        emphasis=ours == "Emphasis" or (is_italic and not around.italic),
        is_hidden=is_on(by_local.get("vanish")),
        lost=()
        if _LOSABLE.isdisjoint(by_local)
        else tuple(_lost(by_local, (around, beneath), linked=linked)),
    )


def _lost(
    by_local: dict[str, WordNode], looks: tuple[Look, Look], *, linked: bool
) -> Iterator[NotCarriedKind]:
    """Yield what of a look is not carried: what differs from the styles around."""
    if _differs(value(by_local.get("color")), {*_NO_COLOUR, *(one.colour for one in looks)}):
        yield NotCarriedKind.COLOUR
    if _differs(value(by_local.get("sz")), {"", *(one.size for one in looks)}):
        yield NotCarriedKind.SIZE
    font = value(by_local.get("rFonts"), f"{WML}ascii")
    if _differs(font, {"", *(one.font for one in looks)}):
        yield NotCarriedKind.FONT
    ground = value(by_local.get("shd"), f"{WML}fill")
    if is_on(by_local.get("highlight")) or _differs(ground, set(_NO_GROUND)):
        yield NotCarriedKind.HIGHLIGHT
    if is_on(by_local.get("u")) and not linked:
        yield NotCarriedKind.UNDERLINE
    if is_on(by_local.get("strike")) or is_on(by_local.get("dstrike")):
        yield NotCarriedKind.STRUCK
    if value(by_local.get("vertAlign")) in ("superscript", "subscript"):
        yield NotCarriedKind.RAISED


def _differs(said: str, usual: set[str]) -> bool:
    return said not in usual
