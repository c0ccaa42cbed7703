"""The cells of the provenance sheet.

What a clause is called, who did what to it, why, and on what authority.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.document import Inline, Inlines, Text
from policygen.model.extent import Omission
from policygen.model.language import capitalise, subtag
from policygen.model.outline.label import fill_label
from policygen.model.provenance import ClauseTrace, HeadTrace, Step
from policygen.present.back_matter import confirmation_text
from policygen.present.cut import Cut

_LONG = 80  # characters of a fact's value that say which it is


class SheetCells:
    """Fills the cells of one sheet; none is ever left empty."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.numbered = {id: number for number, id in enumerate(cut.source_ids(), 1)}

    def say(self, key: str, **values: object) -> str:
        """One of the sheet's own words."""
        return fill_label(
            self.cut.labels[f"origins_{key}"],
            **{slot: str(value) for slot, value in values.items()},
        )

    def title(self, clause: ClauseTrace) -> Inlines:
        """Number, title and id; whether it binds, and for whom it is."""
        known = self.cut.policy.clause(clause.id)
        title = prose.parse_inlines(known.title) if known else (self.source_words(clause.title),)
        number = (Text(f"{clause.number} "),) if clause.number else ()
        cell: list[Inline] = [*number, *title, doc.Break(), doc.Quiet((Text(clause.id),))]
        if clause.binding:
            cell += [Text(" "), doc.Tag(self.say("binding"), solid=True)]
        return tuple(cell)

    def steps(self, clause: ClauseTrace) -> Inlines:
        """Its layers, lowest first, each with what it did, where and why.

        The facts that chose its words follow.
        """
        cell: list[Inline] = []
        for step in clause.steps:
            if cell:
                cell.append(doc.Break())
            cell += self.did(step, reason=True)
        if clause.omission:
            cell += [doc.Break(), *self._left_out(clause.omission)]
        return (*cell, *self._readers_and_facts(clause))

    def _left_out(self, omission: Omission) -> Iterator[Inline]:
        """Why the body leaves a clause out, its own document that covers it, and who cleared it."""
        organisation = self.cut.policy.profile.name
        if omission.extent:
            by_extent = self.say("leave_out_by_extent", extent=omission.extent)
            yield from (doc.Strong((Text(organisation),)), Text(f": {by_extent}."))
            return
        yield from (doc.Strong((Text(organisation),)), Text(f": {self.say('leave_out')}."))
        before, _, after = self.say("because", reason="\n").partition("\n")
        yield from (Text(f" {before}"), self.source_words(omission.because), Text(after))
        if omission.see:
            yield Text(f" {self.say('see')} ")
            title = Text(str(omission.see.title))
            yield doc.Link(omission.see.url, (title,)) if omission.see.url else title
            yield Text(".")
        if omission.cleared_by:
            yield Text(f" {self.say('cleared_by', who=omission.cleared_by.rstrip('.'))}")

    def _readers_and_facts(self, clause: ClauseTrace) -> Iterator[Inline]:
        """A last line: for whom it is, and which facts chose its words."""
        said: list[str] = []
        if clause.audience:
            names = self.cut.listed(
                [self.cut.policy.outline.audiences[name] for name in clause.audience]
            )
            said.append(fill_label(self.cut.labels["for"], audiences=names))
        if facts := self.facts(clause):
            said.append(self.say("chosen_by", facts=", ".join(facts)))
        if said:
            yield from (doc.Break(), Text(" ".join(said)))

    def did(self, step: Step, reason: bool = False) -> Inlines:
        """What was done at which depths, what is to be looked at again, file and line.

        With `reason`, it says who and why, too.
        """
        tiers = self.cut.policy.outline.tiers
        depths = self.cut.listed([tiers[tier].heading.lower() for tier in step.tiers])
        depths = self.say("all_depths") if set(step.tiers) == set(tiers) else depths
        what = " ".join(filter(None, [self.say(step.edit), depths]))
        cell: list[Inline] = [Text(f"{capitalise(what)}.")]
        if reason:
            own = step.layer == "organisation"
            cell = [
                doc.Strong((Text(step.title) if own else self.source_words(step.title),)),
                Text(f": {what}."),
            ]
            if step.because:
                before, _, after = self.say("because", reason="\n").partition("\n")
                cell += [Text(f" {before}"), self.source_words(step.because), Text(after)]
        if step.places:
            where = self.say("only_in", sections=self.cut.listed(step.places))
            cell.append(Text(f" {capitalise(where)}."))
        if step.when:
            cell.append(Text(f" {self.say('when', condition=step.when)}"))
        for key in self.flags(step):
            cell += [Text(" "), doc.Tag(self.say(key), solid=False)]
        return (*cell, doc.Break(), doc.Quiet((Text(f"{step.path}:{step.line}"),)))

    @staticmethod
    def flags(step: Step) -> tuple[str, ...]:
        """What somebody should look at, as keys of labels."""
        against = {"changed": "stale", "unknown": "unstamped"}.get(step.written_against, "")
        return tuple(filter(None, ("review" if step.review else "", against)))

    def why(self, step: Step) -> Inlines:
        """The reason that the layer gives."""
        return (
            (self.source_words(step.because),) if step.because else (Text(self.say("no_reason")),)
        )

    def heads(self, heads: Iterable[HeadTrace]) -> Inlines:
        """Where the title of a section stands, and its lead, who decides and by when."""
        names = {"title": self.say("section_title"), "lead": self.say("section_lead")}
        said: list[str] = []
        for path, group in groupby(heads, lambda head: head.path):
            here = list(group)
            parts = ", ".join(
                names.get(head.part) or self.cut.labels.get(head.part, head.part) for head in here
            )
            said.append(f"{parts}: {path}:{', '.join(str(head.line) for head in here)}")
        return (Text("; ".join(said)),)

    def grounds(self, clause: ClauseTrace) -> Inlines:
        """Its sources, each with where in it; those not in force or not yet checked are marked."""
        cell: list[Inline] = []
        for ground in clause.grounds:
            if cell:
                cell.append(doc.Break())
            number = self.numbered.get(ground.id)
            name = Text(ground.title)
            cell.append(doc.Link(f"#source-{number}", (name,)) if number else name)
            if ground.locator:
                cell.append(Text(f", {ground.locator}"))
            if ground.places:
                where = self.say("only_in", sections=self.cut.listed(ground.places))
                cell.append(Text(f" ({where})"))
            if ground.confirmed_on:
                confirmed = confirmation_text(self.cut, ground.confirmed_by, ground.confirmed_on)
                cell.append(Text(f". {confirmed}"))
            elif mark := self.cut.labels.get(f"source_{ground.status}"):
                cell += [Text(" "), doc.Tag(mark, solid=False)]
        return tuple(cell) or (Text(self.say("no_source")),)

    def source_words(self, text: str) -> Inline:
        """A reason or a layer's title.

        The library and the organisation write them in the source language.
        """
        language = self.cut.policy.outline.source_language
        return (
            Text(text)
            if subtag(self.cut.policy.language) == language
            else doc.Foreign(language, (Text(text),))
        )

    @staticmethod
    def facts(clause: ClauseTrace) -> dict[str, list[str]]:
        """Fact -> its values, of those that chose between wordings.

        One beneath another goes with it. A word for an example chooses nothing but the example.
        """
        found: dict[str, list[str]] = {}
        for path, value in clause.chosen_by:
            if path.startswith("examples."):
                continue
            values = found.setdefault(re.sub(r"\.\d+(?=\.|$)", "", path), [])
            if value and value not in values:
                values.append(value)
        return {
            path: values
            for path, values in found.items()
            if not any(path.startswith(f"{p}.") for p in found)
        }

    def value(self, values: Sequence[str]) -> str:
        """What a fact is, short enough to tell which; one that is not given is said to be so."""
        text = ", ".join(values)
        return (text if len(text) <= _LONG else f"{text[:_LONG].rstrip()}…") or self.say("none")

    def numbers(self, clauses: Sequence[ClauseTrace]) -> str:
        """Clauses by number, as in 3.1 to 3.4, 3.6; by title where they have none."""
        order = {clause.id: at for at, clause in enumerate(self.cut.policy.clauses())}
        runs = groupby(
            enumerate(clauses), lambda pair: (order[pair[1].id] - pair[0], pair[1].section)
        )
        return ", ".join(self._run([clause for _, clause in run]) for _, run in runs) or self.say(
            "none"
        )

    def named(self, clauses: Sequence[ClauseTrace]) -> str:
        """Clauses by number and title, or that there are none."""
        return "; ".join(clause.label for clause in clauses) or self.say("none")

    def _run(self, clauses: list[ClauseTrace]) -> str:
        names = [clause.number or clause.title for clause in clauses]
        if len(names) < 3 or not clauses[0].number:
            return ", ".join(names)
        return self.say("range", first=names[0], last=names[-1])
