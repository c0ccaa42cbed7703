"""The file that was sent, as a review of a copy of it needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policygen.model.document import Document
from policygen.model.fragment import Passage
from policygen.model.policy import Policy
from policygen.model.returned.copy import ReturnedCopy
from policygen.model.returned.known import KnownPart
from policygen.model.review.review import Sent


@dataclass(frozen=True, slots=True)
class SentFile:
    """The file that was sent: read as a copy is, its Document, and the policy that it printed.

    `known` are the parts of the document, and `names` what people call each clause, by its id, and
    each commitment, by its path. `passages` are the unfilled words of each clause in which a
    template decides something, by its id.
    """

    sent: Sent
    policy: Policy
    document: Document
    copy: ReturnedCopy
    known: tuple[KnownPart, ...]
    names: Mapping[str, str]
    passages: Mapping[str, tuple[Passage, ...]]


@dataclass(frozen=True, slots=True)
class SentCut:
    """What copies of one edition were printed from, and the policy today, `printed` if need be."""

    file: SentFile
    today: Policy
    printed: Document | None
    edition: str
    audience: str
