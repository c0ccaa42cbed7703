"""Which bodies are behind the model, in which clauses, since when. Immutable, and small."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policygen.model.year.due_date import DueState


@dataclass(frozen=True, slots=True)
class BehindClause:
    """A clause that would read otherwise by today's model, in words alone.

    `what` changes in it and `why`; `then` are lines that a body's policy has, `now` those of today,
    in `language`. `since` is the day on which the model last changed it, where git knows.
    """

    id: str
    number: str
    name: str
    what: str
    why: str
    then: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    language: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class BodyStanding:
    """How one body's policy stands to the model on a day.

    `name` is that of its folder, `owner` the role that looks after it. `issued` is when `version`
    was released, since when its words are as the model was then; both are empty where nothing was
    in force. `review` is how its review date stands. `unstamped` are its own words over words that
    have moved. With a `fault` today's library gives it no policy.
    """

    name: str
    organisation: str
    owner: str = ""
    version: str = ""
    issued: date | None = None
    review_by: date | None = None
    review: DueState | None = None
    clauses: tuple[BehindClause, ...] = ()
    sources: tuple[str, ...] = ()  # how sources stand otherwise, a sentence each
    unstamped: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()  # titles of sources that nobody has confirmed
    fault: str = ""

    @property
    def behind_since(self) -> date | None:
        """The day on which the model first left it behind, as far as anybody knows."""
        return min((one.since for one in self.clauses if one.since), default=None)

    @property
    def is_behind(self) -> bool:
        """Whether today's model would tell its policy otherwise."""
        return bool(self.clauses or self.sources or self.unstamped or self.fault)
