"""A body begun on the page: the questions of `init` one after another, or a copy of an example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from policygen.interview.answers import Answers, take_defaults
from policygen.interview.choices import Choice
from policygen.interview.folder import free_folder
from policygen.interview.questions import QUESTIONS, Question
from policygen.load.profile.profile import load_organisation
from policygen.load.yaml.reader import parse_yaml
from policygen.pipeline.begin import begin
from policygen.pipeline.page.profiles import Listed, read_profile_text
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem
from policygen.store.folder import write_folder
from policygen.store.profile_edit.profile_text import Change, profile_with
from policygen.store.profile_edit.value import value_of

_FILE = ("brand", "logo")  # given on the form, where it is looked at
# What an approved example says of its approval, which a copy of it has not.
_APPROVAL = (("policy", "approved_at"), ("policy", "issued"), ("policy", "review_by"))
_COPIED = (".yaml", ".md", ".svg", ".png", ".css")
_MOST = 2_000_000  # bytes of one copied file


@dataclass(frozen=True, slots=True)
class QuestionStep:
    """The question that is asked next, or none where all are answered."""

    question: Question | None
    choices: tuple[Choice, ...] = ()
    suggestion: str = ""
    problems: tuple[Problem, ...] = ()  # why the last answer was refused
    can_end: bool = False  # whether all that is needed is known


def next_step(texts: Mapping[str, str], folder: Path, workspace: Workspace) -> QuestionStep:
    """Return the first question that `texts`, by the names of questions, do not answer yet."""
    answers = Answers(workspace.library)
    for question in QUESTIONS:
        if question.fact == _FILE or not answers.applies(question):
            continue
        problems: tuple[Problem, ...] = ()
        if question.name in texts:
            problems = _take(answers, question, texts[question.name], folder)
            if not problems:
                continue
        can_end = all(answers.values.get(one.fact) for one in QUESTIONS if one.required)
        suggestion = answers.suggestion(question)
        return QuestionStep(question, answers.choices(question), suggestion, problems, can_end)
    return QuestionStep(None, can_end=True)


def refused_step(
    name: str, texts: Mapping[str, str], problems: tuple[Problem, ...], workspace: Workspace
) -> QuestionStep:
    """Return the question of a name once more, with why the answers were not written."""
    answers = Answers(workspace.library)
    for known in QUESTIONS:
        if known.name in texts and known.name != name:
            _take(answers, known, texts[known.name], Path())
    question = next((one for one in QUESTIONS if one.name == name), QUESTIONS[0])
    return QuestionStep(question, answers.choices(question), problems=problems, can_end=True)


def _take(answers: Answers, question: Question, text: str, folder: Path) -> tuple[Problem, ...]:
    try:
        answers.take(question, text, "Your answer")
        if question.fact == ("name",):
            free_folder(folder, "", text.strip())
    except PolicygenError as error:
        return error.problems
    return ()


def begin_body(texts: Mapping[str, str], folder: Path, workspace: Workspace) -> str:
    """Write a new profile from answers, and return the name of its folder.

    Raises PolicygenError; then nothing is written.
    """
    answers = Answers(workspace.library)
    problems: list[Problem] = []
    for question in QUESTIONS:
        if question.name in texts and answers.applies(question):
            problems += _take(answers, question, texts[question.name], folder)
    problems += take_defaults(answers)
    if problems:
        raise PolicygenError(problems)
    place = free_folder(folder, "", answers.values["name",])
    begin(answers, place, workspace)
    return place.name


def begin_from(example: Listed, name: str, folder: Path, workspace: Workspace) -> str:
    """Copy an example as the draft of another body, and return the name of its folder.

    What somebody approved of the example, the copy does not claim. Raises PolicygenError; then
    nothing is written.
    """
    place = free_folder(folder, "", name)
    profile_text = read_profile_text(example.file)
    data = parse_yaml(profile_text.text, profile_text.shown).data
    changes = [Change(("name",), name.strip()), Change(("policy", "status"), "draft")]
    changes += [Change(path) for path in _APPROVAL if value_of(data, path)]
    text = profile_text.text
    for change in changes:
        text = profile_with(text, profile_text.shown, change)
    load_organisation(example.file, workspace.for_profile(example.file).library, text)
    files = {example.file.name: text.encode()}
    for file in sorted(example.file.parent.rglob("*")):
        path = file.relative_to(example.file.parent)
        is_wanted = file.suffix in _COPIED and path.parts[0] != "releases"
        if is_wanted and file.name != example.file.name and file.stat().st_size <= _MOST:
            files[path.as_posix()] = file.read_bytes()
    write_folder(files, place, elsewhere={}, frozen=False)
    return place.name
