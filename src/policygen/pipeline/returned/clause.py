"""One clause of a returned copy into the organisation's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from policygen.compose.composer import unfilled_clauses
from policygen.compose.fold import Draft
from policygen.model.document import Blocks, Document
from policygen.model.language import join_names, subtag
from policygen.model.policy import Policy
from policygen.model.returned.copy import PartKind
from policygen.model.returned.known import known_parts
from policygen.model.review.acceptance import AcceptChoice
from policygen.pipeline.edit import edit_source_text, require_record
from policygen.pipeline.returned.own_words import OwnWords
from policygen.pipeline.returned.review import ReadReview
from policygen.pipeline.returned.stretches import (
    HEADING,
    SourceStretch,
    own_origin,
    renamed,
    stretches_of,
    texts_in_place,
)
from policygen.problems import Location, Message, PolicygenError, Problem
from policygen.review.clause import clause_words
from policygen.review.ours import printed_keys
from policygen.review.source_edit import EditedSource, NotSureError, edit_source

_CODE = "PG662"


class ClauseAcceptor:
    """Accepts what one copy says, clause by clause."""

    def __init__(self, own: OwnWords, read: ReadReview, choice: AcceptChoice) -> None:
        self._own = own
        self._read = read
        self._choice = choice
        self._outline = own.workspace.library.outline
        self._sent = _clause_blocks(read.sent.document)

    def accept(self, id: str) -> tuple[str, ...]:
        """Take one clause as it came back, and return what to read again.

        Raises PolicygenError where that is for a person to do; then nothing of it is taken.
        """
        parts = self._read.copy.of_clause(id)
        returned = tuple(block for part in parts for block in part.after)
        drafts = self._drafts(id)
        if not clause_words(returned):
            return self._remove(id, drafts)
        self._check_form(id)
        policy = self._own.policy(self._read.language)
        today = _clause_blocks(self._printed(policy)).get(id)
        if today is None or id not in self._sent:
            raise self._by_hand(id, "this edition no longer prints it")
        stretches = stretches_of(drafts, self._own)
        try:
            label = policy.outline.labels["clause"]
            sources = [one.source for one in stretches]
            edited = edit_source(self._sent[id], returned, today, sources, label)
        except NotSureError as error:
            raise self._not_sure(id, error, stretches) from None
        if edited.is_empty:
            return ()
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

    # --- What is there ----------------------------------------------------------------------------

    def _drafts(self, id: str) -> Mapping[str, Draft]:
        workspace = self._own.workspace
        found = unfilled_clauses(workspace.library, self._own.organisation(), workspace.compose)
        if id not in found:
            raise self._by_hand(id, "it is no clause of your policy any more")
        return found[id]

    def _check_form(self, id: str) -> None:
        """Refuse what does not print whole clauses in the language of the library's words."""
        outline = self._read.sent.policy.outline
        if outline.form(outline.editions[self._read.edition]) != "clauses":
            raise self._by_hand(id, "this edition prints no whole clauses")
        if subtag(self._read.language) != subtag(self._outline.source_language):
            raise self._by_hand(id, "it came back in translation")

    def _printed(self, policy: Policy) -> Document:
        return self._own.printed(policy, self._read.edition, self._read.audience)

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
            return texts_in_place(stretches, edited.texts, self._own)
        draft = next(iter(drafts.values()))
        because, cleared_by = self._choice.record(self._read.review.file, id)
        require_record(draft, because, cleared_by)
        tiers = (one.tier for one in stretches)
        texts = dict(zip(tiers, edited.texts, strict=True))
        name = renamed(draft, texts.pop(HEADING))
        if name is None:
            raise self._by_hand(id, "its label and its title are no longer told apart")
        if forgotten := [tier for tier, text in texts.items() if not text.strip()]:
            headings = join_names([self._outline.tiers[tier].heading for tier in forgotten])
            raise self._by_hand(id, f"nothing is left of {headings}")
        record = because, cleared_by
        source = edit_source_text(drafts, texts, self._outline, record, name)
        return self._own.below(id, source)

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
        blocks = _clause_blocks(self._printed(policy)).get(id, ())
        if printed_keys(blocks, policy.outline.labels["clause"]) != edited.expected:
            raise self._by_hand(id, "written as Markdown, it would not print as it came back")

    def _tried(self, id: str, texts: Mapping[Path, str]) -> Policy:
        try:
            return self._own.policy(self._read.language, texts)
        except PolicygenError as error:
            first = error.problems[0]
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
        mend = Message(
            f"Make the edit yourself: `policygen edit` gives you the words of {id}.",
            on_page="Make the edit yourself: find the clause on the page Contents.",
        )
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


def _clause_blocks(document: Document) -> dict[str, Blocks]:
    parts = known_parts(document)
    return {part.id: part.blocks for part in parts if part.kind is PartKind.CLAUSE}
