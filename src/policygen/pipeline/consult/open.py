"""`policygen consult open`: a release out for comment, with its letters and its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policygen.diff import differences
from policygen.load.consultation.folder import CONSULTATIONS_FOLDER
from policygen.load.consultation.words import load_consultation_words
from policygen.load.profile.profile import load_organisation, with_release
from policygen.load.records import release_versions
from policygen.model.consultation.record import Consultation
from policygen.model.document import Document
from policygen.model.fragment import Organisation
from policygen.model.language import capitalise, subtag
from policygen.model.policy import Policy
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.consult.period import period_fault
from policygen.pipeline.release import release
from policygen.pipeline.released.last_approved import last_approved
from policygen.pipeline.workspace import Workspace
from policygen.problems import Message, PolicygenError, Problem
from policygen.report.changes.redline import redline
from policygen.report.consultation.form import comment_form, form_grid
from policygen.report.consultation.letters import letter, letter_slots
from policygen.store.consultation import create_consultation
from policygen.store.ready import refuse_example, release_entry
from policygen.store.releases import read_release
from policygen.write.sheet.csv_file import csv_bytes
from policygen.write.sheet.xlsx import SheetLook, xlsx_bytes
from policygen.write.writer import default_formats, writer

LETTERS = "letters"
_FORM_WIDTHS = (28, 70, 50, 50, 26)  # characters


@dataclass(frozen=True, slots=True)
class OpenedConsultation:
    """Where a consultation stands, the files in it, those of its release, and what to look at."""

    folder: Path
    consultation: Consultation
    files: tuple[str, ...]
    release: Path
    problems: tuple[Problem, ...]
    is_new_release: bool


def open_consultation(
    profile: Path,
    workspace: Workspace,
    summary: str,
    editions: Sequence[str] = (),
    formats: Sequence[str] = (),
    *,
    dry_run: bool = False,
) -> OpenedConsultation:
    """Release the draft for comment and write its letters; one that is released only needs these.

    Raises PolicygenError: for what a release is refused for, a gap among it, and for a date or an
    address that the letters need. Then nothing is written.
    """
    workspace = workspace.for_profile(profile)
    refuse_example(profile)
    organisation = load_organisation(profile, workspace.library)
    consultation = _consultation(organisation)
    _refuse_open(profile.parent, consultation.version)
    is_new = consultation.version not in release_versions(profile.parent)
    problems: tuple[Problem, ...] = ()
    folder = profile.parent / "releases" / consultation.version
    if is_new:
        # All that can go wrong with the letters goes wrong before anything is frozen.
        entry = release_entry(organisation, summary)
        policies = compose_organisation(with_release(organisation, entry), workspace).policies
        files = _letters(profile.parent, policies, consultation, workspace, formats)
        if not dry_run:
            folder, problems = release(profile, workspace, summary, "", editions, formats)
    else:
        policies = read_release(profile.parent, consultation.version).policies
        files = _letters(profile.parent, policies, consultation, workspace, formats)
    problems = (*problems, *period_fault(organisation, policies[0], consultation))
    place = profile.parent / CONSULTATIONS_FOLDER / consultation.version
    if not dry_run:
        place = create_consultation(profile.parent, consultation, files)
    return OpenedConsultation(place, consultation, tuple(files), folder, problems, is_new)


def _consultation(organisation: Organisation) -> Consultation:
    """Return what is about to be opened. Raises PolicygenError with all that it lacks."""
    control = organisation.profile.policy
    problems = list(_missing(organisation))
    if control.status != "consultation":
        field = ("policy", "status")
        what = f'The status of this policy is "{control.status}".'
        then = "then every page of it says that it is not in force."
        mend = Message(
            f"Set policy.status to consultation: {then}",
            on_page=f"Choose “Consultation” under “How far it has come”: {then}",
        )
        location = organisation.location(field)
        problems.insert(0, Problem(what, mend, location, code="PG692", field=field))
    dates = control.consultation
    if problems or dates is None or not (dates.opens and dates.closes and dates.keep_until):
        raise PolicygenError(problems)
    return Consultation(
        organisation.name, control.version or "", dates.opens, dates.closes, dates.keep_until
    )


def _missing(organisation: Organisation) -> Iterator[Problem]:
    """Yield each fact that a letter tells and that the profile does not."""
    control = organisation.profile.policy
    dates, owner = control.consultation, control.owner
    told = {
        ("version",): (control.version, 'the version, like `version: "0.9"`'),
        ("owner", "email"): (owner and owner.email, "the address that comments are sent to"),
        ("consultation", "opens"): (
            dates and dates.opens,
            "the first day for comments, like 2026-11-02",
        ),
        ("consultation", "closes"): (
            dates and dates.closes,
            "the last day for comments, like 2026-12-04",
        ),
        ("consultation", "keep_until"): (
            dates and dates.keep_until,
            "the last day that you keep what people send, like 2027-12-31; the letters promise it",
        ),
    }
    for path, (value, what) in told.items():
        if not value:
            field = ("policy", *path)
            called, _, _ = what.partition(", like")
            said = Message(
                f"{'.'.join(field)} is not given.", on_page=f"{capitalise(called)} is not given."
            )
            mend = Message(f"Write it in the profile: {what}.", on_page="Fill it in, and save.")
            yield Problem(said, mend, organisation.location(field), code="PG692", field=field)


def _refuse_open(folder: Path, version: str) -> None:
    if (folder / CONSULTATIONS_FOLDER / version).exists():
        what = f"Version {version} is out for comment already."
        mend = Message(
            "Its letters lie in its folder. For the next draft, raise policy.version first.",
            on_page="Its letters stand above. For the next draft, raise the version first, on "
            "“The policy as a document”.",
        )
        raise PolicygenError([Problem(what, mend, code="PG684")])


def _letters(
    folder: Path,
    policies: Sequence[Policy],
    consultation: Consultation,
    workspace: Workspace,
    formats: Sequence[str],
) -> dict[str, bytes]:
    """Return every letter in every format, and the form, by its path in the consultation."""
    files: dict[str, bytes] = {}
    before = last_approved(folder, policies[0].language)
    version = before.history[-1].version if before else ""
    for number, policy in enumerate(policies):
        words = load_consultation_words(workspace.templates, policy.language)
        if number and subtag(words.language) != subtag(policy.language):
            continue  # the letters of the first language are in English already
        suffix = f".{policy.language}" if number else ""
        slots = letter_slots(policy, consultation, words, version)
        documents = {
            "covering-letter": letter(policy, words.covering, slots, words.language),
            "letter-to-unions": letter(policy, words.unions, slots, words.language),
            "comment-form": comment_form(policy, consultation, words, slots),
        }
        files |= _printed(documents, suffix, formats or default_formats(), workspace)
        grid = form_grid(policy, consultation, words, slots)
        head = grid.index(next(row for row in grid if words.form.id in row))
        title = words.form.title
        sheet = xlsx_bytes(grid, SheetLook(title, words.language, _FORM_WIDTHS, head))
        files[f"{LETTERS}/comment-form{suffix}.xlsx"] = sheet
        files[f"{LETTERS}/comment-form{suffix}.csv"] = csv_bytes(grid)
    if before:
        found = differences(before, policies[0], workspace.caches.words)
        marked = redline(found, prose=workspace.caches.prose)
        files[f"{LETTERS}/changes.docx"] = writer("docx").write(marked)
    return files


def _printed(
    documents: Mapping[str, Document], suffix: str, formats: Sequence[str], workspace: Workspace
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for format in formats:
        printer = writer(format)
        for name, document in documents.items():
            file = f"{name}{suffix}.{printer.extension}"
            workspace.on_step(file)
            files[f"{LETTERS}/{file}"] = printer.write(document)
    return files
