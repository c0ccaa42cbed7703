"""What came back around the clauses: sections, moved clauses, passages that are new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from policygen.compose.composer import unfilled_clauses
from policygen.interview.folder import slug
from policygen.markdown.rewrite.write_line import UnwritableError, line_markdown
from policygen.model.document import Blocks, Heading, Inlines, List, Paragraph, Value
from policygen.model.document.walk import plain
from policygen.model.policy import Policy
from policygen.model.returned.copy import PartKind, ReturnedPart
from policygen.model.returned.known import KnownPart, known_parts
from policygen.model.review.acceptance import AcceptChoice
from policygen.model.review.review import ReturnedEdit, ReturnedEditKind
from policygen.pipeline.edit import is_binding
from policygen.pipeline.returned.other_section import own_text_of, without_clause
from policygen.pipeline.returned.own_slip import with_key
from policygen.pipeline.returned.own_words import OwnWords
from policygen.pipeline.returned.review import ReadReview
from policygen.pipeline.returned.section import SectionAcceptor
from policygen.pipeline.returned.stretches import own_origin
from policygen.problems import Location, Message, PolicygenError, Problem
from policygen.review.clause import clause_words
from policygen.review.order import clause_order
from policygen.review.ours import printed_keys
from policygen.review.printed_line import leaves

_CODE = "PG662"
_MOVE = "Move it yourself: `contents.order` for a section, `- after:` for a clause."
_ACROSS = Message(
    "Write it there yourself under a new id, with the words that `policygen edit` gives you, and "
    "take it out where it stood: docs/writing-words.md.",
    on_page="Write it there yourself as a rule of your own, and take it out where it stood.",
)
_WRITE = "Write it as a clause of your own, under an id and a label: docs/writing-words.md."


class ArrangementAcceptor:
    """Accepts what one copy says of titles, of order, and beside the clauses.

    `moved` are the ids of the clauses that earlier copies moved.
    """

    def __init__(
        self, own: OwnWords, read: ReadReview, choice: AcceptChoice, moved: set[str]
    ) -> None:
        self._own = own
        self._moved = moved
        self._read = read
        self._choice = choice
        self._outline = own.workspace.library.outline
        edition = self._outline.editions[read.edition]
        self._is_whole = self._outline.form(edition) == "clauses"

    def accept(self, edit: ReturnedEdit) -> tuple[str, ...]:
        """Take one edit as it came back, and return what to read again: nothing.

        Raises PolicygenError where that is for a person to do; then nothing of it is taken.
        """
        match edit.kind:
            case ReturnedEditKind.MOVED:
                self._move_once(edit)
            case ReturnedEditKind.ADDED:
                self._add(edit)
            case _:
                SectionAcceptor(self._own, self._read).accept(edit)
        return ()

    # --- A clause that was moved ------------------------------------------------------------------

    def _move_once(self, edit: ReturnedEdit) -> None:
        id = edit.place
        if id in self._moved:
            what = f"{edit.name or id} was moved, and to another place in an earlier copy"
            raise self._by_hand(what, _MOVE)
        if edit.into:
            self._move_across(edit)
        else:
            self._move(edit)
        self._moved.add(id)

    def _move(self, edit: ReturnedEdit) -> None:
        id, what = edit.place, f"{edit.name or edit.place} was moved"
        section = id.partition(".")[0]
        order = clause_order(self._read.copy)
        at = order.index(id)
        near = order[max(at - 1, 0) : at], order[at + 1 : at + 2]
        above, below = (next(iter(one), "") for one in near)
        if section not in (one.partition(".")[0] for one in (above, below)):
            raise self._by_hand(what, _MOVE)
        after = above if above.partition(".")[0] == section else section
        drafts = unfilled_clauses(
            self._own.workspace.library,
            self._own.organisation(),
            self._own.workspace.caches.compose,
        )
        if id not in drafts or after not in (section, *drafts):
            raise self._by_hand(what, _MOVE)
        draft = next(iter(drafts[id].values()))
        if is_binding(drafts[id]):
            raise self._by_hand(f"{what}, and it is binding: its place is the library's", _MOVE)
        if origin := own_origin(drafts[id]):
            path = Path(origin.path)
            texts = {path: with_key(self._own.text(path), origin.line, "after", after)}
        else:
            slip = f"- change: extend\n- after: {after}\n"
            texts = self._own.below(id, f"## {draft.title.text} {{#{id}}}\n\n{slip}")
        policy = self._tried(texts, what, _MOVE)
        ids = [one.id for one in policy.clauses() if one.id in order]
        if ids[ids.index(id) - 1 : ids.index(id)] != [above][: bool(above)]:
            raise self._by_hand(f"{what}: it would stand elsewhere", _MOVE)
        self._own.put(texts)

    def _move_across(self, edit: ReturnedEdit) -> None:
        """Write a clause into the section to which it was moved, and take it out of its own."""
        id, section = edit.place, edit.into
        what = f"{edit.name or id} was moved to another section"
        because, _ = self._choice.record(self._read.review.file, id)
        policy = self._policy()
        drafts = unfilled_clauses(
            self._own.workspace.library,
            self._own.organisation(),
            self._own.workspace.caches.compose,
        ).get(id)
        before = self._known(policy, PartKind.CLAUSE, id)
        if drafts is None or before is None or section not in (one.id for one in policy.sections):
            raise self._by_hand(what, _ACROSS)
        draft = next(iter(drafts.values()))
        if is_binding(drafts) or draft.yes or draft.no:
            reason = "it is binding" if is_binding(drafts) else "it is a step of the chart"
            raise self._by_hand(f"{what}, and {reason}: its place is the library's", _ACROSS)
        if not because and draft.origins[0].layer != "organisation":
            raise PolicygenError([_without_reason(what, draft.title.location)])
        above = clause_order(self._read.copy)
        above = above[: above.index(id)][-1:]
        after = next((one for one in above if one.partition(".")[0] == section), section)
        new_id = self._new_id(section, id.partition(".")[2])
        gone = without_clause(drafts, self._own, because)
        if gone is None:
            raise self._by_hand(f"{what}, and a comment of yours stands in it", _ACROSS)
        source = own_text_of(drafts, new_id, after, self._outline)
        texts = gone | self._own.below(new_id, source)
        changed = self._tried(texts, what, _ACROSS)
        now = self._known(changed, PartKind.CLAUSE, new_id)
        label = policy.outline.labels["clause"]
        ids = [after, *(one.id for one in changed.clauses() if one.id.startswith(f"{section}."))]
        is_there = ids[ids.index(new_id) - 1] == after if new_id in ids else False
        same = now and printed_keys(now.blocks, label) == printed_keys(before.blocks, label)
        if not (is_there and same):
            raise self._by_hand(f"{what}: it would print otherwise there", _ACROSS)
        self._own.put(texts)

    # --- A passage that is new --------------------------------------------------------------------

    def _add(self, edit: ReturnedEdit) -> None:
        name = edit.name or edit.place or "the beginning"
        what = f"A passage was added after {name}: “{_short(edit.after)}”"
        part = self._added(edit)
        heading = part.after[0] if part else None
        if part is None or not isinstance(heading, Heading) or not self._is_clause(part):
            raise self._by_hand(what, _WRITE)
        title = self._markdown(heading.inlines, what, _WRITE)
        label, colon, rest = title.partition(": ")
        named = f"- label: {label}\n" if colon else ""
        section = edit.place.partition(".")[0]
        id = self._new_id(section, plain(heading.inlines).partition(": ")[0])
        words = "\n\n".join(self._body(part.after, what))
        slip = f"{named}- after: {edit.place}\n"
        rule = next(one.heading for one in self._outline.tiers.values() if one.required)
        source = f"## {rest if colon else title} {{#{id}}}\n\n{slip}\n### {rule}\n\n{words}\n"
        texts = self._own.below(id, source)
        printed = self._known(self._tried(texts, what, _WRITE), PartKind.CLAUSE, id)
        if printed is None or not clause_words(printed.blocks).startswith(edit.after):
            raise self._by_hand(f"{what}: it would not print as it came back", _WRITE)
        self._own.put(texts)

    def _added(self, edit: ReturnedEdit) -> ReturnedPart | None:
        new = (one for one in self._read.copy.parts if one.kind is PartKind.UNKNOWN)
        here = (one for one in new if one.under == edit.place and edit.place)
        return next((one for one in here if clause_words(one.after) == edit.after), None)

    def _is_clause(self, part: ReturnedPart) -> bool:
        """Tell whether a heading is as high as those of clauses, in an edition that has them."""
        clauses = (one for one in self._read.sent.copy.parts if one.kind is PartKind.CLAUSE)
        levels = {one.lines[0].level for one in clauses if one.lines}
        return self._is_whole and part.lines[0].level in levels - {0}

    def _new_id(self, section: str, words: str) -> str:
        name = slug(words) or "added"
        taken = {clause.id for clause in self._policy().clauses()}
        numbered = (f"{section}.{name}-{number}" for number in range(2, 1000))
        every = (f"{section}.{name}", *numbered)
        return next(id for id in every if id not in taken)

    def _body(self, blocks: Blocks, what: str) -> Iterator[str]:
        """Yield the Markdown of each paragraph and list below a heading."""
        for block in blocks[1:]:
            match block:
                case Paragraph(inlines=inlines):
                    yield self._markdown(inlines, what, _WRITE)
                case List() if all(_is_one_line(item.blocks) for item in block.items):
                    lines = (item.blocks[0] for item in block.items)
                    told = (one.inlines for one in lines if isinstance(one, Paragraph))
                    mark = "1. " if block.ordered else "- "
                    indent = "\n" + " " * len(mark)
                    items = (self._markdown(one, what, _WRITE) for one in told)
                    yield "\n".join(mark + item.replace("\n", indent) for item in items)
                case _:
                    raise self._by_hand(f"{what}: it holds more than paragraphs and lists", _WRITE)

    # --- What is shared ---------------------------------------------------------------------------

    def _policy(self) -> Policy:
        return self._own.policy(self._read.language)

    def _known(self, policy: Policy, kind: PartKind, id: str) -> KnownPart | None:
        printed = self._own.printed(policy, self._read.edition, self._read.audience)
        parts = (one for one in known_parts(printed) if (one.kind, one.id) == (kind, id))
        return next(parts, None)

    def _markdown(self, inlines: Inlines, what: str, mend: str) -> str:
        if any(isinstance(one, Value) and one.path for one in leaves(inlines)):
            raise self._by_hand(f"{what}: it holds a fact or a reference", mend)
        try:
            return line_markdown(inlines)
        except UnwritableError as error:
            raise self._by_hand(f"{what}: it holds {error}", mend) from None

    def _tried(self, texts: Mapping[Path, str], what: str, mend: str) -> Policy:
        try:
            return self._own.policy(self._read.language, texts)
        except PolicygenError as error:
            first = error.first.what
            raise self._by_hand(f"{what}: it could not be built then ({first})", mend) from None

    def _by_hand(self, what: str, mend: str | Message) -> PolicygenError:
        location = Location(self._read.review.file)
        return PolicygenError([Problem(f"{what}.", mend, location, code=_CODE)])


def _without_reason(what: str, location: Location) -> Problem:
    mend = Message(
        "It goes from where it stood with its reason: say why with --because.",
        on_page="It goes from where it stood with its reason: say why beside it.",
    )
    return Problem(f"{what}.", mend, location, code="PG663")


def _is_one_line(blocks: Blocks) -> bool:
    return len(blocks) == 1 and isinstance(blocks[0], Paragraph)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 80 else f"{line[:80].rstrip()}…"
