"""What a board hears before it approves a policy."""

from __future__ import annotations

from dataclasses import dataclass

from policygen.model.consultation.log import ConsultationLog
from policygen.model.policy import Clause, Policy


@dataclass(frozen=True, slots=True)
class PostureOption:
    """One posture that the body could take, and what would then be otherwise.

    `changed` are the clauses of the policy as it is that would go or whose rule would read
    otherwise, `added` how many would come. `fault` says why it has no policy with this posture.
    """

    name: str
    title: str
    says: str
    is_chosen: bool
    changed: tuple[Clause, ...] = ()
    added: int = 0
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
    log: ConsultationLog | None = None
