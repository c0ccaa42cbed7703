"""Policy out for comment -> the covering letter and the letter to the unions, each a Document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from policygen.model import document as doc
from policygen.model.consultation.record import Consultation
from policygen.model.consultation.words import (
    ConsultationWords,
    LetterPart,
    LetterPhrases,
    LetterWords,
)
from policygen.model.document import Block, Text
from policygen.model.language import capitalise, format_day, join_names, localise
from policygen.model.outline.label import fill_label
from policygen.model.policy import Policy
from policygen.model.profile import Assessment
from policygen.present.cut import Cut
from policygen.present.front_matter import make_brand, make_meta, make_running
from policygen.report.consultation.period import keeps_promise, promised_time
from policygen.report.layout import titled_group

Slots = Mapping[str, str]


def letter_slots(
    policy: Policy, opened: Consultation, words: ConsultationWords, before: str = ""
) -> dict[str, str]:
    """Return what fills the slots of all words of a consultation.

    `before` is the version that was last approved, "" for none.
    """
    profile, control = policy.profile, policy.profile.policy
    owner, language, phrases = control.owner, words.language, words.phrases
    unions = join_names(profile.unions)
    return {
        "organisation": str(localise(profile.short_name, language)),
        "organisation_name": profile.name,
        "version": opened.version,
        "opens": format_day(opened.opens, language),
        "closes": format_day(opened.closes, language),
        "keep_until": format_day(opened.keep_until, language),
        "owner": capitalise(str(localise(owner.role, language))) if owner and owner.role else "",
        "email": owner.email or "" if owner else "",
        "unions": unions or phrases.no_unions,
        "period": _period(policy, opened, phrases),
        "equality": _assessed(
            control.equality_assessment, phrases.assessed_equality, phrases.no_equality, language
        ),
        "privacy": _assessed(
            control.privacy_assessment, phrases.assessed_privacy, phrases.no_privacy, language
        ),
        "changes": fill_label(phrases.changes, before=before) if before else "",
    }


def letter(policy: Policy, words: LetterWords, slots: Slots, language: str) -> doc.Document:
    """Lay out one letter."""
    return consultation_document(
        policy,
        fill_label(words.title, **slots),
        fill_label(words.lead, **slots),
        tuple(letter_blocks(words.body, slots)),
        language,
    )


def letter_blocks(body: Sequence[LetterPart], slots: Slots) -> Iterator[Block]:
    """Yield the blocks of a letter, its slots filled: what stands under a heading as one."""
    starts = [at for at, part in enumerate(body) if part.heading]
    yield from _told(body[: starts[0] if starts else None], slots)
    for number, (start, end) in enumerate(pairwise([*starts, len(body)]), 1):
        title = fill_label(body[start].heading, **slots)
        yield titled_group(f"part-{number}", title, *_told(body[start:end], slots))


def _told(body: Sequence[LetterPart], slots: Slots) -> Iterator[Block]:
    for part in body:
        if said := " ".join(fill_label(part.text, **slots).split()):
            yield doc.Paragraph((Text(said),))
        lines = [fill_label(item, **slots) for item in part.items]
        if lines:
            yield bullets(lines)


def bullets(lines: Sequence[str]) -> doc.List:
    """Return lines as a list."""
    return doc.List(tuple(doc.ListItem((doc.Paragraph((Text(line),)),)) for line in lines))


def consultation_document(
    policy: Policy, title: str, lead: str, body: tuple[Block, ...], language: str
) -> doc.Document:
    """Return a paper of a consultation, in the body's own look."""
    edition = replace(policy.outline.editions[policy.outline.signed], layout="brief")
    cut = Cut(replace(policy, gaps=()), edition)
    name = policy.profile.name
    return doc.Document(
        meta=replace(
            make_meta(cut),
            title=f"{title}. {name}",
            subject=title,
            description=f"{title}, {name}. {lead}",
            language=language,
        ),
        layout="brief",
        masthead=doc.Masthead(
            organisation=name,
            local_names=tuple(policy.profile.local_names.items()),
            title=title,
            lead=lead,
            edition="",
            status=doc.Tag(capitalise(_version(policy)), solid=False),
        ),
        running=replace(make_running(cut), organisation=name, short="", part=title),
        body=body,
        brand=make_brand(policy),
    )


def _version(policy: Policy) -> str:
    labels = policy.outline.labels
    return fill_label(labels["version"], version=policy.profile.policy.version or "")


def _period(policy: Policy, opened: Consultation, phrases: LetterPhrases) -> str:
    """Return that the time is as long as promised, where it is."""
    if not keeps_promise(policy, opened):
        return ""
    return fill_label(phrases.period, time=promised_time(policy))


def _assessed(found: Assessment | None, said: str, none: str, language: str) -> str:
    if found is None or not found.found:
        return none
    day = format_day(found.date, language)
    return fill_label(said, day=day, found=str(localise(found.found, language)))
