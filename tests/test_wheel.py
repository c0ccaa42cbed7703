"""Away from the checkout: what `pip install` brings builds every example, and says the same words.

Slow, because it makes a virtual environment of its own; nothing else shows that the wheel is whole.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from organisations import ALL, FORMATS, ROOT, built, tiers

pytestmark = pytest.mark.slow
PROJECT = ("src", "templates", "profiles", "pyproject.toml", "README.md", "LICENSE", "constraints.txt")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command as a user would: nothing of this test run's Python is seen by it."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "NODE_MODULES")}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=600)
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
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, checkout, cwd=folder)
    (made,) = folder.glob("policygen-*.whl")
    return made


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with policygen's dependencies, and its wheel."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    constraints = ROOT / "constraints.txt"
    run(folder / "bin/python", "-m", "pip", "install", "--quiet", "-c", constraints, wheel, cwd=folder)
    return folder


@pytest.fixture(scope="module", params=["wheel", "editable"])
def installed(request: pytest.FixtureRequest, environment: Path, wheel: Path, checkout: Path) -> Path:
    """The environment's commands, with policygen installed the one way or the other."""
    what = ["--editable", checkout] if request.param == "editable" else [wheel]
    python = environment / "bin/python"
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", *what, cwd=environment)
    home = run(python, "-c", "import policygen; print(policygen.__file__)", cwd=environment).strip()
    assert Path(home).is_relative_to(checkout if request.param == "editable" else environment)
    return environment / "bin"


def test_the_wheel_carries_the_words_and_the_looks(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        inside = set(file.namelist())
    for root, at in (("templates", "templates"), ("profiles", "profiles"), ("src/policygen", ".")):
        for path in (ROOT / root).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert (Path("policygen") / at / path.relative_to(ROOT / root)).as_posix() in inside
    assert {"policygen/py.typed", "policygen/write/theme/fonts/OFL.txt"} <= inside
    assert {name.split("/")[0] for name in inside if ".dist-info" not in name} == {"policygen"}


@pytest.mark.parametrize("organisation", ALL)
def test_it_builds_every_example_in_an_empty_folder(installed: Path, organisation: str, tmp_path: Path) -> None:
    printed = run(installed / "policygen", "build", organisation, cwd=tmp_path).splitlines()
    made = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    wanted = {file.path for tier in tiers() for format in FORMATS for file in built(organisation, tier, format)}
    assert made == {f"dist/{path}" for path in (*wanted, f"{organisation}/policy.json", "manifest.json")}
    assert set(printed) == made - {"dist/manifest.json"}


def test_it_says_the_same_words_as_the_checkout(installed: Path, tmp_path: Path) -> None:
    run(installed / "policygen", "build", *ALL, "-f", "md", "-f", "html", cwd=tmp_path)
    for organisation in ALL:
        for tier in tiers():
            for format in ("md", "html"):
                for file in built(organisation, tier, format):
                    assert (tmp_path / "dist" / file.path).read_bytes() == file.data


def test_it_knows_its_examples_and_those_beside_it(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "profiles/fenwick", tmp_path / "profiles/mine")
    listed = run(installed / "policygen", "list", "profiles", cwd=tmp_path).split()
    assert {"mine", *ALL} <= set(listed)
    assert "profiles/mine/profile.yaml" in listed


def test_check_and_explain_work_too(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "policygen", "check", *ALL, cwd=tmp_path)
    assert "house-rules.traders-forum" in run(installed / "policygen", "explain", "fenwick", cwd=tmp_path)
