"""What a paragraph of Word holds beside the inlines of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.model.document import Inline

if TYPE_CHECKING:
    from policygen.write.docx.package.xml import Element


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop."""


@dataclass(frozen=True, slots=True)
class RunContent:
    """An element that stands in a run: a drawing."""

    element: Element


@dataclass(frozen=True, slots=True)
class FieldCode:
    """What Word computes in a field, such as ` PAGE `."""

    instruction: str


@dataclass(frozen=True, slots=True)
class FieldMark:
    """Where a field begins, where what it shows begins, or where it ends."""

    kind: Literal["begin", "separate", "end"]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """An entry of the contents list: a link to a bookmark that does not look like one."""

    bookmark: str
    children: RunInlines


@dataclass(frozen=True, slots=True)
class Bookmarked:
    """Words that a bookmark spans, so that a field can repeat them."""

    bookmark: str
    children: RunInlines


@dataclass(frozen=True, slots=True)
class Styled:
    """Words in a character style of the template."""

    style: str
    children: RunInlines


RunInlines: TypeAlias = Sequence[
    Inline | Tab | RunContent | FieldCode | FieldMark | ContentsEntry | Bookmarked | Styled
]
