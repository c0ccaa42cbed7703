"""Away from the checkout: what `pip install` brings builds every example, and says the same words.

Slow, because it makes a virtual environment of its own; nothing else shows that the wheel is whole.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from itertools import product
from pathlib import Path

import pytest
from organisations import ALL, EVERYTHING, EXAMPLES, ROOT, built, tiers

pytestmark = pytest.mark.slow
WHOLE = ALL if EVERYTHING else EXAMPLES[:1]  # built in every format; of the others, what is short
PROJECT = (
    "src",
    "templates",
    "profiles",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "constraints.txt",
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


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "-w",
        folder,
        checkout,
        cwd=folder,
    )
    (made,) = folder.glob("policygen-*.whl")
    return made


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with policygen's dependencies, and its wheel."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    constraints = ROOT / "constraints.txt"
    run(
        folder / "bin/python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "-c",
        constraints,
        wheel,
        cwd=folder,
    )
    return folder


def test_the_wheel_carries_the_words_and_the_looks(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        inside = set(file.namelist())
    for root, at in (("templates", "templates"), ("profiles", "profiles"), ("src/policygen", ".")):
        for path in (ROOT / root).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert (Path("policygen") / at / path.relative_to(ROOT / root)).as_posix() in inside
    assert {"policygen/py.typed", "policygen/write/theme/fonts/OFL.txt"} <= inside
    assert {name.split("/")[0] for name in inside if ".dist-info" not in name} == {"policygen"}


def test_the_wheel_builds_every_example_in_an_empty_folder(
    environment: Path, tmp_path: Path
) -> None:
    """The same bytes as from the checkout: the words of all, their short PDF, DOCX and HTML, and one body whole."""
    program = environment / "bin/policygen"
    home = run(
        environment / "bin/python",
        "-c",
        "import policygen; print(policygen.__file__)",
        cwd=tmp_path,
    ).strip()
    assert Path(home).is_relative_to(environment)
    printed = ("pdf", "docx", "html")
    made = run(program, "build", *ALL, "-f", "md", cwd=tmp_path).splitlines()
    short = (word for format in printed for word in ("-f", format))
    made += run(program, "build", *ALL, "-e", "overview", *short, cwd=tmp_path).splitlines()
    made += run(program, "build", *WHOLE, cwd=tmp_path).splitlines()
    rows = {(o, e, "md") for o in ALL for e in tiers()} | {
        (o, "overview", f) for o in ALL for f in printed
    }
    rows |= {(o, e, f) for o in WHOLE for e in tiers() for f in printed}
    wanted = [file for row in sorted(rows) for file in built(*row)]
    there = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()} - {
        "dist/manifest.json"
    }
    assert set(made) == there
    assert {path for path in there if "/policy." not in path} == {
        f"dist/{file.path}" for file in wanted
    }
    assert [
        file.path for file in wanted if (tmp_path / "dist" / file.path).read_bytes() != file.data
    ] == []
    check_the_rest(environment, tmp_path)


def test_an_editable_install_finds_its_words_too(checkout: Path, tmp_path: Path) -> None:
    """Its dependencies are those of this environment, which it sees beneath its own packages."""
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "zz-beneath.pth").write_text(sysconfig.get_path("purelib"))
    run(
        environment / "bin/python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--ignore-installed",
        "--editable",
        checkout,
        cwd=tmp_path,
    )
    home = run(
        environment / "bin/python",
        "-c",
        "import policygen; print(policygen.__file__)",
        cwd=tmp_path,
    ).strip()
    assert Path(home).is_relative_to(checkout)
    (tmp_path / "here").mkdir()
    run(environment / "bin/policygen", "build", *ALL, "-f", "md", cwd=tmp_path / "here")
    for organisation, tier in product(ALL, tiers()):
        for file in built(organisation, tier, "md"):
            assert (tmp_path / "here/dist" / file.path).read_bytes() == file.data
    check_the_rest(environment, tmp_path / "here")


def check_the_rest(environment: Path, folder: Path) -> None:
    """It knows its examples and those beside it; `check` and `explain` work too."""
    shutil.copytree(ROOT / "profiles/fenwick", folder / "profiles/mine")
    listed = run(environment / "bin/policygen", "list", "profiles", cwd=folder).split()
    assert {"mine", *ALL} <= set(listed)
    assert "profiles/mine/profile.yaml" in listed
    assert run(environment / "bin/policygen", "check", *ALL, cwd=folder)
    assert "house-rules.traders-forum" in run(
        environment / "bin/policygen", "explain", "fenwick", cwd=folder
    )
