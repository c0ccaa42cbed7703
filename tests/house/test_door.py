"""What newcomers, lawyers and IT departments are told: the tests, targets and parts that pages name are there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML
from source import PACKAGE, ROOT

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
FORMS = [ROOT / ".pre-commit-config.yaml", *sorted((ROOT / ".github").rglob("*.yml"))]
SBOM = ROOT / "sbom.cdx.json"


def missing_tests(page: str) -> list[str]:
    """The tests that a page names, as `tests/x.py` or `tests/x.py::test_name`, and that are not there."""
    named = re.findall(r"`(tests/[\w/]+(?:\.py)?/?)(?:::(\w+))?`", page)
    return [f"{path}::{name}" for path, name in named if not _is_there(ROOT / path, name)]


def _is_there(path: Path, name: str) -> bool:
    return path.exists() and (not name or f"def {name}(" in path.read_text("utf-8"))


def missing_targets(text: str) -> set[str]:
    """The targets of the Makefile that a text names, and that are not there."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    return set(re.findall(r"(?:`|run: |^)make ([a-z]+)", text, re.M)) - targets


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_tests_and_targets_that_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    assert missing_tests(text) == []
    assert missing_targets(text) == set()


def missing_paths(page: str) -> list[str]:
    """The files and folders that a page names, from the top or from the program's, and that are not there."""
    named = re.findall(r"`([\w.-]+(?:/[\w.-]+)*(?:\.\w+|/))`", page)
    inside = [name for name in named if "/" in name and not name.startswith("dist/")]
    return [n for n in inside if not (ROOT / n).exists() and not (ROOT / PACKAGE / n).exists()]


def test_the_tour_names_files_that_exist() -> None:
    assert missing_paths((ROOT / "CONTRIBUTING.md").read_text("utf-8")) == []
    assert missing_paths("`compose/none.py`, `docs/`, `dist/x/`") == ["compose/none.py"]


def test_what_a_page_names_wrongly_is_seen() -> None:
    assert missing_tests("`tests/none.py`") == ["tests/none.py::"]
    assert missing_tests("`tests/test_docs.py::test_none`") == ["tests/test_docs.py::test_none"]
    assert missing_targets("Run `make tea`.") == {"tea"}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_can_be_read(form: Path) -> None:
    text = form.read_text("utf-8")
    assert YAML(typ="safe", pure=True).load(text)
    assert missing_targets(text) == set()


# --- The list of parts ---------------------------------------------------------------------------------------


def fault_of(sbom: str) -> object:
    """What is wrong with a list by the schema of CycloneDX, if anything."""
    from cyclonedx.schema import SchemaVersion  # three seconds, for this test alone
    from cyclonedx.validation.json import JsonStrictValidator

    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom)


@pytest.mark.slow
def test_the_list_of_parts_keeps_to_its_schema() -> None:
    listed = SBOM.read_text("utf-8")
    assert fault_of(listed) is None
    assert fault_of(listed.replace('"type": "library"', '"type": "cake"', 1))


def test_every_part_is_listed_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["web"], *extras["fleet"]]
    needed = {canonicalize_name(Requirement(text).name) for text in wanted}
    listed = {part["name"]: part for part in json.loads(SBOM.read_text("utf-8"))["components"]}
    assert needed <= set(listed)
    assert [name for name, part in listed.items() if not part["licenses"]] == []


def test_the_list_of_parts_is_fresh() -> None:
    run = subprocess.run([sys.executable, ROOT / "tools/sbom.py", "--check"])
    assert run.returncode == 0, "sbom.cdx.json is stale: run `make sbom`"


def test_the_pinned_versions_are_those_installed() -> None:
    """Else the list would tell of other parts than the tests have seen."""
    pins = dict(
        line.split("==")
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in line
    )
    pinned = {canonicalize_name(name): version for name, version in pins.items()}
    parts = json.loads(SBOM.read_text("utf-8"))["components"]
    from_python = [part for part in parts if part.get("purl", "").startswith("pkg:pypi/")]
    versions = {part["name"]: part["version"] for part in from_python}
    assert len(versions) > 20
    assert {name: pinned[name] for name in versions} == versions
