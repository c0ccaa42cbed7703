"""What frames a document: its head, its running lines, its properties and its brand."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from policygen.model import document as doc
from policygen.model.bidi import isolated
from policygen.model.document import Block, Role, Text
from policygen.model.document.walk import plain
from policygen.model.language import capitalise, format_day, localise
from policygen.model.outline.label import fill_label
from policygen.model.outline.outline import Edition
from policygen.model.picture import plain_png
from policygen.model.policy import Clause, Policy, Section
from policygen.model.profile import LOGO_TYPES
from policygen.model.wording import Unreviewed, Wording, least_reviewed
from policygen.present.cut import Cut
from policygen.present.language.unreviewed import STAR


def document_title(cut: Cut) -> str:
    """The document's own title, such as "Social media policy"."""
    clause = cut.policy.clause(cut.policy.outline.front.title)
    return plain(cut.prose.inlines(clause.title)) if clause else cut.edition.title


def document_lead(cut: Cut) -> str:
    """The line under the title: what this depth is for."""
    if alone := cut.policy.clause(cut.edition.clause):
        return f"{plain(cut.prose.inlines(alone.title))}."
    if not cut.edition.whole:
        lead = cut.alone.lead if cut.alone else None
        return plain(cut.prose.inlines(lead)) if lead else document_title(cut)
    clause = cut.policy.clause(cut.policy.outline.front.title)
    tellings = cut.tellings(clause) if clause else []
    return " ".join(plain(cut.prose.inlines(telling.wording)) for telling in tellings)


def make_masthead(cut: Cut) -> doc.Masthead:
    """Whose it is, what it is, whether it is in force; on a book, a cover with document control.

    A compact book has them at the head of its first page.
    """
    policy, edition = cut.policy, cut.edition
    masthead = doc.Masthead(
        organisation=policy.profile.name,
        local_names=tuple(policy.profile.local_names.items()),
        title=document_title(cut) if edition.whole else cut.title,
        lead=document_lead(cut),
        edition=cut.title,
        status=_status(cut),
    )
    if cut.is_compact:
        return replace(masthead, control=_control(cut))
    if edition.layout == "book":
        return replace(masthead, cover=True, depth=_depths(cut), control=_control(cut))
    tag = fill_label(cut.labels["tag"], edition=cut.title, status=_short_status(cut))
    return replace(masthead, status=replace(masthead.status, text=tag))


def _depths(cut: Cut) -> tuple[tuple[str, str, bool], ...]:
    """Return the editions of the whole policy as (name, reader, whether this document is it).

    An edition's reader is that of its deepest tier. One that nobody builds unasked is left out,
    unless it is this one.
    """
    outline = cut.policy.outline
    built = [outline.editions[key] for key in outline.default_editions]
    editions = [edition for edition in built if edition.whole]
    if cut.edition.whole and cut.edition not in editions:
        editions.append(cut.edition)
    return tuple(_depth(cut, edition) for edition in editions)


def _depth(cut: Cut, edition: Edition) -> tuple[str, str, bool]:
    """Return one entry of the line of editions; a cut for some readers names them in its title."""
    reader = cut.policy.outline.tiers[edition.tiers[-1]].reader
    if edition != cut.edition:
        return edition.title, reader, False
    return cut.title, "" if cut.audience else reader, True


def version_and_status(cut: Cut) -> str:
    """Which version, and whether it is in force, in a few words."""
    version = cut.policy.profile.policy.version
    status = cut.labels[f"status_{cut.policy.profile.policy.status}"]
    if not version:
        return f"{cut.labels['no_version']}, {status}"
    named = fill_label(cut.labels["version"], version=version)
    return ", ".join(filter(None, [named, status, _handbook(cut)]))


def _short_status(cut: Cut) -> str:
    """Return what a tag has room for: of an issue of the handbook in force, its name alone."""
    policy = cut.policy
    in_force = policy.profile.policy.status == "approved" and not policy.handbook_state
    if policy.handbook_issue and in_force and cut.is_of_handbook:
        return fill_label(cut.labels["handbook_name"], name=policy.handbook_issue.name)
    return version_and_status(cut)


def is_replaced(cut: Cut) -> bool:
    """Whether a later issue of the handbook has taken the place of an edition."""
    return cut.is_of_handbook and cut.policy.handbook_state == "replaced"


def _handbook(cut: Cut) -> str:
    """Return which issue of the handbook an edition of it is; "" for the first."""
    issue, state = cut.policy.handbook_issue, cut.policy.handbook_state
    if not cut.is_of_handbook or not (issue or state):
        return ""
    label = cut.labels[f"handbook_{state or 'issue'}"]
    return fill_label(label, issue=str(issue.issue if issue else 1))


def _status(cut: Cut) -> doc.Tag:
    """Return the status of a policy as a mark: solid where it is in force."""
    status = cut.policy.profile.policy.status
    word = cut.labels[f"status_{status}"]
    return doc.Tag(capitalise(word), solid=status == "approved")


def _control(cut: Cut) -> doc.Table | None:
    """Return the table of document control, with the status on top where no tag says it."""
    clause = cut.policy.clause(cut.policy.outline.front.control)
    tellings = cut.front_tellings(clause) if clause else []
    if clause is None or not tellings:
        return None
    blocks = cut.blocks(clause, tellings[0].wording)
    tables = [block for block in blocks if isinstance(block, doc.Table)]
    if not tables:
        return None
    if cut.is_compact:
        return replace(tables[0], rows=(*tables[0].rows, *_handbook_rows(cut)))
    status = doc.Row(((Text(cut.labels["status"]),), (_status(cut),)))
    return replace(tables[0], rows=(status, *tables[0].rows, *_handbook_rows(cut)))


def _handbook_rows(cut: Cut) -> tuple[doc.Row, ...]:
    """Return the row of the table of document control that says who changed the handbook last."""
    issue, state = cut.policy.handbook_issue, cut.policy.handbook_state
    if not cut.is_of_handbook or not (issue or state):
        return ()
    said = capitalise(_handbook(cut)) if state else ""
    if issue and not state:
        said = fill_label(
            cut.labels["handbook_control"],
            issue=str(issue.issue),
            date=format_day(issue.issued, cut.policy.language),
            who=localise(issue.changed_by, cut.policy.language),
        )
    return (doc.Row(((Text(cut.labels["handbook"]),), (Text(said),))),)


def make_running(cut: Cut) -> doc.Running:
    """The lines at the head and foot of every page."""
    control, profile = cut.policy.profile.policy, cut.policy.profile
    name = ", ".join(filter(None, [control.number, version_and_status(cut)]))
    return doc.Running(
        organisation=_with_status(cut, profile.name),
        short=_with_status(cut, capitalise(localise(profile.short_name, cut.policy.language))),
        part=fill_label(cut.labels["part"], title=document_title(cut), edition=cut.title.lower()),
        control=_with_unreviewed(cut, name),
        page=cut.labels["page"],
    )


def _with_status(cut: Cut, organisation: str) -> str:
    """Return a name as a running head says it: with a warning until the policy is in force."""
    if is_replaced(cut):
        return fill_label(cut.labels["handbook_not_current"], organisation=isolated(organisation))
    if cut.policy.profile.policy.status == "approved":
        return organisation
    return fill_label(cut.labels["not_in_force"], organisation=isolated(organisation))


def running_section(cut: Cut, section: Section) -> str:
    """Return what the head of a section's pages says: "Full story: 14 The media"."""
    name = plain(cut.short_name(section))
    return running_title(cut, f"{section.number} {name}".strip())


def running_title(cut: Cut, title: str) -> str:
    """Return what the head of a page says under a title: "Full story: Sources"."""
    return fill_label(cut.labels["part"], title=cut.title, edition=title)


def make_meta(cut: Cut) -> doc.Meta:
    """Document properties.

    The date is that of issue, or else the one that the build was given; never the clock's.
    """
    policy = cut.policy
    name = policy.profile.name
    kind = fill_label(cut.labels["part"], title=document_title(cut), edition=cut.title.lower())
    return doc.Meta(
        title=f"{kind}. {name}",
        author=name,
        subject=document_title(cut),
        description=fill_label(
            cut.labels["description"], title=kind, organisation=name, lead=document_lead(cut)
        ).strip(),
        language=policy.language,
        keywords=tuple(filter(None, [policy.profile.policy.number, policy.profile.policy.version])),
        dated=_issued(cut) or policy.dated,
    )


def _issued(cut: Cut) -> date | None:
    """Return when an edition was issued: one of the handbook with that."""
    issue = cut.policy.handbook_issue
    return issue.issued if issue and cut.is_of_handbook else cut.policy.profile.policy.issued


def make_brand(policy: Policy) -> doc.Brand:
    """The organisation's colour, logo and theme."""
    brand = policy.profile.brand
    logo_type = LOGO_TYPES.get(PurePath(brand.logo).suffix.lower(), "") if brand.logo else ""
    logo = base64.b64decode(policy.logo)
    if logo_type == "image/png":  # a writer may stumble over a chunk that no reader sees
        logo = plain_png(logo) or logo
    return doc.Brand(brand.colour or "", logo, logo_type, policy.theme)


# --- A translation that nobody has reviewed ------------------------------------------------------


def unreviewed_words(cut: Cut) -> Unreviewed:
    """Return who made what an edition prints of a translation that nobody has reviewed."""
    return least_reviewed(wording.unreviewed for wording in _printed(cut))


def _printed(cut: Cut) -> Iterator[Wording]:
    """Yield what an edition tells, and what its parts are called."""
    for section in cut.sections:
        clauses = cut.told_clauses(section)
        if clauses or cut.form == "essentials":  # a snapshot tells a section's lead in any case
            yield from section.parts.values()
        for clause in clauses:
            yield from _clause(cut, clause)
    for clause in cut.policy.front.clauses:
        yield from _clause(cut, clause)


def _clause(cut: Cut, clause: Clause) -> Iterator[Wording]:
    yield clause.title
    if clause.label:
        yield clause.label
    yield from (telling.wording for telling in cut.tellings(clause))


def unreviewed_notice(cut: Cut) -> Iterator[Block]:
    """Yield one paragraph at the head of an edition that holds such words."""
    if made_by := unreviewed_words(cut):
        star = "" if cut.form == "clauses" else f"{STAR} "
        words = f"{star}{cut.labels[f'unreviewed_notice_{made_by}']}"
        yield doc.Paragraph((Text(words),), Role.HINT)


def _with_unreviewed(cut: Cut, line: str) -> str:
    """Return a line at the foot of every page, with a warning where a translation is a draft."""
    made_by = unreviewed_words(cut)
    return f"{line}. {cut.labels[f'unreviewed_page_{made_by}']}" if made_by else line
