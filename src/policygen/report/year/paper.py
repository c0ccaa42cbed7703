"""What the papers of a policy's year look like: a brief in the body's own look, in English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from policygen.model import document as doc
from policygen.model.document import Block, Text
from policygen.model.language import format_day
from policygen.model.policy import Policy
from policygen.present.cut import Cut
from policygen.present.front_matter import make_brand, make_meta, make_running
from policygen.report.consultation.sentences import LANGUAGE


def year_paper(
    policy: Policy, title: str, lead: str, body: Iterable[Block], on: date, tag: str
) -> doc.Document:
    """Return a paper about a body's policy on a day; `tag` says what sort of paper it is."""
    edition = replace(policy.outline.editions[policy.outline.signed], layout="brief")
    cut = Cut(replace(policy, gaps=()), edition)
    name = policy.profile.name
    return doc.Document(
        meta=replace(
            make_meta(cut),
            title=f"{title}. {name}",
            subject=title,
            description=f"{title}, {name}. {lead}",
            language=LANGUAGE,
            dated=on,
        ),
        layout="brief",
        masthead=doc.Masthead(
            organisation=name,
            local_names=tuple(policy.profile.local_names.items()),
            title=title,
            lead=lead,
            edition="",
            status=doc.Tag(tag, solid=False),
        ),
        running=replace(
            make_running(cut),
            organisation=name,
            short="",
            part=title,
            page="Page {page} of {pages}",
        ),
        body=tuple(body),
        brand=make_brand(policy),
    )


def told_day(day: date) -> str:
    """Return a day in full."""
    return format_day(day, LANGUAGE)


def said(text: str, role: doc.Role = doc.Role.BODY) -> doc.Paragraph:
    """Return a paragraph of plain words."""
    return doc.Paragraph((Text(text),), role)
