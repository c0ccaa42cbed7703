"""What a board hears before it approves a policy."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.model.policy import Clause, Policy


@dataclass(frozen=True, slots=True)
class PostureOption:
    """One posture that the body could take, and which clauses would then read otherwise.

    Those are clauses of its policy as it would be. `fault` says why it has none with this posture.
    """

    name: str
    title: str
    says: str
    is_chosen: bool
    changed: tuple[Clause, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class BoardFindings:
    """A policy, the postures that its body could take, and what changed since it was last approved.

    `approved` is the version of the newest approved release, "" for none; `changed` are the clauses
    that came since or read otherwise, `gone` how many went. `words` are those of what is signed.
    """

    policy: Policy
    options: tuple[PostureOption, ...]
    words: int
    approved: str = ""
    changed: tuple[Clause, ...] = ()
    gone: int = 0
