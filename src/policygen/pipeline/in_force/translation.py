"""A translation on the page: a pack for a translator, and what came back."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import partial

from policygen.load.files import read_bytes
from policygen.load.profile.profile import load_organisation
from policygen.model.language import language_name, subtag
from policygen.model.review.acceptance import Acceptance, FileChange
from policygen.model.translation.pack import TranslationPack
from policygen.pipeline.in_force.part import (
    SentFiles,
    ToWrite,
    YearPage,
    YearPart,
    YearSection,
)
from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.others.entry import (
    boxes_field,
    choice_field,
    files_field,
    line_field,
    needed_field,
)
from policygen.pipeline.page.others.uploads import one_file
from policygen.pipeline.page.undo import undoable
from policygen.pipeline.year.translation.pack_file import pack_bytes
from policygen.pipeline.year.translation.pack_in import PackReview, TakenPack, take_pack, write_pack
from policygen.pipeline.year.translation.pack_out import WhichUnits, make_pack
from policygen.store.files import File

_FORMATS = ("xliff", "xlsx")
_ASKED = ("language", "which", "edition")
_LIMIT = 2_000_000  # bytes of a file of words
_WHICH = {
    "waiting": "What waits, or has changed since it was translated",
    "unreviewed": "What is translated, and nobody has reviewed",
    "all": "All of it",
}
_BACK = (
    files_field(("file",), "The pack that came back", "XLIFF or XLSX."),
    boxes_field(("machine",), "Who made it", {"1": "A machine made these translations"}),
    line_field(
        ("reviewed_by",),
        "Who has reviewed it",
        hint="Somebody who speaks the language well. Until there is a name, it prints as a draft.",
    ),
)


@dataclass(frozen=True, slots=True)
class TranslationPart(YearPart):
    """The translation pack."""

    title = "Translation"
    about = "The words for a translator, and back again."
    purpose = "translation"

    def page(self, query: Mapping[str, str], refused: Container[str] = ()) -> YearPage:
        """Return the form for a pack, what one holds, and the form for what came back."""
        out = YearSection("Make a pack", asked=self._fields(), button="Look what there is")
        back = YearSection("Read what came back", (_SHOWN,), asked=_BACK, button=_READ)
        if "language" not in query:
            return YearPage(self.title, _SAYS, (out, back))
        pack = self._pack(query)
        formats = _FORMATS if pack.files else ()
        made = YearSection("The pack", (_counted(pack),), file="pack", formats=formats)
        asked = {name: query[name] for name in _ASKED if query.get(name)}
        return YearPage(self.title, _SAYS, (out, made, back), asked)

    def send(self, typed: Mapping[str, str], files: SentFiles) -> ToWrite | dict[str, str]:
        """Return the query for a pack, or what the one that came back writes. Raises."""
        if "language" in typed:
            self._pack(typed)
            return {name: typed[name] for name in _ASKED if typed.get(name)}
        reviewed_by = " ".join(typed.get("reviewed_by", "").split())
        review = PackReview(bool(typed.get("machine")), reviewed_by, self.on)
        take = partial(self._taken, review)
        if "file" in files:
            file = one_file(files["file"])
            self.hold([(file.name, file.data)], take, anew=True)
        taken = take()
        changes = tuple(filter(None, map(self._change, taken.files)))
        acceptance = Acceptance(changes, tuple(_notes(taken)), tuple(taken.problems))
        said = f"{_many(taken.taken, 'part')} taken, {taken.reviewed} reviewed by a named person."
        return ToWrite(acceptance, partial(self._write, taken), said if changes else "")

    def file(self, name: str, ending: str, query: Mapping[str, str]) -> bytes | None:
        """Return a pack. Raises PolicygenError."""
        if name != "pack" or ending not in _FORMATS:
            return None
        return pack_bytes(self._pack(query), ending)

    def _pack(self, typed: Mapping[str, str]) -> TranslationPack:
        which, edition = typed.get("which", ""), typed.get("edition", "")
        return make_pack(
            self.profile,
            typed.get("language", "").strip(),
            self.workspace,
            editions=[edition] if edition else [],
            which=WhichUnits(which if which in _WHICH else "waiting"),
        )

    def _fields(self) -> tuple[FormField, ...]:
        library = self.workspace.for_profile(self.profile).library
        editions = library.outline.editions.items()
        every = {"": "Everything"} | {key: one.title for key, one in editions}
        source = subtag(library.source_language)
        spoken = load_organisation(self.profile, library).profile.languages
        language = next((tag for tag in spoken if subtag(tag) != source), "")
        return (
            needed_field(
                ("language",), "The language", language, "Its tag: cy is Welsh, mi Māori."
            ),
            choice_field(("which",), "Which words", _WHICH),
            choice_field(("edition",), "Only what this edition prints", every),
        )

    def _taken(self, review: PackReview) -> TakenPack:
        file = self.uploads.newest(self.body.name, self.purpose, ())
        return take_pack(self.profile, file, self.workspace, review)

    def _change(self, file: File) -> FileChange | None:
        path = self.profile.parent / file.path
        before = read_bytes(path, _LIMIT).decode() if path.exists() else ""
        after = file.data.decode()
        return FileChange(path, before, after) if before != after else None

    def _write(self, taken: TakenPack) -> None:
        with undoable(self.profile, f"A translation ({taken.language})"):
            write_pack(self.profile, taken)
        self.uploads.put_away(self.body.name, self.purpose)


def _counted(pack: TranslationPack) -> str:
    units = list(pack.units)
    if not units:
        return "There is nothing of that to give out."
    segments = [segment for unit in units for segment in unit.segments]
    words = sum(len(one.source.split()) for one in segments)
    clauses = len({unit.clause for unit in units})
    of = _many(clauses, "clause or section", "clauses and sections")
    languages = f"from {language_name(pack.source)} to {language_name(pack.language)}"
    return f"{_many(len(units), 'part')} of {of}, {words:,} words, {languages}."


def _notes(taken: TakenPack) -> list[str]:
    """Return what else became of a pack."""
    notes = []
    if taken.waiting:
        notes.append(f"{_many(taken.waiting, 'part')} still without a translation.")
    if taken.moved:
        many = _many(len(taken.moved), "part")
        notes.append(f"{many} of words that have changed since: the next pack has them again.")
    if taken.lost:
        what = "Written by hand and without an original, these are left out"
        notes.append(f"{what}: {', '.join(taken.lost)}.")
    if not taken.is_printed:
        where = "the languages on the page Languages and addresses"
        notes.append(f"To print it, add {taken.language} to {where}.")
    return notes


def _many(count: int, noun: str, nouns: str = "") -> str:
    return f"{count} {noun if count == 1 else nouns or f'{noun}s'}"


_SAYS = (
    "A pack holds each part of each clause, with facts and links as marks that nobody can break. "
    "What comes back is checked, and prints as a draft until a named person has reviewed it."
)
_SHOWN = "What would be written is shown first."
_READ = "Show what would be written"
