"""Away from the checkout: what `pip install` brings builds every example, and says the same words; the sdist is whole.

Slow, because it makes a virtual environment of its own; nothing else shows that the wheel is whole.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, distribution
from itertools import product
from pathlib import Path

import pytest
from organisations import (
    ALL,
    EVERYTHING,
    EXAMPLES,
    PROFILES,
    ROOT,
    built,
    tiers,
    workspace,
)
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from policygen.pipeline import build as building

pytestmark = pytest.mark.slow
TOLD = ALL if EVERYTHING else EXAMPLES  # built as Markdown in every edition
PRINTED = ALL if EVERYTHING else EXAMPLES[:1]  # built in every format
EDITIONS = tiers() if EVERYTHING else ("overview", "snapshot")  # of these, what is short
CHECKED = EXAMPLES if EVERYTHING else EXAMPLES[:1]  # by `check`; built by an editable install
PROJECT = (
    *("src", "templates", "profiles"),
    *("pyproject.toml", "README.md", "LICENSE", "constraints.txt", "sbom.cdx.json"),
)


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command as a user would: nothing of this test run's Python is seen by it."""
    environment = {
        k: v
        for k, v in os.environ.items()
        if k not in ("PYTHONPATH", "VIRTUAL_ENV", "NODE_MODULES")
    }
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, so that nothing is found by way of the real one."""
    copy = tmp_path_factory.mktemp("check out")  # with a space, as people's folders have
    for name in PROJECT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    return copy


def build(project: Path, kind: str, folder: Path) -> Path:
    """The `wheel` or `sdist` of a project, made by the hatchling of this environment."""
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder, cwd=project)
    (made,) = folder.glob("policygen-*")
    return made


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(checkout, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist of this checkout, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build(ROOT, "sdist", folder)) as file:
        file.extractall(folder, filter="data")
    (project,) = (path for path in folder.iterdir() if path.is_dir())
    return project


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and of other packages those alone that it says it needs.

    `make audit` lets pip fetch and unpack them; else they are those of this environment, linked.
    """
    folder = tmp_path_factory.mktemp("environment")
    if EVERYTHING:
        pip_install(folder, "-c", ROOT / "constraints.txt", wheel)
        return folder
    pip_install(folder, "--no-deps", wheel)
    (site,) = folder.glob("lib/python*/site-packages")
    (about,) = site.glob("policygen-*.dist-info")
    for package in needed(Distribution.at(about)):
        for name in {file.parts[0] for file in package.files or () if file.parts[0] != ".."}:
            (site / name).symlink_to(package.locate_file(name))
    return folder


def needed(package: Distribution) -> Iterator[Distribution]:
    """The installed packages that one needs, and those that these need."""
    found: dict[str, Distribution] = {}
    left = [package]
    while left:
        for line in left.pop().requires or ():
            wanted = Requirement(line)
            is_wanted = wanted.marker is None or wanted.marker.evaluate({"extra": ""})
            name = canonicalize_name(wanted.name)
            if is_wanted and name not in found:
                found[name] = distribution(name)
                left.append(found[name])
    yield from found.values()


def pip_install(environment: Path, *words: str | Path) -> None:
    """Install into a new environment with the pip of this one; what is imported is compiled then."""
    venv.create(environment)
    pip = (sys.executable, "-m", "pip", "--python", environment / "bin/python")
    run(*pip, "install", "--quiet", "--no-compile", *words, cwd=environment)


def test_the_wheel_carries_the_words_and_the_looks(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        inside = set(file.namelist())
    for root, at in (("templates", "templates"), ("profiles", "profiles"), ("src/policygen", ".")):
        for path in (ROOT / root).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert (Path("policygen") / at / path.relative_to(ROOT / root)).as_posix() in inside
    assert {"policygen/py.typed", "policygen/write/theme/fonts/OFL.txt"} <= inside
    about = {name.partition(".dist-info/")[2] for name in inside if ".dist-info/" in name}
    assert {"sboms/sbom.cdx.json", "licenses/LICENSE", "licenses/templates/LICENSE"} <= about
    assert {name.split("/")[0] for name in inside if ".dist-info" not in name} == {"policygen"}


def test_the_sdist_holds_what_git_does(unpacked: Path) -> None:
    """Save for what concerns git alone."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout but an sdist")
    tracked = run("git", "ls-files", cwd=ROOT).splitlines()
    lost = [name for name in tracked if not (unpacked / name).exists()]
    assert [name for name in lost if name != ".gitignore"] == []


def test_the_sdist_builds_the_same_wheel(unpacked: Path, wheel: Path, tmp_path: Path) -> None:
    again = build(unpacked, "wheel", tmp_path)
    with zipfile.ZipFile(again) as file, zipfile.ZipFile(wheel) as first:
        assert {i.filename: i.CRC for i in file.infolist()} == {
            i.filename: i.CRC for i in first.infolist()
        }


def test_the_sdist_tests_itself(unpacked: Path) -> None:
    """A part of its tests, on its own source and words."""
    quick = ("tests/compose/test_full_stop.py",)
    environment = f"import sys; sys.path.insert(0, {str(unpacked / 'src')!r})"
    code = f"{environment}; import policygen, pytest; print(policygen.__file__); sys.exit(pytest.main(sys.argv[1:]))"
    options = ("-q", "--quick", "-p", "no:cacheprovider")
    said = run(sys.executable, "-c", code, *options, *quick, cwd=unpacked)
    assert said.startswith(str(unpacked))
    assert " passed" in said


def together(wanted: Sequence[str]) -> dict[str, bytes]:
    """The pages of editions that one run makes, which lead to one another."""
    profiles = (PROFILES / organisation / "profile.yaml" for organisation in PRINTED)
    made = (building.build(profile, workspace(), wanted, ["html"]).files for profile in profiles)
    return {file.path: file.data for files in made for file in files if file.edition}


def test_the_wheel_builds_every_example_in_an_empty_folder(
    environment: Path, tmp_path: Path
) -> None:
    """The same bytes as from the checkout: words, and of one body PDF, DOCX and HTML, which are short."""
    program = environment / "bin/policygen"
    home = run(
        environment / "bin/python",
        "-c",
        "import policygen; print(policygen.__file__)",
        cwd=tmp_path,
    ).strip()
    assert Path(home).is_relative_to(environment)
    printed = ("pdf", "docx", "html")
    made = run(program, "build", *TOLD, "-f", "md", cwd=tmp_path).splitlines()
    wanted_editions = (word for edition in EDITIONS for word in ("-e", edition))
    made += run(program, "build", *PRINTED, *wanted_editions, cwd=tmp_path).splitlines()
    rows = {(o, e, "md") for o in TOLD for e in tiers()}
    rows |= {(o, e, f) for o in PRINTED for e in EDITIONS for f in printed}
    wanted = [file for row in sorted(rows) for file in built(*row)]
    there = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} - {
        "dist/manifest.json"
    }
    assert set(made) == there
    assert {path for path in there if not path.endswith("/policy.json")} == {
        f"dist/{file.path}" for file in wanted
    }
    expected = {file.path: file.data for file in wanted} | together(EDITIONS)
    assert [
        path for path, data in expected.items() if (tmp_path / "dist" / path).read_bytes() != data
    ] == []
    check_the_rest(environment, tmp_path)


@pytest.mark.skipif(not EVERYTHING, reason="these tests run in one; `make audit` makes another")
def test_an_editable_install_finds_its_words_too(checkout: Path, tmp_path: Path) -> None:
    """Its dependencies are those of this environment, which it sees beneath its own packages."""
    environment = tmp_path / "environment"
    pip_install(environment, "--no-deps", "--ignore-installed", "--editable", checkout)
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "zz-beneath.pth").write_text(sysconfig.get_path("purelib"))
    home = run(
        environment / "bin/python",
        "-c",
        "import policygen; print(policygen.__file__)",
        cwd=tmp_path,
    ).strip()
    assert Path(home).is_relative_to(checkout)
    (tmp_path / "here").mkdir()
    run(environment / "bin/policygen", "build", *CHECKED, "-f", "md", cwd=tmp_path / "here")
    for organisation, tier in product(CHECKED, tiers()):
        for file in built(organisation, tier, "md"):
            assert (tmp_path / "here/dist" / file.path).read_bytes() == file.data
    check_the_rest(environment, tmp_path / "here")


def check_the_rest(environment: Path, folder: Path) -> None:
    """It knows its examples and those beside it; `check` and `explain` work too."""
    shutil.copytree(ROOT / "profiles/fenwick", folder / "profiles/mine")
    listed = run(environment / "bin/policygen", "list", "profiles", cwd=folder).split()
    assert {"mine", *ALL} <= set(listed)
    assert "profiles/mine/profile.yaml" in listed
    assert run(environment / "bin/policygen", "check", "--on", "2026-12-07", *CHECKED, cwd=folder)
    assert "house-rules.traders-forum" in run(
        environment / "bin/policygen", "explain", "fenwick", cwd=folder
    )
