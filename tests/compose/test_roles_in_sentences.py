"""Every sentence that prints a role reads right with fifty of them: one person or many, with an article or none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from organisations import EVERYTHING, workspace

from policygen.model.policy import Policy
from policygen.model.wording import Printed, Wording
from policygen.pipeline.compose_profile import compose_profile

ROLES = """\
the Head of Communications; the Chief Executive; the Monitoring Officer; the Clerk; the Town Clerk
the Director of Law and Governance; the Digital Communications Officer; the Data Protection Officer
the Caldicott Guardian; the Chief Nursing Officer; the Permanent Secretary; the Chief Constable
the Headteacher; the Vice-Chancellor; the Proper Officer; the duty officer; the officer on call
the press office; the legal team; the communications team; the people and culture team; the service desk
the governing body; the audit panel; the full council; the board; the management group; the senior team
the managers; the trustees; the governors; the councillors; the officers on duty; the Mayor and councillors
the Heads of Service; the equality leads; the records officers; the Ministers; our press officers; our lawyers
our solicitor; a duty manager; Human Resources; Legal Services; Media Relations
Corporate Communications; Internal Audit; Estates; Smith & Sons Ltd.; IT"""
FIFTY = [role.strip() for role in re.split(r"[;\n]", ROLES)]
CONTACTS = (
    "press_office legal records data_protection security human_resources safeguarding out_of_hours"
)
BODIES = ("council england pioneering", "department uk cautious", "health-body england balanced")

ARTICLES = {"the", "a", "an", "our", "your", "this", "that", "their"}
# Verbs that agree with one person or with many, never with both.
AGREES = re.compile(r"(?:is|are|was|were|has|have|do|does|isn.t|aren.t|hasn.t|doesn.t)\b")
SINGULAR = re.compile(r"[a-z]{2,}s\b")  # "decides"
NOT_VERBS = {"as", "across", "afterwards", "always", "unless", "this", "its", "things", "details"}


def profile(role: str, body: str) -> str:
    kind, place, posture = body.split()
    contact = f'{{role: "{role}", email: a@body.example, phone: "01632 960 000"}}'
    contacts = "".join(f"  {name}: {contact}\n" for name in CONTACTS.split())
    return (
        f"name: Thornby\nshort_name: the body\nkind: {kind}\njurisdiction: {place}\n"
        f"posture: {posture}\nextent: everything\n"
        f"policy: {{owner: {contact}, approver: {contact}}}\ncontacts:\n{contacts}"
    )


def tellings(policy: Policy) -> Iterator[tuple[str, Wording]]:
    """Yield what prints sentences: the parts of sections, and what clauses tell."""
    for section in policy.sections:
        yield from ((section.id, wording) for wording in section.parts.values())
        for clause in section.clauses:
            yield from ((clause.id, telling.wording) for telling in clause.tellings)


def roles_in(wording: Wording) -> Iterator[tuple[str, str, str]]:
    """Yield each role that a telling prints: what stands before it, the role, what stands after."""
    before = ""
    for piece in wording.pieces:
        told = Wording(wording.language, (piece,)).text
        if isinstance(piece, Printed) and piece.fact.endswith(".role"):
            yield before, told, wording.text[len(before) + len(told) :]
        before += told


def wrong(before: str, role: str, after: str) -> Iterator[str]:
    """Yield what reads wrong around a role."""
    here = f"{before[-30:]}[{role}]{after[:30]}".replace("\n", " ")
    starts = re.search(r"(?:^|[.!?]|\n)[*\s]*$", before)
    last = re.search(r"(\w+)[*\s]*$", before)
    following = re.match(r" (\w+)", after)
    if starts and role[0].islower():
        yield f"no capital: {here}"
    if last and last[1].lower() in ARTICLES:
        yield f"two articles: {here}"
    if after.startswith(("'s", "’s", "s’", "s'")):
        yield f"possessive: {here}"
    if following and (AGREES.match(following[1]) or _singular(following[1])):
        yield f"agrees with one only: {here}"
    if role.endswith(".") and re.match(r"\.(?!\.)", after):
        yield f"two stops: {here}"


def _singular(word: str) -> bool:
    return bool(SINGULAR.fullmatch(word)) and word not in NOT_VERBS


@pytest.mark.parametrize(
    ("before", "role", "after", "fault"),
    [
        ("Ask the ", "the managers", " first.", "two articles"),
        ("Ask. ", "the managers", " must agree.", "no capital"),
        ("", "The managers", " decides.", "agrees with one only"),
        ("Wait until ", "the managers", " has agreed.", "agrees with one only"),
        ("Tell ", "the managers", "’s deputy.", "possessive"),
        ("Tell ", "Smith Ltd.", ".", "two stops"),
        ("Ask ", "the managers", " unless they know.", ""),
    ],
)
def test_what_reads_wrong_is_seen(before: str, role: str, after: str, fault: str) -> None:
    assert "".join(one.split(":")[0] for one in wrong(before, role, after)) == fault


@pytest.mark.slow
@pytest.mark.parametrize("body", BODIES if EVERYTHING else BODIES[:1])
def test_every_sentence_reads_right_with_fifty_roles(body: str, tmp_path: Path) -> None:
    assert len(FIFTY) == 50
    file = tmp_path / "profile.yaml"
    found: dict[str, str] = {}
    for role in FIFTY:
        file.write_text(profile(role, body), "utf-8")
        (policy,) = compose_profile(file, workspace()).policies
        printed = [
            (where, *here) for where, wording in tellings(policy) for here in roles_in(wording)
        ]
        assert len(printed) > 20
        found |= {fault: where for where, *here in printed for fault in wrong(*here)}
    assert found == {}
