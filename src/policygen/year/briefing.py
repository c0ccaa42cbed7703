"""The questions that a body's policy answers, with its own values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice

from policygen.markdown import prose
from policygen.model.document.walk import plain
from policygen.model.policy import Clause, Policy
from policygen.model.wording import printed_facts
from policygen.model.year.briefing import AskedQuestion, BriefingQuestion, WrongAnswer

MOST = 5
_SLOT = re.compile(r"\{([a-z_.]+)\}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def asked_questions(
    policy: Policy, questions: Mapping[str, BriefingQuestion], most: int = MOST
) -> tuple[AskedQuestion, ...]:
    """Return the first questions whose clause the policy tells in the words that they rest on.

    So a body that left a clause out, or put it in other words, is not asked about ours.
    """
    asked = (_asked(policy, id, question) for id, question in questions.items())
    return tuple(islice((one for one in asked if one), most))


def _asked(policy: Policy, id: str, question: BriefingQuestion) -> AskedQuestion | None:
    clause = policy.clause(question.clause)
    if clause is None or clause.omission:
        return None
    rule, facts = _rule(policy, clause)
    try:
        says = [_filled(text, facts) for text in question.says]
        if not all(text in rule for text in says):
            return None
        wrong = tuple(
            WrongAnswer(_filled(one.answer, facts), _filled(one.why, facts))
            for one in question.wrong
        )
        return AskedQuestion(
            id,
            _filled(question.question, facts),
            _filled(question.right, facts),
            wrong,
            clause.number,
            plain(prose.parse_inlines(clause.label or clause.title)),
            " … ".join(says),
        )
    except KeyError:
        return None  # the rule prints no such fact


def _rule(policy: Policy, clause: Clause) -> tuple[str, dict[str, str]]:
    """Return what the tiers that a board signs say of a clause, without links, and its facts."""
    signed = policy.outline.editions[policy.outline.signed].tiers
    wordings = [one.wording for one in clause.tellings if one.tier in signed]
    text = " ".join(_plain(wording.text) for wording in wordings)
    facts = {
        fact.fact.removeprefix("organisation."): _plain(fact.text)
        for wording in wordings
        for fact in printed_facts(wording.pieces)
    }
    return text, facts


def _plain(text: str) -> str:
    """Return a text without links, and with plain spaces."""
    return " ".join(_LINK.sub(r"\1", text).replace("\u00a0", " ").split())


def _filled(text: str, facts: Mapping[str, str]) -> str:
    """Return a text with the facts that it names. Raises KeyError for one that lacks."""
    return _SLOT.sub(lambda slot: facts[slot[1]], text)
