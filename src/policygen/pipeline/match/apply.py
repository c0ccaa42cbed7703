"""`policygen match --apply`: what was decided, written into the organisation's own folder.

Each decision is tried by itself in memory: the policy is composed with it, and it is kept only if
its clause then says what was decided. All else is for a person to make, and told so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from policygen.compose.composer import unfilled_clauses
from policygen.compose.fold import Draft
from policygen.load.files import display_path
from policygen.model.existing.policy import ExistingPassage
from policygen.model.language import join_names
from policygen.model.matching.decision import ClauseDecision, Coverage, Keep, OwnRule
from policygen.model.matching.worksheet import ClauseRow
from policygen.model.policy import Policy
from policygen.model.review.acceptance import Acceptance
from policygen.pipeline.edit import ClauseName, edit_source_text, is_binding
from policygen.pipeline.existing.own_markdown import own_markdown, says_the_same
from policygen.pipeline.match.match import Matching
from policygen.pipeline.returned.own_words import OwnWords
from policygen.pipeline.workspace import Workspace
from policygen.problems import DataPath, Location, Message, PolicygenError, Problem
from policygen.store.profile_edit.entry import with_entry
from policygen.store.profile_edit.value import with_value
from policygen.store.ready import refuse_example
from policygen.store.scalar import yaml_quoted

_CODE = "PG696"
_INHERITED = "{{ inherited }}"


def apply_decisions(profile: Path, matching: Matching, workspace: Workspace) -> Acceptance:
    """Return what the decisions on one document would write; nothing is written.

    Raises PolicygenError for an example, and for a profile that does not compose.
    """
    refuse_example(profile)
    return _Applying(OwnWords(profile, workspace), matching).acceptance()


class _Applying:
    """Applies the decisions of one document, one after another."""

    def __init__(self, own: OwnWords, matching: Matching) -> None:
        self._own, self._matching = own, matching
        self._library = own.workspace.library
        self._outline = self._library.outline
        self._rule = next(key for key, tier in self._outline.tiers.items() if tier.required)
        self._language = self._library.source_language
        self._notes: dict[str, None] = {}
        self._by_hand: list[Problem] = []

    def acceptance(self) -> Acceptance:
        sheet = self._matching.worksheet
        settled = [row for row in sheet.clauses if row.decision and not row.due]
        elsewhere = {row.clause.id for row in settled if _stands_elsewhere(row)}
        for row in settled:
            self._try(row.clause.id, partial(self._clause, row))
        for id, row in self._left_out(settled, elsewhere).items():
            self._try(id, partial(self._leave_out, id, row))
        for passage, rule in self._kept():
            self._try(rule.id, partial(self._own_rule, passage, rule))
        by_hand = tuple(dict.fromkeys(self._by_hand))
        return Acceptance(self._own.changes, tuple(self._notes), by_hand)

    def _try(self, name: str, step: Callable[[], None]) -> None:
        """Take one step; what goes wrong in it is told, and nothing of it is taken."""
        try:
            step()
        except PolicygenError as error:
            first = error.first
            what = f"{name} is not written: {first.what}"
            self._by_hand.append(Problem(what, first.mend, first.location, code=_CODE))

    # --- Theirs in place of ours ------------------------------------------------------------------

    def _clause(self, row: ClauseRow) -> None:
        decision = row.decision
        if decision is None or decision.found is Coverage.NOT_FOUND:
            return
        if decision.keep is Keep.THEIRS:
            self._replace(row, decision)
        elif decision.take_value:
            self._take_value(row)

    def _replace(self, row: ClauseRow, decision: ClauseDecision) -> None:
        """Write the passages of a clause as its rule; its other tellings stay, to be read again."""
        id = row.clause.id
        drafts = self._drafts(id)
        wanted = list(self._passages(decision))
        clause = self._policy().clause(id)
        if clause and says_the_same(clause, self._rule, wanted):
            return
        draft = next(iter(drafts.values()))
        if any(one.layer == "organisation" for one in draft.origins):
            raise self._refusal("you have words of your own for it already")
        if is_binding(drafts) and not (decision.note and decision.cleared_by):
            raise self._refusal(
                "it is binding",
                "Note why it is replaced, and under Cleared by who cleared it, where and when.",
            )
        because = decision.note or f"Our own rule, from {self._matching.existing.title}"
        told = {tier for one in drafts.values() for tier in one.tellings}
        texts = {tier: _INHERITED for tier in self._outline.tiers if tier in told}
        texts[self._rule] = own_markdown(wanted)
        record, name = (because, decision.cleared_by), ClauseName(draft.title.text)
        source = edit_source_text(drafts, texts, self._outline, record, name)
        files = self._own.below(id, source)
        policy = self._policy(files)
        printed = policy.clause(id)
        if printed is None or not says_the_same(printed, self._rule, wanted):
            raise self._refusal("written as Markdown, it would not print as it stands there")
        self._own.put(files)
        self._note_tiers(row.clause.name, told)

    def _note_tiers(self, name: str, told: Iterable[str]) -> None:
        others = [self._outline.tiers[tier].heading for tier in told if tier != self._rule]
        if others:
            read = f"{name}: read {join_names(sorted(others))} again"
            self._notes[f"{read}: what is told there was written for our rule."] = None

    # --- A value, an omission, a rule of their own ------------------------------------------------

    def _take_value(self, row: ClauseRow) -> None:
        for difference in row.differences:
            if difference.fact:
                (theirs,) = difference.theirs
                path: DataPath = tuple(difference.fact.split("."))
                self._set(path, theirs.partition(" ")[0])
                return
        if row.differences:
            raise self._refusal("which value is meant is not plain", "Set it in profile.yaml.")

    def _leave_out(self, id: str, row: ClauseRow) -> None:
        decision = row.decision
        if decision is None or self._own.organisation().profile.contents.leaves_out(id):
            return
        title = self._matching.existing.title
        because = decision.note or f"{title} covers this"
        parts = [f"because: {yaml_quoted(because)}", f"see: {{title: {yaml_quoted(title)}}}"]
        if decision.cleared_by:
            parts.append(f"cleared_by: {yaml_quoted(decision.cleared_by)}")
        self._set(("contents", "leave_out", id), f"{{{', '.join(parts)}}}")

    def _set(self, path: DataPath, value: str) -> None:
        """Set a value of the profile, or add it; what does not compose then is not taken."""
        profile = self._own.profile
        shown = display_path(profile)
        text = self._own.text(profile)
        changed = with_value(text, shown, path, value) or with_entry(text, shown, path, value)
        if changed is None:
            name = ".".join(map(str, path))
            raise self._refusal(f"{name} stands there already", "Set it in profile.yaml.")
        self._policy({profile: changed})
        self._own.put({profile: changed})

    def _own_rule(self, passage: ExistingPassage, rule: OwnRule) -> None:
        """Write a passage that stands at no clause as a clause of the body's own."""
        section = rule.id.partition(".")[0]
        if rule.id in unfilled_clauses(
            self._library, self._own.organisation(), self._own.workspace.caches.compose
        ):
            return
        heading = self._outline.tiers[self._rule].heading
        title = rule.label or (passage.headings[-1] if passage.headings else rule.id)
        label = f"- label: {rule.label}\n\n" if rule.label else ""
        words = own_markdown([passage])
        source = f"## {_title(title)} {{#{rule.id}}}\n\n{label}### {heading}\n\n{words}\n"
        files = self._own.below(rule.id, source)
        clause = self._policy(files).clause(rule.id)
        if clause is None or not says_the_same(clause, self._rule, [passage]):
            raise self._refusal(f"no clause could be made of it in {section}")
        self._own.put(files)

    # --- What is there ----------------------------------------------------------------------------

    def _drafts(self, id: str) -> Mapping[str, Draft]:
        organisation = self._own.organisation()
        return unfilled_clauses(self._library, organisation, self._own.workspace.caches.compose)[id]

    def _policy(self, tried: Mapping[Path, str] | None = None) -> Policy:
        """Return the policy as it would be, in its first language. Raises PolicygenError."""
        languages = self._own.organisation().profile.languages or (self._language,)
        return self._own.policy(languages[0], tried)

    def _passages(self, decision: ClauseDecision) -> Iterator[ExistingPassage]:
        by_key = self._matching.existing.by_key
        yield from (by_key[key] for key in decision.passages if key in by_key)

    def _kept(self) -> Iterator[tuple[ExistingPassage, OwnRule]]:
        by_key = self._matching.existing.by_key
        for key, rule in self._matching.decided.own.items():
            if key in by_key:
                yield by_key[key], rule

    def _left_out(self, settled: Iterable[ClauseRow], elsewhere: set[str]) -> dict[str, ClauseRow]:
        """Return what is left out: a section of which everything stands elsewhere, or a clause."""
        found: dict[str, ClauseRow] = {}
        sections: dict[str, list[str]] = {}
        for clause in self._matching.clauses:
            if clause.id in self._matching.taken:
                sections.setdefault(clause.section, []).append(clause.id)
        for row in settled:
            id, section = row.clause.id, row.clause.section
            if id in elsewhere:
                is_whole = elsewhere.issuperset(sections.get(section, ()))
                found.setdefault(section if is_whole and sections.get(section) else id, row)
        return found

    def _refusal(self, reason: str, mend: str = "") -> PolicygenError:
        mend = mend or Message(
            "Make the edit yourself: `policygen edit` gives you the words.",
            on_page="Make the edit yourself: find the clause on the page Contents.",
        )
        location = Location(self._matching.existing.file)
        return PolicygenError([Problem(f"{reason}.", mend, location, code=_CODE)])


def _stands_elsewhere(row: ClauseRow) -> bool:
    decision = row.decision
    return bool(
        decision and decision.keep is Keep.ELSEWHERE and decision.found is not Coverage.NOT_FOUND
    )


def _title(title: str) -> str:
    return " ".join(title.split()).strip("#{} ") or "A rule of our own"
