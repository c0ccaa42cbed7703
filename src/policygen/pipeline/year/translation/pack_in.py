"""`policygen translate --in`: what a translator sent back, checked, into the body's own folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from policygen.compose.composer import compose
from policygen.load.files import display_path, given_file, read_text
from policygen.load.library.fragment import Layered, parse_fragment
from policygen.load.own_folders import TRANSLATIONS_FOLDER
from policygen.load.profile.profile import load_organisation
from policygen.load.translation.read import PACK_LIMIT, read_pack
from policygen.model.fragment import Fragment, Organisation
from policygen.model.given_file import GivenFile
from policygen.model.language import subtag
from policygen.model.translation.record import TranslationRecord
from policygen.model.translation.returned import ReturnedPack, ReturnedUnit
from policygen.pipeline.workspace import Workspace
from policygen.pipeline.year.translation.pack_out import require_language, source_policy
from policygen.problems import Level, Location, Message, PolicygenError, Problem, errors
from policygen.store.files import File, write_files
from policygen.store.ready import refuse_example
from policygen.translation.check import segment_faults
from policygen.translation.codes import with_spaces_outside
from policygen.translation.fragment_text import (
    TranslatedPart,
    TranslatedSection,
    fragment_text,
    read_section,
)
from policygen.translation.lines import join_passage
from policygen.translation.translatable import TranslatablePart, translatable_parts
from policygen.translation.units import UnitMaker, text_length


@dataclass(frozen=True, slots=True)
class PackReview:
    """Who made the translations of a pack, and who has read them, as whoever takes it says."""

    by_machine: bool = False
    reviewed_by: str = ""
    on: date | None = None


@dataclass(slots=True)
class TakenPack:
    """What a pack that came back comes to: the files to write, and what to tell of it."""

    language: str
    files: tuple[File, ...] = ()
    taken: int = 0
    reviewed: int = 0
    waiting: int = 0  # units without a whole translation
    moved: list[str] = field(default_factory=list)  # units whose words have changed meanwhile
    # What stood in the files by hand, and will no more: parts without an original, comments.
    lost: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_printed: bool = True  # whether the profile names the language


def take_pack(
    profile: Path,
    file: Path | GivenFile,
    workspace: Workspace,
    review: PackReview,
    language: str = "",
) -> TakenPack:
    """Read a pack that came back, and make the fragments of what it says; nothing is written yet.

    Raises PolicygenError: for another body's pack or another language's, and for each unit with a
    broken placeholder, all at once.
    """
    refuse_example(profile)
    workspace = workspace.for_profile(profile)
    organisation = load_organisation(profile, workspace.library)
    pack = read_pack(given_file(file, PACK_LIMIT))
    _require_own(pack, organisation, language)
    require_language(pack.language, workspace.library)
    taker = _Taker(organisation, workspace, pack, review)
    taken = taker.take()
    if errors(taken.problems):
        raise PolicygenError(taken.problems)
    taken.lost += _comments(taken.files, profile.parent)
    return taken


def _comments(files: Iterable[File], folder: Path) -> Iterator[str]:
    """Yield what to call the comments of each file that is there and is written anew."""
    for file in files:
        path = folder / file.path
        if path.exists() and "<!--" in read_text(path):
            yield f"the comments in {file.path}"


def write_pack(profile: Path, taken: TakenPack) -> list[Path]:
    """Write the fragments of a pack, all or none. Raises PolicygenError."""
    return write_files(taken.files, profile.parent)


def _require_own(pack: ReturnedPack, organisation: Organisation, language: str) -> None:
    """Raise PolicygenError for a pack of another body, or of another language than was named."""
    location = Location(pack.shown)
    if not pack.units:
        what, mend = "This pack holds no unit.", "Send the pack that went out."
        raise PolicygenError([Problem(what, mend, location, code="PG734")])
    bodies = {original.partition("/")[0] for original, _ in pack.units}
    if others := sorted(bodies - {organisation.name}):
        what = f"This pack is of {others[0] or 'no body'}, and the profile is {organisation.name}."
        mend = "Name the profile that the pack was made from."
        raise PolicygenError([Problem(what, mend, location, code="PG735")])
    tags = {original.removesuffix(".md").rpartition(".")[2] for original, _ in pack.units}
    tags |= {pack.language, *([language] if language else [])}
    if len({subtag(tag) for tag in tags}) > 1:
        named = " and ".join(sorted(filter(None, tags)))
        what = f"This pack says that it is of several languages: {named}."
        if language:
            what = f"This pack is not of {language}: its languages are {named}."
        mend = Message(
            "Take the pack of that language, or leave --to out.",
            on_page="Take the pack of that language.",
        )
        raise PolicygenError([Problem(what, mend, location, code="PG735")])


class _Taker:
    """Goes through the units of a pack, and puts what is sound where it belongs."""

    def __init__(
        self,
        organisation: Organisation,
        workspace: Workspace,
        pack: ReturnedPack,
        review: PackReview,
    ) -> None:
        self.organisation = organisation
        self.workspace = workspace
        self.library = workspace.library
        self.pack = pack
        self.review = review
        self.taken = TakenPack(pack.language)
        self.maker = UnitMaker(source_policy(organisation, workspace))
        parts = translatable_parts(
            self.library, organisation, pack.language, workspace.caches.compose
        )
        self.parts = {self._key(part): part for part in parts}
        self.sections: dict[tuple[str, str], TranslatedSection] = {}
        self.marks_review = any(
            segment.is_reviewed for _, unit in pack.units for segment in unit.segments.values()
        )

    def _key(self, part: TranslatablePart) -> tuple[str, str]:
        """Return the original that a part is of, and what it is called in a pack."""
        original = f"{self.organisation.name}/{part.layer.name}/{part.section}"
        return original, f"{part.id}.{part.part}.{part.of}"

    def take(self) -> TakenPack:
        """Take every unit, and make the files."""
        for original, unit in self.pack.units:
            part = self.parts.get((original.removesuffix(".md").rpartition(".")[0], unit.id))
            if part is None:
                self.taken.moved.append(unit.id.rpartition(".")[0])
            else:
                self._unit(part, unit)
        if not errors(self.taken.problems):
            self.taken.files = tuple(self._files())
            tags = map(subtag, self.organisation.profile.languages)
            self.taken.is_printed = subtag(self.pack.language) in tags
        return self.taken

    def _unit(self, part: TranslatablePart, unit: ReturnedUnit) -> None:
        """Check one unit, and take it if the whole of it is translated."""
        cut = self.maker.cut(part)
        wanted = {segment.number: segment for segment in cut.segments}
        given = {number: unit.segments[number] for number in wanted if number in unit.segments}
        told = {
            number: replace(one, target=with_spaces_outside(one.target, wanted[number]))
            for number, one in given.items()
            if one.target
        }
        for number, segment in told.items():
            for fault in segment_faults(wanted[number], segment.target):
                self._refuse(part, number, fault, segment.location)
        if len(told) < len(wanted):
            self.taken.waiting += 1
            return
        if errors(self.taken.problems):
            return
        targets = {number: segment.target for number, segment in told.items()}
        text = join_passage(cut.pieces, targets)
        is_new = part.translation is None or text != part.translation.text
        is_done = all(segment.is_done for segment in told.values())
        if not is_done and not is_new:
            self.taken.waiting += 1
            return
        record = self._record(part, unit, is_new=is_new)
        self._check_length(part, unit, list(targets.values()))
        self.taken.taken += 1
        self.taken.reviewed += bool(record.reviewed_by)
        self._section(part).put(part.id, TranslatedPart(text, record))

    def _refuse(self, part: TranslatablePart, number: int, fault: str, place: Location) -> None:
        what = f"{part.id}, {part.part}: the translation of sentence {number} {fault}."
        mend = "Put every placeholder where your language wants it, once, and change none."
        self.taken.problems.append(Problem(what, mend, place, code="PG736"))

    def _check_length(self, part: TranslatablePart, unit: ReturnedUnit, targets: list[str]) -> None:
        """Warn of a translation that is much longer than the original, where the page is short."""
        most = self.maker.unit(part).most
        length = sum(map(text_length, targets))
        if most is not None and length > most:
            what = f"{part.id}, {part.part}: {length} characters, and at most {most} fit well."
            mend = "Shorten it, or look at the page that it prints on."
            problem = Problem(what, mend, unit.location, Level.WARNING, code="PG737")
            self.taken.problems.append(problem)

    def _record(
        self, part: TranslatablePart, unit: ReturnedUnit, *, is_new: bool
    ) -> TranslationRecord:
        """Return what is written down of a part: a review counts for the words that were read."""
        before = part.record if part.record and not is_new else None
        by_machine = self.review.by_machine or unit.by_machine
        is_current = before is not None and before.of == part.of
        if before and not by_machine:
            by_machine = before.by_machine
        reviewed_by, on = self._reviewer(unit)
        if not reviewed_by and before and is_current:
            reviewed_by, on = before.reviewed_by, before.reviewed_on
        return TranslationRecord(part.part, part.of, by_machine, reviewed_by, on)

    def _reviewer(self, unit: ReturnedUnit) -> tuple[str, date | None]:
        """Return who has reviewed a unit: as its row names, or whoever the pack is taken for."""
        if unit.reviewed_by:
            return unit.reviewed_by, unit.reviewed_on or self.review.on
        is_read = all(segment.is_reviewed for segment in unit.segments.values())
        if self.review.reviewed_by and (is_read or not self.marks_review):
            return self.review.reviewed_by, self.review.on
        return "", None

    # --- Files --------------------------------------------------------------------------------

    def _section(self, part: TranslatablePart) -> TranslatedSection:
        """Return the section of a layer that a part is of, with what its translation tells."""
        key = part.layer.name, part.section
        if key not in self.sections:
            source = self._fragment(part.layer.fragments, part.section, "")
            assert source is not None  # the part is in it
            own = self._own_translations(part.layer.name)
            translation = self._fragment(own, part.section, self.pack.language)
            self.sections[key] = read_section(source, translation)
        return self.sections[key]

    def _own_translations(self, layer: str) -> tuple[Fragment, ...]:
        """Return the body's own translations of a layer, which may be its own layer."""
        if layer == self.organisation.layer.name:
            return self.organisation.layer.fragments
        return self.organisation.translations.get(layer, ())

    def _fragment(
        self, fragments: tuple[Fragment, ...], section: str, language: str
    ) -> Fragment | None:
        language = language or self.library.source_language
        every = (one for one in fragments if one.section == section and one.language == language)
        return next(every, None)

    def _files(self) -> Iterator[File]:
        """Yield the file of each section, when the policy that they make is known to be sound."""
        texts = {
            key: fragment_text(section, self.library.outline)
            for key, section in self.sections.items()
        }
        self._require_sound(texts)
        for (layer, section), text in texts.items():
            self.taken.lost += self.sections[layer, section].unplaced
            yield File(self._path(layer, section), text.encode())

    def _path(self, layer: str, section: str) -> str:
        """Return where a fragment lies in the profile's folder."""
        name = f"{section}.{self.pack.language}.md"
        if layer == self.organisation.layer.name:
            return name
        return f"{TRANSLATIONS_FOLDER}/{layer}/{name}"

    def _require_sound(self, texts: Mapping[tuple[str, str], str]) -> None:
        """Raise PolicygenError where the new fragments cannot be read, or make no policy."""
        organisation = self.organisation
        for (layer, section), text in texts.items():
            path = self._path(layer, section)
            is_own = layer == organisation.layer.name
            shown = display_path(Path(organisation.path).parent / path)
            of = Layered(shown, layer, is_own)
            fragment = parse_fragment(text, Path(path).name, of, self.library.outline)
            organisation = _with_fragment(organisation, layer, fragment)
        composed = compose(
            self.library, organisation, self.pack.language, self.workspace.caches.compose
        )
        if composed.policy is None:
            raise PolicygenError(errors(composed.problems))


def _with_fragment(organisation: Organisation, layer: str, fragment: Fragment) -> Organisation:
    """Return an organisation with one translation in place of the one that it had."""
    is_own = layer == organisation.layer.name
    held = organisation.layer.fragments if is_own else organisation.translations.get(layer, ())
    key = fragment.section, fragment.language
    others = tuple(one for one in held if (one.section, one.language) != key)
    if is_own:
        own = replace(organisation.layer, fragments=(*others, fragment))
        return replace(organisation, layer=own)
    translations = {**organisation.translations, layer: (*others, fragment)}
    return replace(organisation, translations=translations)
