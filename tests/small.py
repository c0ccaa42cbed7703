"""A small library and one organisation, written to a folder of their own for tests that bring their own words."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from policygen.compose.composer import Composed, compose
from policygen.compose.composition import ComposeCache
from policygen.compose.translate import supported_languages
from policygen.load.consultation import words as consultation_words
from policygen.load.library import library
from policygen.load.profile import path as profile_path
from policygen.load.profile.profile import load_organisation
from policygen.model.document import Document
from policygen.model.fragment import Library, Organisation
from policygen.model.policy import Policy
from policygen.pipeline import changed_files, check
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import present
from policygen.problems import PolicygenError, Problem
from policygen.store.built import fingerprint

ROOT = Path(__file__).parents[1]
PLACES = (("organisation/", "profiles/example/"), ("", "templates/"))

OUTLINE = """\
source_language: en
layers: [base, jurisdiction, kind, posture, organisation]
tiers:
  overview:   {heading: Overview, reader: for everyone, form: rules}
  snapshot:   {heading: Snapshot, reader: for managers, form: essentials}
  rule:       {heading: Rule, reader: for those who sign, form: clauses, required: true}
  practice:   {heading: In practice, reader: for practitioners, form: clauses, carries_over: true}
former_headings: {Full story: "Write ### Rule, and ### In practice below it."}
grades:
  names: [core, usual, special]
  binding: core
  default: usual
  extents: {core: [core], usual: [core, usual], everything: [core, usual, special]}
  extent: usual
audiences: {managers: managers, comms: communications staff, public: the public}
sections: [principles, law, elections, house-rules, chart]
names: [organisation, contacts, terms, examples, policy.owner, policy.approver]
settings: [organisation.banned_apps]
front: {section: document, title: document.title, control: document.control, ask: document.who-to-ask, principles: principles,
  chart: chart}
editions:
  overview:    {title: Overview, tiers: [overview], layout: poster, pages: 1}
  snapshot:    {title: Snapshot, tiers: [snapshot], layout: brief, pages: 4}
  full-story:  {title: Full story, tiers: [rule, practice], layout: book}
  house-rules: {title: House rules, tiers: [rule], layout: brief, sections: [house-rules], audience: public}
"""
PROFILE = """\
name: Fenwick Borough Council
short_name: the council
kind: council
jurisdiction: england
posture: balanced
policy: {status: approved}
"""
FILES = {
    "outline.yaml": OUTLINE,
    "base/layer.yaml": """\
title: Every public body
facts:
  commitments:
    capture: {usual: 7, unit: days, range: [1, 2000], default: on, who: account owners, says: How soon a post is saved}
    block: {usual: 30, unit: days, range: [1, 90], default: on, who: account owners, says: How long a block lasts}
    count: {usual: 1, every: months, range: [1, 12], default: off, who: the press office, says: How often posts are counted}
""",
    "jurisdiction/uk/layer.yaml": "title: United Kingdom\n",
    "jurisdiction/england/layer.yaml": "title: England\nover: uk\n",
    "jurisdiction/new-zealand/layer.yaml": "title: New Zealand\n",
    # No body of the tests is of this kind there; its words use what base promises, so that `check` has nothing to say of that.
    "jurisdiction/new-zealand/kind/parish-council/layer.yaml": "title: Parish council in New Zealand\n",
    "jurisdiction/new-zealand/kind/parish-council/law.md": """\
## Keep a record {#law.records}

- change: extend

### Rule

{{ inherited }}

Save posts within {{ commitments.capture }}, block for {{ commitments.block }}, count {{ commitments.count }}.
""",
    "kind/council/layer.yaml": "title: Council\n",
    "kind/parish-council/layer.yaml": "title: Parish council\nover: council\n",
    "posture/balanced/layer.yaml": "title: Balanced\n",
    "posture/cautious/layer.yaml": "title: Cautious\n",
    "organisation/profile.yaml": PROFILE,
}
LAW = """\
# The law

## Keep a record {#law.records}

### Rule

Keep it.
"""


class Small:
    """The files on disk, and every stage that can be run on them.

    A file is named by its layer: `base/law.md`, `organisation/profile.yaml`. The working folder is the
    one above, so that a Problem's path is short; `shown` gives it the same short name.
    """

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._library: tuple[list[tuple[Path, bytes]], Library] | None = None
        patch.chdir(folder)
        for module in (
            changed_files,
            check,
            consultation_words,
            fingerprint,
            library,
            profile_path,
        ):
            patch.setattr(module, "shipped", self._shipped)
        self.write(FILES)
        shutil.copy(ROOT / "templates/labels.yaml", "templates/labels.yaml")

    def _shipped(self, name: str) -> Path:
        """The short path, where the working folder is the one above."""
        short = Path(name)
        return short if short.exists() else self.folder / name

    def path(self, name: str) -> Path:
        """Where a file lies, from the working folder."""
        start, folder = next((s, f) for s, f in PLACES if name.startswith(s))
        return Path(folder + name.removeprefix(start))

    def write(self, files: Mapping[str, str | bytes]) -> Small:
        for name, text in files.items():
            path = self.path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return self

    def set(self, text: str) -> Small:
        """Add lines to the profile."""
        return self.write(
            {"organisation/profile.yaml": self.path("organisation/profile.yaml").read_text() + text}
        )

    # --- the stages, each on what lies on disk now ---------------------------------------------------------

    def workspace(self) -> Workspace:
        """With the library on disk, which is read anew only where the files are others than before."""
        paths = sorted(Path("templates").rglob("*"))
        files = [(path, path.read_bytes() if path.is_file() else b"") for path in paths]
        if self._library is None or self._library[0] != files:
            self._library = files, library.read_library([library.shipped("templates")])
        return Workspace().with_library(self._library[1])

    def library(self) -> Library:
        return self.workspace().library

    def organisation(self) -> Organisation:
        return load_organisation(Path("profiles/example/profile.yaml"), self.library())

    def composed(self, language: str = "") -> Composed:
        """Compose in one language: the profile's first, where none is named."""
        words, organisation = self.library(), self.organisation()
        return compose(
            words,
            organisation,
            language or supported_languages(words, organisation)[0][0],
            ComposeCache(),
        )

    def policy(self, language: str = "") -> Policy:
        composed = self.composed(language)
        assert composed.policy is not None, "\n".join(map(str, composed.problems))
        return composed.policy

    def document(self, edition: str = "full-story") -> Document:
        return present(self.policy(), edition)

    def found(self) -> tuple[Problem, ...]:
        """The Problems of loading and of composing in every language."""
        try:
            return compose_profile(Path("profiles/example/profile.yaml"), self.workspace()).problems
        except PolicygenError as error:
            return error.problems

    def problems(self) -> tuple[Problem, ...]:
        """What `policygen check` finds, the library's own faults too."""
        try:
            return check.every_problem(Path("profiles/example/profile.yaml"), self.workspace())
        except PolicygenError as error:
            return error.problems

    def run(self, *words: str, **more: Any) -> Result:
        """The command line, in this process."""
        return policygen(*words, **more)


def policygen(*words: str, **more: Any) -> Result:
    """Run a command; anything raised that is not an ending is a bug of ours."""
    from policygen.cli import main

    result = CliRunner().invoke(main, list(words), **more)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result


def short(path: str) -> str:
    """A path as the cases name it: `organisation/law.md`, `base/law.md`."""
    start, folder = next(((s, f) for s, f in PLACES if path.startswith(f)), ("", ""))
    return start + path.removeprefix(folder)


def said(problem: Problem) -> str:
    """A Problem in the form in which the cases have it: place, level and what, then how to mend it."""
    place = str(problem.location)
    return f"{short(place)} {problem.level.value} {problem.what}\n    {problem.mend}"
