"""How far a policy goes: the grades that it takes, and what is left out, and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from policygen.model.profile import RelatedPolicy


@dataclass(frozen=True, slots=True)
class Omission:
    """Why a clause or a section is left out: by an extent, or `because` of what the body says.

    `see` is the body's own document that covers it, in the policy's language; `cleared_by` says who
    cleared it, where and when.
    """

    extent: str = ""
    because: str = ""
    see: RelatedPolicy | None = None
    cleared_by: str = ""


@dataclass(frozen=True, slots=True)
class UnfilledTelling:
    """What a clause would say in one tier, with each fact as its path."""

    tier: str
    language: str
    skeleton: str


@dataclass(frozen=True, slots=True)
class Grades:
    """How many bodies need a clause, and which grades each extent takes.

    `names` begin with what every body needs. An outline without grades has one extent: everything.
    """

    names: tuple[str, ...] = ()
    binding: str = ""  # of every binding clause; one of this grade is left out only with `see`
    default: str = ""  # of a clause whose slip names none
    extents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    says: dict[str, str] = field(default_factory=dict)  # what choosing each extent means
    extent: str = ""  # of a profile that names none

    def of_clause(self, own: str | None, of_section: str | None, *, binding: bool | None) -> str:
        """Return how many bodies need a clause: its own grade, its section's or the usual one."""
        if binding:
            return self.binding
        return own or of_section or self.default
