"""Which sections a policy has, in order: the outline's, and those that an organisation starts."""

from __future__ import annotations

from policygen.compose.stack import Stack
from policygen.model.outline.outline import Outline
from policygen.model.profile import ContentsChoice
from policygen.problems import Problem, nearest


def section_order(
    outline: Outline, stack: Stack, source_language: str, chosen: ContentsChoice | None = None
) -> tuple[list[str], list[Problem]]:
    """Return the outline's sections with the organisation's own: each behind its target, or last.

    What a profile has `chosen` of their order comes first. A section that follows one that
    is not there is a Problem.
    """
    order = [*outline.sections, outline.front.section]
    waiting = {
        fragment.section: fragment
        for fragment in stack.own_sections(source_language)
        if fragment.section not in order
    }
    # The last section that was put behind each, so that several keep the order of their files.
    behind: dict[str, str] = {}
    while True:
        ready = next(
            (one for one in waiting.values() if one.after is None or one.after in order), None
        )
        if ready is None:
            break
        del waiting[ready.section]
        target = behind.get(ready.after, ready.after) if ready.after else order[-1]
        order.insert(order.index(target) + 1, ready.section)
        behind[ready.after or ""] = ready.section
    problems = [
        Problem(
            f'The section "{one.section}" is to follow "{one.after}", which is not there.',
            nearest(one.after or "", order),
            one.location,
            code="PG309",
        )
        for one in waiting.values()
    ]
    return chosen.in_order(order) if chosen else order, problems
