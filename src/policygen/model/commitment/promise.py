"""A commitment as one body makes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a body promises under one name: `text` is how soon or how often, empty where it is off.

    `who` keeps it, and `says` what it is for people: "How long a first block lasts". `usual` is
    what most bodies promise, and from `least` to `most` is reasonable, printed like `text`.
    """

    name: str
    text: str
    who: str
    says: str
    usual: str
    least: str
    most: str
