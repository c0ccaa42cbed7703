"""Faults of a body's own edits that are none, because they hold in some of its places only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePath

from policygen.compose.places.contents import PlaceContents
from policygen.model.fragment import Organisation
from policygen.problems import Problem

# What an edit finds beneath it differs between places: it need only be right in one of them.
_OF_ONE_STACK = ("PG302", "PG303", "PG304", "PG307", "PG308")


def faults_anywhere(
    by_place: Sequence[Collection[Problem]], organisation: Organisation
) -> Iterator[Problem]:
    """Yield the Problems of all places.

    An edit of the organisation's own that does not fit beneath is a fault only where it fits
    nowhere: it may edit what only one place has.
    """
    folder = PurePath(organisation.path).parent
    everywhere = set.intersection(*({_key(one) for one in problems} for problems in by_place))
    for problems in by_place:
        for problem in problems:
            is_own = PurePath(problem.location.path).parent == folder
            if is_own and problem.code in _OF_ONE_STACK and _key(problem) not in everywhere:
                continue
            yield problem


def chart_splits(
    by_place: Mapping[str, PlaceContents], organisation: Organisation
) -> Iterator[Problem]:
    """Yield a Problem for each question of the chart whose answers lead apart between places."""
    questions: dict[str, dict[tuple[str, str], str]] = {}
    for place, contents in by_place.items():
        for section in contents.sections:
            for clause in section.clauses:
                if clause.yes or clause.no:
                    ways = questions.setdefault(clause.id, {})
                    ways.setdefault((clause.yes, clause.no), place)
    for id, ways in questions.items():
        if len(ways) > 1:
            names = " and ".join(ways.values())
            what = f'The answers to "{id}" lead elsewhere in {names}: the chart is one for all.'
            mend = "Let a file of your own give the question one `yes` and one `no`."
            field = ("jurisdiction",)
            yield Problem(what, mend, organisation.location(field), code="PG347", field=field)


def _key(problem: Problem) -> tuple[str, object]:
    return problem.code, problem.location
