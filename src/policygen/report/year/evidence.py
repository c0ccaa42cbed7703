"""Evidence -> Document: what was in force on one day, for a request or a tribunal.

It is made of the reports that there are, each a part of its own. It is in English, as the commands
are; what it quotes is in the policy's language.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator
from dataclasses import replace
from datetime import date
from string import ascii_uppercase

from policygen.markdown.prose import ProseCache
from policygen.model import document as doc
from policygen.model.document import Block, Blocks, Code, Text
from policygen.model.language import capitalise, format_day, join_names, localise, subtag
from policygen.model.policy import Clause, Policy
from policygen.model.release.history import HandbookIssue
from policygen.model.release.record import ReleaseRecord
from policygen.model.text import Words
from policygen.model.year.evidence import Evidence, EvidenceFile
from policygen.present.cut import Cut
from policygen.present.edition import present
from policygen.present.front_matter import document_title, make_brand
from policygen.present.message import message
from policygen.report.changes.document import change_report
from policygen.report.consultation.proof import consultation_record
from policygen.report.consultation.you_said import you_said_we_did
from policygen.report.layout import CellContent, report_table
from policygen.report.origins.document import provenance_sheet
from policygen.report.year.quoted import quoted, quoted_part
from policygen.report.year.sign_offs import sign_off_report

_LANGUAGE = "en-GB"
_LINE = 16  # characters of a checksum that stand together
_STATES = {"approved": "approved", "consultation": "out for comment"}
# Parts of a change report that are about the report, or for whoever releases.
_NOT_QUOTED = ("draft", "how")
# What of a provenance sheet is about the whole policy.
_OF_THE_WHOLE = ("origins-own", "origins-state", "origins-removed", "origins-layers")
_SECTION = 3  # level of a heading, in this paper
PROVENANCE = "provenance.pdf"  # beside a paper that tells only the rules


def evidence_document(found: Evidence, prose: ProseCache) -> doc.Document:
    """Lay out the paper of a bundle: what was in force, and each report about it."""
    paper = _Paper(found, prose)
    profile, control = found.policy.profile, found.policy.profile.policy
    title = f"What was in force on {_day(found.day)}"
    number = f"{control.number}, " if control.number else ""
    return doc.Document(
        meta=doc.Meta(
            title=f"{title}. {profile.name}",
            author=profile.name,
            subject="Evidence",
            description=f"{paper.title} of {profile.name}. {paper.lead()}",
            language=_LANGUAGE,
            dated=found.day,
        ),
        layout="brief",
        masthead=doc.Masthead(
            organisation=profile.name,
            local_names=tuple(profile.local_names.items()),
            title=title,
            lead=paper.lead(),
            edition="Evidence",
            status=doc.Tag("Evidence", solid=True),
        ),
        running=doc.Running(
            profile.name,
            title,
            f"{number}version {found.entry.version}",
            "Page {page} of {pages}",
        ),
        body=tuple(paper.body()),
        brand=make_brand(found.policy),
    )


def _day(day: date) -> str:
    return format_day(day, _LANGUAGE)


def _said(text: str, role: doc.Role = doc.Role.BODY) -> doc.Paragraph:
    return doc.Paragraph((Text(text),), role)


def _words(words: Words | None) -> str:
    return capitalise(str(localise(words, _LANGUAGE))) if words else "Not recorded"


class _Paper:
    """The parts of one paper, lettered in the order in which a clerk reads them."""

    def __init__(self, found: Evidence, prose: ProseCache) -> None:
        self._found = found
        self._prose = prose
        self._policy = found.policy
        self._ids = {clause.id for clause in found.clauses}
        self.title = document_title(Cut(self._policy, self._policy.outline.full))

    def lead(self) -> str:
        entry, later = self._found.entry, self._found.later
        approved = f"{self.title}, version {entry.version}, issued on {_day(entry.issued)}."
        if later is None:
            return f"{approved} No later version has been released."
        return f"{approved} Version {later.version} took its place on {_day(later.issued)}."

    def body(self) -> Iterator[Block]:
        """Yield the table of all that matters, the contents, and each part under its letter."""
        yield self._summary()
        yield doc.Group("index", (doc.Contents("Contents", 3),), "evidence")
        parts = (
            ("in-force", "Which version was in force", self._versions()),
            ("printed", self._printed_title(), self._printed()),
            ("before", "What this version changed", self._before()),
            ("after", "What has changed since", self._after()),
            ("origins", "Where the words come from", self._origins()),
            ("asked", "Who was asked about it", self._asked()),
            ("signed", "Who was told of it", self._signed()),
            ("files", "What this bundle holds, and how to check it", self._files()),
        )
        # The clauses that are quoted have numbers, so the parts have letters.
        for letter, (anchor, title, blocks) in zip(ascii_uppercase, parts, strict=False):
            heading = doc.Heading(2, (Text(title),), f"part-{anchor}", letter)
            yield doc.Group(heading.anchor, (heading, *blocks), "evidence", running=title)

    # --- what was in force ------------------------------------------------------------------------

    def _summary(self) -> doc.Table:
        entry, control = self._found.entry, self._policy.profile.policy
        rows: list[tuple[CellContent, ...]] = [
            ("Asked about", self._asked_about()),
            ("In force on that day", f"{self.title}, version {entry.version}"),
            *self._handbook(),
            ("Approved by", _words(entry.approver)),
            ("Approved at", _words(entry.approved_at)),
            ("Issued", _day(entry.issued)),
        ]
        if control.review_by:
            due = "" if control.review_by >= self._found.day else ": its review was overdue"
            rows.append(("To be reviewed by", f"{_day(control.review_by)}{due}"))
        rows.append(("Replaced", self._replaced()))
        rows.append(("Seal", _checksum(self._found.seal)))
        return report_table(("", "In short"), rows, shares=(2, 5))

    def _handbook(self) -> Iterator[tuple[CellContent, ...]]:
        """Yield the issue of its handbook, which is the owner's, where there was one."""
        if issue := self._found.handbook:
            told = f"Issue {issue.issue} of {_day(issue.issued)}, changed by {_role(issue)}"
            yield "Its handbook", f"{told}: {issue.summary}"

    def _asked_about(self) -> str:
        what = "the whole policy"
        if self._found.clauses:
            names = [f"{one.number} {_name(one)}".strip() for one in self._found.clauses]
            what = f"clause{'s' if len(names) > 1 else ''} {join_names(names)}"
        return f"{_day(self._found.day)}: {what}{self._readers()}"

    def _readers(self) -> str:
        audience = self._found.audience
        return f", as {self._policy.outline.audiences[audience]} are told it" if audience else ""

    def _replaced(self) -> str:
        later = self._found.later
        if later is None:
            return "No later version has been released"
        return f"By version {later.version}, on {_day(later.issued)}"

    def _versions(self) -> Iterator[Block]:
        entry = self._found.entry
        yield _said(
            f"Of the versions that were approved and issued up to {_day(self._found.day)}, "
            f"version {entry.version} is the last. Each file of its release was compared with the "
            "checksum in its record when this paper was made, and none had changed."
        )
        rows = [self._version(one.record) for one in self._found.every]
        head = ("Version", "Issued", "What it was", "Its summary")
        yield report_table(head, rows, shares=(3, 6, 8, 8), wide=True)
        yield _said(
            "Version, day and approval stand in the record of each release. A record holds the "
            "seal of the one before it, so that a change of an old one shows.",
            doc.Role.HINT,
        )

    def _version(self, record: ReleaseRecord) -> tuple[CellContent, ...]:
        """Return a row of the versions, and of the issues of their handbooks."""
        entry, issue = record.entry, record.handbook
        state = _STATES[entry.status]
        if issue:
            state = f"handbook, changed by {_role(issue)}"
        elif entry.status == "approved":
            state += f" at {_words(entry.approved_at)}"
        name: CellContent = record.name
        if record.name in (self._found.entry.version, self._found.name):
            name = (doc.Strong((Text(record.name),)),)
            state += "; in force on the day"
        issued = issue.issued if issue else entry.issued
        return name, _day(issued), capitalise(state), issue.summary if issue else entry.summary

    # --- its words --------------------------------------------------------------------------------

    def _printed_title(self) -> str:
        if not self._ids:
            return "The policy as it was printed"
        return f"The clause{'s' if len(self._ids) > 1 else ''} as printed"

    def _printed(self) -> Iterator[Block]:
        if self._ids:
            for policy in self._found.policies:
                yield from self._clauses(policy.language)
            return
        edition, title = self._edition()
        yield _said(f"This is the edition “{title}”{self._readers()}.")
        if self._found.is_short:
            yield _said(
                "It tells the rules, which are what was approved. What the owner changes without "
                "the approver, details and practice, is in the files of the release (part H)."
            )
        for policy in self._found.policies:
            document = present(policy, edition, self._prose, self._found.audience)
            body = self._in_own_words(policy.language, document.body)
            yield from map(_with_its_sections_listed, body)

    def _edition(self) -> tuple[str, str]:
        """Return the key and title of the edition to quote: of the rules alone, or else of all."""
        outline = self._policy.outline
        required = tuple(key for key, tier in outline.tiers.items() if tier.required)
        found = {one.tiers: (key, one.title) for key, one in outline.editions.items() if one.whole}
        of_all = found[outline.full.tiers]
        return found.get(required, of_all) if self._found.is_short else of_all

    def _clauses(self, language: str) -> Iterator[Block]:
        """Yield the clauses that were asked for, in one language, at each depth."""
        policy = next(one for one in self._found.policies if one.language == language)
        clauses = tuple(one for one in policy.clauses() if one.id in self._ids)
        tiers = tuple(policy.outline.tiers)
        for clause in clauses:
            yield from self._told_to(clause)
        yield from self._in_own_words(language, message(_unpublished(policy), clauses, tiers).body)

    def _told_to(self, clause: Clause) -> Iterator[Block]:
        """Yield for whom a clause is, and whether the readers who were asked about are told it."""
        outline = self._policy.outline
        names = join_names([outline.audiences[one] for one in clause.audience]) or "everybody"
        which = clause.number or _name(clause)
        yield _said(f"{which} is for {names}.", doc.Role.REMARK)
        asked = self._found.audience
        if asked and not outline.reaches(clause.audience, asked):
            yield _said(f"An edition that is cut for {outline.audiences[asked]} leaves it out.")

    def _in_own_words(self, language: str, blocks: Blocks) -> Iterator[Block]:
        """Yield what a policy prints, a level lower, in its own language."""
        name = f"words-{language}"
        body = quoted(blocks, name)
        if subtag(language) == subtag(_LANGUAGE):
            yield from body
        else:
            yield doc.Group(name, body, "quoted", language)

    # --- its history ------------------------------------------------------------------------------

    def _before(self) -> Iterator[Block]:
        if self._found.before is None:
            yield _said("No version was approved before it.")
            return
        yield from self._changes("before")

    def _after(self) -> Iterator[Block]:
        if self._found.after is None:
            yield _said("Nothing has been released since.")
            return
        yield from self._changes("after")

    def _changes(self, which: str) -> Iterator[Block]:
        found = self._found.before if which == "before" else self._found.after
        assert found is not None
        versions = [_release_name(policy) for policy in (found.first, found.second)]
        if not found.found:
            what = "The clauses read" if len(self._ids) > 1 else "The clause reads"
            what = what if self._ids else "They read"
            yield _said(f"{what} the same in version {versions[0]} and in version {versions[1]}.")
            return
        labels = [f"{found.first.profile.name}, version {one}" for one in versions]
        report = change_report(found, (labels[0], labels[1]), prose=self._prose)
        left = (*_NOT_QUOTED, "found") if self._ids else _NOT_QUOTED
        blocks = tuple(b for b in report.body if not _is_group(b, left))
        yield from quoted(blocks, which)

    def _origins(self) -> Iterator[Block]:
        if not self._ids:
            body = provenance_sheet(self._policy).body
            if self._found.is_short:
                yield _said(f"{PROVENANCE}, beside this paper, tells it of each clause.")
                groups = (b for b in body if isinstance(b, doc.Group))
                body = (body[0], *(b for b in groups if b.anchor in _OF_THE_WHOLE))
            yield from quoted(body, "origins")
            return
        words = {f"origins-{tier}" for tier in self._policy.outline.tiers}  # told in a part above
        for clause in self._found.clauses:
            body = provenance_sheet(self._policy, clause.id).body
            kept = tuple(b for b in body if not _is_group(b, words))
            yield from quoted(kept, f"origins-{clause.id}")

    # --- people -----------------------------------------------------------------------------------

    def _asked(self) -> Iterator[Block]:
        if not self._found.consultations:
            yield _said("No consultation on this version is on record.")
            return
        yield _said("Private people are not named; a body that answered has its own name.")
        for one in self._found.consultations:
            version = one.log.consultation.version
            title = f"Version {version}, out for comment"
            if not self._ids:
                yield from quoted_part(f"asked-{version}", title, consultation_record(one).body)
                continue
            about = tuple(said for said in one.clauses if said.clause in self._ids)
            blocks = you_said_we_did(replace(one, clauses=about)).body
            if not about:
                blocks = (*blocks, _said("Nobody said anything about this part of it."))
            yield from quoted_part(f"asked-{version}", title, blocks)

    def _signed(self) -> Iterator[Block]:
        """Yield how many signed, and nobody's name."""
        if self._found.sign_offs is None:
            yield _said("No list of who signed was given, so this paper says nothing of that.")
            return
        report = sign_off_report(self._found.sign_offs, names=False)
        yield _said(f"{report.masthead.lead} So the lists say that were given; names are left out.")
        yield from quoted(report.body, "signed")

    # --- the bundle -------------------------------------------------------------------------------

    def _files(self) -> Iterator[Block]:
        rows = [_file(one) for one in self._found.files]
        head = ("File", "What it is", "Size in bytes", "Checksum (sha256)")
        yield report_table(head, rows, shares=(5, 4, 2, 4), wide=True)
        yield _said("Anybody can check it, without policygen:")
        yield doc.CodeBlock(
            f"sha256sum -c SHA256SUMS\nsha256sum releases/{self._found.entry.version}/release.json"
        )
        yield _said(
            "The first line compares every file of the bundle with the list of checksums. The "
            "second prints the seal, which belongs in the minutes of the meeting that approved the "
            "version: where the two agree, nothing has changed since."
        )


def _is_group(block: Block, anchors: Container[str]) -> bool:
    return isinstance(block, doc.Group) and block.anchor in anchors


def _with_its_sections_listed(block: Block) -> Block:
    """Return a block of a quoted policy; the heading of a section stands in the contents list."""
    match block:
        case doc.Group():
            return replace(block, blocks=tuple(map(_with_its_sections_listed, block.blocks)))
        case doc.Heading(level=level, anchor=anchor) if level == _SECTION and anchor:
            return replace(block, listed=True)
    return block


def _unpublished(policy: Policy) -> Policy:
    """Return a policy that does not say where the newest version stands: this is not about it."""
    control = policy.profile.policy.model_copy(update={"published_at": None})
    return replace(policy, profile=policy.profile.model_copy(update={"policy": control}))


def _release_name(policy: Policy) -> str:
    """Return what the release of a policy is called: 1.0, or 1.0-h2."""
    issue = policy.handbook_issue
    return issue.name if issue else policy.profile.policy.version or ""


def _role(issue: HandbookIssue) -> str:
    return str(localise(issue.changed_by, _LANGUAGE))


def _name(clause: Clause) -> str:
    return (clause.label or clause.title).text


def _file(one: EvidenceFile) -> tuple[CellContent, ...]:
    checksum = hashlib.sha256(one.data).hexdigest()
    return one.path, one.says, f"{len(one.data):,}", _checksum(checksum)


def _checksum(digest: str) -> CellContent:
    """Return a checksum in pieces that a person can read aloud and compare."""
    pieces = [digest[at : at + _LINE] for at in range(0, len(digest), _LINE)]
    return (Code(" ".join(pieces)),)
