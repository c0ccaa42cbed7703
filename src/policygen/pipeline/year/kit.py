"""The sign-off kit of the version in force: a record to sign, questions, an empty list.

It is made when somebody asks for it and not with the release, whose bytes and time stay as they
are: all that it says is in the frozen policy and in the library's words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policygen.load.files import display_path, read_bytes
from policygen.load.records import read_seal
from policygen.load.year.briefing import load_briefing_words
from policygen.model.document import Document
from policygen.model.language import subtag
from policygen.model.policy import Policy
from policygen.model.year.briefing import AskedQuestion
from policygen.pipeline.workspace import Workspace
from policygen.present.cut import Cut
from policygen.present.front_matter import document_title
from policygen.problems import Level, Location, PolicygenError, Problem, errors
from policygen.report.year.briefing_record import briefing_record
from policygen.report.year.questions import (
    questions_to_csv,
    questions_to_gift,
    questions_to_text,
)
from policygen.report.year.sign_off_list import sign_off_to_csv, sign_off_to_xlsx
from policygen.store.files import File, write_files
from policygen.store.releases import Release, read_release, version_on
from policygen.write.writer import writer
from policygen.year.briefing import MOST, asked_questions

PEOPLE = "people"  # the folder of the kit that git ignores
_IGNORED = b"# Who has signed. These never go into version control.\n*\n!.gitignore\n"
_ENGLISH = "en"
_LIMIT = 200_000_000  # bytes of a list of who signed


@dataclass(frozen=True, slots=True)
class SignOffKit:
    """The files of a kit by path, and what does not stop it."""

    release: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def sign_off_kit(profile: Path, day: date, workspace: Workspace) -> SignOffKit:
    """Make the kit of the version that is in force on a day.

    Where no PDF can be made on this computer, there is the Word file alone. Raises PolicygenError
    for a day on which none was.
    """
    release = read_release(profile.parent, version_on(profile.parent, day))
    version = release.record.entry.version
    seal = read_seal(profile.parent, version)
    words = load_briefing_words(workspace.templates_of(profile))
    policy = _in_english(release)
    questions = asked_questions(policy, words.questions)
    record = briefing_record(policy, words.record, seal)
    title = f"{_title(policy)}, version {version}"
    list_ = (title, release.name, seal, words.sign_off)
    printed, problems = _printed(record)
    files = {
        **printed,
        **_question_files(title, questions),
        f"{PEOPLE}/.gitignore": _IGNORED,
        f"{PEOPLE}/sign-off-{version}.xlsx": sign_off_to_xlsx(*list_),
        f"{PEOPLE}/sign-off-{version}.csv": sign_off_to_csv(*list_),
    }
    return SignOffKit(release.name, files, (*problems, *_few(questions, profile)))


def _printed(record: Document) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return the record in each form, and why one is left out: no PDF without its library."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for format in ("pdf", "docx"):
        try:
            files[f"record.{format}"] = writer(format).write(record)
        except PolicygenError as error:
            if errors(error.problems):
                raise
            problems += error.problems
    return files, tuple(problems)


def write_kit(kit: SignOffKit, folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write a kit into a folder, and return what was written and what was left as it was.

    A sign-off list that is there already may be filled in, so it is never written over. Raises
    PolicygenError; then nothing is written.
    """
    left = [
        path
        for path, data in kit.files.items()
        if path.startswith(f"{PEOPLE}/sign-off") and _holds_other(folder / path, data)
    ]
    files = [File(path, data) for path, data in kit.files.items() if path not in left]
    write_files(files, folder)
    return tuple(display_path(folder / one.path) for one in files), tuple(left)


def _holds_other(path: Path, data: bytes) -> bool:
    return path.exists() and (not path.is_file() or read_bytes(path, _LIMIT) != data)


def _in_english(release: Release) -> Policy:
    """Return the policy in English, as the words of the kit are, or else in its first language."""
    spoken = (one for one in release.policies if subtag(one.language) == _ENGLISH)
    return next(spoken, release.policies[0])


def _title(policy: Policy) -> str:
    edition = policy.outline.editions[policy.outline.signed]
    return f"{policy.profile.name}: {document_title(Cut(policy, edition))}"


def _question_files(title: str, questions: tuple[AskedQuestion, ...]) -> dict[str, bytes]:
    """Return the questions in each form; nothing where there is none."""
    if not questions:
        return {}
    return {
        "questions.txt": questions_to_text(title, questions),
        "questions.csv": questions_to_csv(questions),
        "questions.gift": questions_to_gift(title, questions),
    }


def _few(questions: tuple[AskedQuestion, ...], profile: Path) -> Iterator[Problem]:
    """Yield a warning for a policy that answers fewer questions than are asked of others."""
    if len(questions) < MOST:
        many = len(questions) or "no"
        what = f"This policy says what {many} of our questions rest on, and {MOST} are asked."
        mend = (
            "Write your own into a briefing.yaml of your templates, or ask them by word of mouth."
        )
        yield Problem(what, mend, Location(display_path(profile)), Level.WARNING, code="PG578")
