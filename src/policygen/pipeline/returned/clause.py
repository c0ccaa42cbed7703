"""One clause of a returned copy into the organisation's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from policygen.compose.composer import unfilled_clauses
from policygen.compose.fold import Draft
from policygen.model.document import Blocks, Document
from policygen.model.language import join_names, subtag
from policygen.model.policy import Policy
from policygen.model.returned.copy import PartKind, ReturnedCopy
from policygen.model.returned.known import known_parts
from policygen.model.review.acceptance import AcceptChoice
from policygen.pipeline.edit import ClauseName, edit_source_text, require_record
from policygen.pipeline.returned.list_rows import ListedClause, accept_added, accept_gone
from policygen.pipeline.returned.own_words import OwnWords
from policygen.pipeline.returned.review import ReadReview
from policygen.pipeline.returned.stretches import (
    HEADING,
    SourceStretch,
    own_origin,
    renamed,
    renamed_in_place,
    stretches_of,
    texts_in_place,
)
from policygen.problems import Location, Message, PolicygenError, Problem
from policygen.review.clause import clause_words
from policygen.review.front import front_kinds, front_parts
from policygen.review.loop_rows import added_rows, without_made, without_rows
from policygen.review.ours import printed_keys
from policygen.review.source.edit import EditedSource, NotSureError, edit_source
from policygen.review.source.places import SourceText

_CODE = "PG662"
_FRONT_MEND = (
    "The names, the status and the dates are those of your profile; the titles of editions and "
    "what stands beside them are the library's."
)


class ClauseAcceptor:
    """Accepts what one copy says, clause by clause."""

    def __init__(self, own: OwnWords, read: ReadReview, choice: AcceptChoice) -> None:
        self._own = own
        self._read = read
        self._choice = choice
        self._outline = own.workspace.library.outline
        self._front = front_kinds(self._outline.front)
        self._sent = self._printed_blocks(read.sent.policy, read.sent.document)

    def accept(self, id: str) -> tuple[str, ...]:
        """Take one clause as it came back, and return what to read again.

        Raises PolicygenError where that is for a person to do; then nothing of it is taken.
        """
        returned = self._blocks_of(self._read.copy, id)
        drafts = self._drafts(id)
        if not clause_words(returned) and id not in self._front:
            return self._remove(id, drafts)
        self._check_language(id)
        profile = {self._own.profile: self._own.text(self._own.profile)}
        try:
            return self._reword(id, returned, drafts)
        except PolicygenError:
            self._own.put(profile)
            raise

    def _reword(self, id: str, returned: Blocks, drafts: Mapping[str, Draft]) -> tuple[str, ...]:
        stretches = stretches_of(drafts, self._own)
        sent, returned = self._without_listed(id, returned, stretches)
        policy = self._own.policy(self._read.language)
        today = self._today(policy).get(id)
        if today is None or id not in self._sent:
            raise self._by_hand(id, "this edition no longer prints it")
        try:
            label = policy.outline.labels["clause"]
            sources = [self._printed_source(id, one) for one in stretches]
            edited = edit_source(sent, returned, today, sources, label)
        except NotSureError as error:
            raise self._not_sure(id, error, stretches) from None
        if edited.is_empty:
            return ()
        edited = self._with_unprinted(id, edited, stretches)
        texts = self._files(id, drafts, stretches, edited)
        self._check_printed(id, texts, edited)
        self._own.put(texts)
        changed = {
            one.tier
            for one, text in zip(stretches, edited.texts, strict=True)
            if text != one.source.text
        }
        if changed == {HEADING}:
            return tuple(self._stale(id, drafts))
        return (*self._untouched_tiers(id, drafts, changed), *self._stale(id, drafts))

    def _without_listed(
        self, id: str, returned: Blocks, stretches: Sequence[SourceStretch]
    ) -> tuple[Blocks, Blocks]:
        """Put added rows of a loop into the list that it prints, and take out those that went.

        Return what was sent and what came back besides.
        """
        sent = self._sent.get(id, ())
        if id in self._front:
            sent, returned = self._without_fixed(id, sent, returned)
        if added_rows(sent, returned) or added_rows(returned, sent):
            today = self._today(self._own.policy(self._read.language)).get(id, ())
            sent, returned = without_made(sent, returned, today)
        added, gone = added_rows(sent, returned), added_rows(returned, sent)
        if not (added or gone):
            return sent, returned
        clause = ListedClause(
            tuple(self._printed_source(id, one).text for one in stretches),
            self._read.language,
            lambda policy: self._today(policy).get(id, ()),
        )
        left = without_rows(sent, accept_gone(self._own, clause, gone))
        return left, without_rows(returned, accept_added(self._own, clause, added))

    def _without_fixed(self, id: str, sent: Blocks, returned: Blocks) -> tuple[Blocks, Blocks]:
        """Leave out what stands on the cover of itself, such as the names of the editions."""
        printed = {clause_words((one,)) for one in self._blocks_of(self._read.sent.copy, id)}
        fixed = printed - {clause_words((one,)) for one in sent}
        kept = tuple(one for one in sent if clause_words((one,)) in printed)
        return kept, tuple(one for one in returned if clause_words((one,)) not in fixed)

    # --- What is there ----------------------------------------------------------------------------

    def _drafts(self, id: str) -> Mapping[str, Draft]:
        workspace = self._own.workspace
        found = unfilled_clauses(
            workspace.library, self._own.organisation(), workspace.caches.compose
        )
        if id not in found:
            raise self._by_hand(id, "it is no clause of your policy any more")
        return found[id]

    def _check_language(self, id: str) -> None:
        if subtag(self._read.language) != subtag(self._outline.source_language):
            raise self._by_hand(id, "it came back in translation")

    def _is_printed(self, id: str, stretch: SourceStretch) -> bool:
        """Tell whether this edition prints some words: those of its tiers, and whole headings."""
        edition = self._outline.editions[self._read.edition]
        if stretch.tier == HEADING:
            return id == self._outline.front.title or self._outline.form(edition) == "clauses"
        return stretch.tier in edition.tiers

    def _printed_source(self, id: str, stretch: SourceStretch) -> SourceText:
        return stretch.source if self._is_printed(id, stretch) else SourceText("")

    def _with_unprinted(
        self, id: str, edited: EditedSource, stretches: Sequence[SourceStretch]
    ) -> EditedSource:
        """Return the texts with those that this edition does not print, which stay as they are."""
        pairs = zip(stretches, edited.texts, strict=True)
        texts = (text if self._is_printed(id, one) else one.source.text for one, text in pairs)
        return EditedSource(tuple(texts), edited.expected)

    def _today(self, policy: Policy) -> Mapping[str, Blocks]:
        """Return what each clause of a policy prints in the edition of the copy, by id."""
        document = self._own.printed(policy, self._read.edition, self._read.audience)
        return self._printed_blocks(policy, document)

    def _printed_blocks(self, policy: Policy, document: Document) -> dict[str, Blocks]:
        parts = known_parts(document)
        clauses = {part.id: part.blocks for part in parts if part.kind is PartKind.CLAUSE}
        return {part.id: part.blocks for part in front_parts(policy, document)} | clauses

    def _blocks_of(self, copy: ReturnedCopy, id: str) -> Blocks:
        """Return what a copy says of a clause; of that of the cover, the names and the lines."""
        parts = copy.of_clause(id)
        if not parts and id in self._front:
            parts = tuple(part for part in copy.parts if part.kind is self._front[id])
        return tuple(block for part in parts for block in part.after)

    # --- What is to be ----------------------------------------------------------------------------

    def _files(
        self,
        id: str,
        drafts: Mapping[str, Draft],
        stretches: Sequence[SourceStretch],
        edited: EditedSource,
    ) -> dict[Path, str]:
        """Return the file with the clause's words as they came back."""
        if own_origin(drafts):
            return self._files_in_place(id, drafts, stretches, edited)
        draft = next(iter(drafts.values()))
        because, cleared_by = self._choice.record(self._read.review.file, id)
        require_record(drafts, because, cleared_by)
        tiers = (one.tier for one in stretches)
        texts = dict(zip(tiers, edited.texts, strict=True))
        name = self._renamed(id, draft, texts.pop(HEADING))
        if forgotten := [tier for tier, text in texts.items() if not text.strip()]:
            headings = join_names([self._outline.tiers[tier].heading for tier in forgotten])
            raise self._by_hand(id, f"nothing is left of {headings}")
        source = edit_source_text(drafts, texts, self._outline, (because, cleared_by), name)
        return self._own.below(id, source)

    def _files_in_place(
        self,
        id: str,
        drafts: Mapping[str, Draft],
        stretches: Sequence[SourceStretch],
        edited: EditedSource,
    ) -> dict[Path, str]:
        """Return the files with the organisation's own words changed where they stand."""
        files = texts_in_place(stretches, edited.texts, self._own)
        for one, text in zip(stretches, edited.texts, strict=True):
            if one.tier == HEADING and text != one.source.text:
                draft = next(iter(drafts.values()))
                path = Path(one.location.path)
                name = self._renamed(id, draft, text)
                changed = renamed_in_place(files.get(path, self._own.text(path)), one, name)
                if changed is None:
                    raise self._by_hand(id, "its heading is not where it was", one.location)
                files[path] = changed
        return files

    def _renamed(self, id: str, draft: Draft, heading: str) -> ClauseName:
        name = renamed(draft, heading)
        if name is None:
            raise self._by_hand(id, "its label and its title are no longer told apart")
        return name

    def _remove(self, id: str, drafts: Mapping[str, Draft]) -> tuple[str, ...]:
        draft = next(iter(drafts.values()))
        if origin := own_origin(drafts):
            raise self._by_hand(id, "it was deleted, and you have words of your own for it", origin)
        because, _ = self._choice.record(self._read.review.file, id)
        if not because:
            what = f"{self._name(id)} was deleted in {self._read.review.file}."
            mend = Message(
                "A clause goes with its reason: say why with --because.",
                on_page="A clause goes with its reason: say why beside it.",
            )
            raise PolicygenError([Problem(what, mend, draft.title.location, code="PG663")])
        heading = f"## {draft.title.text} {{#{id}}}\n\n"
        slip = f"- change: remove\n- because: {because}\n"
        texts = self._own.below(id, heading + slip)
        policy = self._tried(id, texts)
        if policy.clause(id) is not None:
            raise self._by_hand(id, "it would still be printed")
        self._own.put(texts)
        return ()

    # --- Whether it may be ------------------------------------------------------------------------

    def _check_printed(self, id: str, texts: Mapping[Path, str], edited: EditedSource) -> None:
        """Compose the policy with the new words; its clause must print what came back."""
        policy = self._tried(id, texts)
        blocks = self._today(policy).get(id, ())
        if printed_keys(blocks, policy.outline.labels["clause"]) != edited.expected:
            raise self._by_hand(id, "written as Markdown, it would not print as it came back")

    def _tried(self, id: str, texts: Mapping[Path, str]) -> Policy:
        try:
            return self._own.policy(self._read.language, texts)
        except PolicygenError as error:
            first = error.first
            raise self._by_hand(id, f"it could not be built then ({first.what})") from None

    # --- What is said -----------------------------------------------------------------------------

    def _untouched_tiers(
        self, id: str, drafts: Mapping[str, Draft], changed: Iterable[str]
    ) -> Iterable[str]:
        told = {tier for draft in drafts.values() for tier in draft.tellings}
        others = [
            self._outline.tiers[tier].heading
            for tier in self._outline.tiers
            if tier in told and tier not in set(changed)
        ]
        if others:
            read = f"{self._name(id)}: read {join_names(others)} again"
            yield f"{read}: what is told there may now say something else."

    def _stale(self, id: str, drafts: Mapping[str, Draft]) -> Iterable[str]:
        own = [one for draft in drafts.values() for one in draft.origins if one.stale]
        if own:
            yield f"{self._name(id)}: the words beneath your edit have changed since you wrote it."

    def _name(self, id: str) -> str:
        return self._read.review.names.get(id, id)

    def _by_hand(self, id: str, reason: str, location: Location | None = None) -> PolicygenError:
        what = f"{self._name(id)} is not changed: {reason}."
        mend: str | Message = Message(
            f"Make the edit yourself: `policygen edit` gives you the words of {id}.",
            on_page="Make the edit yourself: find the clause on the page Contents.",
        )
        if id in self._front:
            mend = _FRONT_MEND
        where = location or Location(self._read.review.file)
        return PolicygenError([Problem(what, mend, where, code=_CODE)])

    def _not_sure(
        self, id: str, error: NotSureError, stretches: Sequence[SourceStretch]
    ) -> PolicygenError:
        if error.place is None:
            return self._by_hand(id, error.reason, stretches[0].location if stretches else None)
        number, line = error.place
        stretch = stretches[number]
        typed = stretch.source.text.split("\n")[line].strip()
        location = stretch.location
        if stretch.passage:
            location = Location(location.path, stretch.passage.line(line), 1)
        return self._by_hand(id, f"{error.reason}; its source is “{typed}”", location)
