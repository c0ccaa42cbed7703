"""Reads a tagged PDF as a screen reader does: its structure elements, with their text, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTDEF = b"\0\0"  # the glyph of a missing character, an empty box


@dataclass(slots=True)
class Element:
    """One structure element: its type without the slash, its own keys, its text with all below it."""

    kind: str
    raw: Any
    kids: list[Element] = field(default_factory=list)
    own: str = ""

    @property
    def text(self) -> str:
        return " ".join(filter(None, [self.own, *(kid.text for kid in self.kids)]))

    def walk(self) -> Iterator[Element]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def find(self, *kinds: str) -> list[Element]:
        return [element for element in self.walk() if element.kind in kinds]


class Pdf:
    """A PDF: `tree` is its structure, `file` the open pikepdf document.

    `unknown` are the glyphs that stand for no character, `loose` is text that is in no structure.
    """

    def __init__(self, data: bytes) -> None:
        self.file = pikepdf.open(BytesIO(data))
        self.pages = list(self.file.pages)
        self._numbers = {page.objgen: number for number, page in enumerate(self.pages, start=1)}
        self.unknown: list[bytes] = []
        self.loose = ""
        self._texts = {page.objgen: self._marked(page) for page in self.pages}
        self.tree = self._element(self.file.Root.StructTreeRoot.K[0])

    def page_number(self, page: Any) -> int:
        return self._numbers[page.objgen]

    def destinations(self) -> dict[str, int]:
        """The page number of every named place."""
        names = list(self.file.Root.Names.Dests.Names)
        return {
            str(name): self.page_number(place[0])
            for name, place in zip(names[::2], names[1::2], strict=True)
        }

    def _element(self, raw: Any) -> Element:
        element = Element(str(raw.S)[1:], raw)
        for kid in raw.get("/K", []):
            if isinstance(kid, int):
                element.own += self._texts[raw.Pg.objgen].get(int(kid), "")
            elif kid.get("/Type") == "/OBJR":
                continue
            else:
                element.kids.append(self._element(kid))
        return element

    def _marked(self, page: Any) -> dict[int, str]:
        """The text of every marked content id of a page."""
        maps = {name: characters(font) for name, font in page.Resources.get("/Font", {}).items()}
        found: dict[int, str] = {}
        font: dict[bytes, str] = {}
        marks: list[int] = []  # of the content that is open; -1 is furniture, which is not read
        for instruction in pikepdf.parse_content_stream(page):
            operands, operator = instruction.operands, str(instruction.operator)
            if operator in ("BDC", "BMC"):
                marks.append(
                    int(operands[1].MCID) if operator == "BDC" and "/MCID" in operands[1] else -1
                )
            elif operator == "EMC":
                marks.pop()
            elif operator == "Tf":
                font = maps[str(operands[0])]
            elif operator in ("Tj", "TJ"):
                strings = operands[0] if operator == "TJ" else [operands[0]]
                data = b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String))
                codes = [data[at : at + 2] for at in range(0, len(data), 2)]
                self.unknown += [code for code in codes if code == NOTDEF or code not in font]
                text = "".join(font.get(code, "") for code in codes)
                if marks:
                    found[marks[-1]] = found.get(marks[-1], "") + text
                else:
                    self.loose += text
        return found


def characters(font: Any) -> dict[bytes, str]:
    """The characters of every glyph of `font`, whose codes are two bytes."""
    cmap = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
    pairs = re.findall(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", cmap.partition(b"beginbfchar")[2])
    return {
        bytes.fromhex(a.decode()): bytes.fromhex(b.decode()).decode("utf-16-be") for a, b in pairs
    }
