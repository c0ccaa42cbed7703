"""RecurringPromise: a commitment that comes round again, with its time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecurringPromise:
    """What a body promises to do again and again, every so many `days` or `months` (one is 0).

    `name` is that of the commitment; `says` what is done ("Compliance is checked"), `who` does it
    and `text` how often, in the policy's language.
    """

    name: str
    says: str
    who: str
    text: str
    days: int
    months: int
