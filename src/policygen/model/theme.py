"""Theme: what an organisation's theme folder brings to the look. Data only, and never words.

Its types check themselves, so that a theme read back from a stranger's `policy.json` is as safe as
one from a folder.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

SHEET_LIMIT = 100_000  # bytes
FONT_LIMIT = 1_000_000  # bytes of one file
# How a font begins: TrueType, OpenType with PostScript outlines, Apple's TrueType.
FONT_STARTS = (b"\0\1\0\0", b"OTTO", b"true")
_FAMILY = re.compile("[A-Za-z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*")


def _family(value: str) -> str:
    if value and not (_FAMILY.fullmatch(value) and len(value) <= 31):  # Word cuts longer names
        raise PydanticCustomError(
            "family",
            "This is not the name of a font: use up to 31 letters, figures, spaces and hyphens.",
        )
    return value


def _font(value: str) -> str:
    try:
        data = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        data = b"no font"
    if data and (len(data) > FONT_LIMIT or not data.startswith(FONT_STARTS)):
        raise PydanticCustomError(
            "font", "This is not a font: save it as TTF or OTF, of at most 1 MB."
        )
    return value


def _sheet(value: str) -> str:
    if not value:
        return value
    from policygen.model.sheet import sheet_faults  # few bodies have one

    if len(value.encode()) > SHEET_LIMIT or sheet_faults(value):
        raise PydanticCustomError(
            "sheet", "This is not a style sheet that a document may hold: build it again."
        )
    return value


def _word_template(value: str) -> str:
    if not value:
        return value
    from policygen.model.word_template import template_faults  # few bodies have one

    try:
        data = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        data = b"no template"
    if data and template_faults(data):
        raise PydanticCustomError(
            "word_template", "This is not a Word template that a document may use: build it again."
        )
    return value


Family: TypeAlias = Annotated[str, AfterValidator(_family)]
Font: TypeAlias = Annotated[str, AfterValidator(_font)]
Sheet: TypeAlias = Annotated[str, AfterValidator(_sheet)]
WordTemplateFile: TypeAlias = Annotated[str, AfterValidator(_word_template)]


@dataclass(frozen=True, slots=True)
class Theme:
    """A font family, its files in base64, what follows our two style sheets, a template for Word.

    The template is the file in base64.
    """

    family: Family = ""
    regular: Font = ""
    bold: Font = ""
    extra_bold: Font = ""
    print: Sheet = ""
    screen: Sheet = ""
    word_template: WordTemplateFile = ""

    @property
    def fonts(self) -> dict[int, str]:
        """The files in base64, by their weight."""
        every = {400: self.regular, 700: self.bold, 800: self.extra_bold}
        return {weight: font for weight, font in every.items() if font}


PLAIN = Theme()  # of an organisation that brings none
