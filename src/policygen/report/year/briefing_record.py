"""Policy in force -> the record of briefing that one person signs, a Document of one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.document import Block, Code, Text
from policygen.model.language import format_day, localise, subtag
from policygen.model.outline.label import fill_label
from policygen.model.policy import Policy
from policygen.model.year.briefing import RecordWords
from policygen.present.cut import Cut
from policygen.present.front_matter import document_title, make_brand, make_meta, make_running
from policygen.report.layout import table_row, titled_group

_LANGUAGE = "en-GB"
_ROOM: doc.Inlines = (Text("\u00a0"), doc.Break(), Text("\u00a0"))  # to write in by hand
_SEAL = 16  # characters of the seal that stand together


def briefing_record(policy: Policy, words: RecordWords, seal: str) -> doc.Document:
    """Lay out the record: what was told, in the policy's own words, and the lines to sign.

    `policy` is that of a release, `seal` the sha256 of its record.
    """
    edition = replace(policy.outline.editions[policy.outline.signed], layout="brief")
    cut = Cut(replace(policy, gaps=()), edition)
    control = policy.profile.policy
    title = document_title(cut)
    issued = format_day(control.issued, _LANGUAGE) if control.issued else ""
    lead = fill_label(words.lead, policy=title, version=control.version or "", issued=issued)
    name = policy.profile.name
    return doc.Document(
        meta=replace(
            make_meta(cut),
            title=f"{words.title}. {name}",
            subject=words.title,
            description=f"{words.title}, {name}. {lead}",
            language=_LANGUAGE,
        ),
        layout="poster",
        masthead=doc.Masthead(
            organisation=name,
            local_names=tuple(policy.profile.local_names.items()),
            title=words.title,
            lead=lead,
            edition="",
            status=doc.Tag(f"Version {control.version}", solid=True),
        ),
        running=replace(make_running(cut), part=words.title, page="Page {page} of {pages}"),
        body=tuple(_body(policy, cut, words, seal)),
        brand=make_brand(policy),
        in_force=True,
        pages=1,
        close=True,
    )


def _body(policy: Policy, cut: Cut, words: RecordWords, seal: str) -> Iterator[Block]:
    clauses = [policy.clause(id) for id in policy.outline.front.limits]
    is_foreign = subtag(policy.language) != subtag(_LANGUAGE)
    for clause in clauses:
        if clause and not clause.omission:
            title = (Text(f"{clause.number} "), *prose.parse_inlines(clause.title))
            head = doc.Heading(2, title, clause.id)
            told = [b for one in cut.tellings(clause) for b in cut.blocks(clause, one.wording)]
            group = doc.Group(clause.id, (head, *told), clause.id)
            yield replace(group, language=policy.language if is_foreign else "")
    blanks = tuple(table_row((row, _ROOM)) for row in words.rows)
    yield titled_group("sign", words.sign, doc.Table(None, blanks, shares=(2, 5)))
    yield doc.Paragraph(_foot(policy, words, seal), doc.Role.REMARK)


def _foot(policy: Policy, words: RecordWords, seal: str) -> doc.Inlines:
    """Return where the policy is, whom to ask, and the seal, as one line."""
    control = policy.profile.policy
    lines: list[str] = []
    if control.published_at:
        lines.append(fill_label(words.where, address=control.published_at))
    owner = control.owner
    if owner and owner.role:
        details = filter(None, (str(localise(owner.role, _LANGUAGE)), owner.phone, owner.email))
        lines.append(fill_label(words.ask, contact=", ".join(details)))
    before, _, after = words.seal.partition("{seal}")
    parts = " ".join(seal[at : at + _SEAL] for at in range(0, len(seal), _SEAL))
    return (Text(" ".join([*lines, before])), Code(parts), Text(after))
