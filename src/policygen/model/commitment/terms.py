"""What layers say of a commitment: what recurs, or is due within a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from pydantic import Field

from policygen.model.commitment.choice import LARGEST, Switch
from policygen.model.text import Line, Words

Count: TypeAlias = Annotated[int, Field(ge=1, le=LARGEST)]


@dataclass(frozen=True, slots=True)
class CommitmentTerms:
    """What the layers say of one commitment; a layer above says only what differs there.

    One that falls due within a time, or lasts for one, has a `unit`; one that recurs says `every`
    what. `range` is what is reasonable, `says` what it means for the body. `who` promises it: a few
    words, or a contact of the profile (`contacts.legal`), whose role is printed.
    """

    usual: Count | None = None
    unit: Line = ""
    every: Line = ""
    range: tuple[Count, Count] | None = None
    default: Switch | None = None
    who: Words = ""
    says: Words = ""

    def label(self, number: int) -> str:
        """The key of the label that prints the number with its unit: `unit_hours_one`."""
        kind, unit = ("every", self.every) if self.every else ("unit", self.unit)
        return f"{kind}_{unit.replace(' ', '_')}{'_one' if number == 1 else ''}"

    def over(self, below: CommitmentTerms) -> CommitmentTerms:
        """Return these terms laid over those of a layer beneath."""
        mine: dict[str, Any] = {}
        for name in CommitmentTerms.__slots__:
            value = getattr(self, name)
            mine[name] = getattr(below, name) if value in (None, "") else value
        return CommitmentTerms(**mine)


@dataclass(frozen=True, slots=True)
class Amount:
    """A commitment's value in wording: its number, and how a language prints it."""

    number: int
    text: str
