"""The image of the Containerfile builds, and what runs in it is policygen, PDF and all.

It needs a program that builds images, a base image, and the network for its packages. A machine that tests
need not have them, CI's neither, so where one is lacking the test is skipped by name, wherever it runs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from organisations import PROFILES, ROOT

CONTAINERFILE = ROOT / "Containerfile"
IMAGE = "localhost/policygen-under-test"
(BASE,) = re.findall(r"^ARG BASE=(\S+)$", CONTAINERFILE.read_text("utf-8"), re.M)


class Builder(NamedTuple):
    """A program that builds and runs images."""

    name: str

    def does(self, *words: str | Path, seconds: int = 600) -> subprocess.CompletedProcess[str]:
        command = [self.name, *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=seconds, cwd=ROOT)

    def can(self, *words: str) -> bool:
        try:
            return self.does(*words, seconds=120).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def has_base(self) -> bool:
        kind = ("inspect", "--type", "image") if self.name == "buildah" else ("image", "inspect")
        return self.can(*kind, BASE) or self.can("pull", BASE)

    def run(self, image: str, words: tuple[str, ...], *options: str) -> str:
        """What an image says in a container; raises RuntimeError where it cannot be run."""
        if self.name == "buildah":  # it knows no entry point, and makes the container by itself
            container = self.does("from", image).stdout.strip()
            done = self.does("run", *options, container, "--", *words)
            self.does("rm", container)
        else:
            entry = ("--entrypoint", words[0])
            done = self.does("run", "--rm", *entry, *options, image, *words[1:])
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def as_me(self) -> tuple[str, ...]:
        """So that what is written belongs to whoever runs this test; buildah cannot."""
        if self.name == "docker":
            return ("--user", f"{os.getuid()}:{os.getgid()}")
        return ("--userns", "keep-id") if self.name == "podman" and os.getuid() else ()

    def is_usable(self) -> bool:
        """Whether it builds and runs: within another container some do only the first."""
        try:
            return self.can("info") and self.has_base() and not self.run(BASE, ("true",))
        except RuntimeError:
            return False


@pytest.fixture(scope="module")
def builder() -> Iterator[Builder]:
    """What built the image: the first program that can be used here."""
    there = [Builder(name) for name in ("podman", "docker", "buildah") if shutil.which(name)]
    usable = next((one for one in there if one.is_usable()), None)
    if usable is None:
        names = ", ".join(one.name for one in there)
        lacking = f"{names} cannot fetch or run {BASE}" if there else "no podman, docker or buildah"
        pytest.skip(f"no image can be built here: {lacking}")
    made = usable.does("build", "--file", CONTAINERFILE, "--tag", IMAGE, ROOT)
    assert made.returncode == 0, (made.stdout + made.stderr)[-3000:]
    yield usable
    usable.does("rmi", IMAGE)


@pytest.mark.slow
def test_the_image_builds_and_prints_a_policy(builder: Builder, tmp_path: Path) -> None:
    """In a folder of this computer, which whoever runs in the container may write to."""
    shutil.copytree(PROFILES / "fenwick", tmp_path / "profiles/ours")
    tmp_path.chmod(0o777)

    def policygen(*words: str) -> str:
        volume = ("--volume", f"{tmp_path}:/policies")
        return builder.run(IMAGE, ("policygen", *words), *builder.as_me(), *volume)

    assert policygen("--version").startswith("policygen ")
    assert "dist/ours/overview.pdf" in policygen("build", "ours", "--edition", "overview").split()
    assert (tmp_path / "dist/ours/overview.pdf").read_bytes().startswith(b"%PDF")
    assert "ours" in policygen("check", "ours")


def test_the_image_opens_no_port() -> None:
    """The page listens on 127.0.0.1 alone; an image that says otherwise would mislead."""
    steps = re.findall(r"^(\w+) ", CONTAINERFILE.read_text("utf-8"), re.M)
    assert steps.count("FROM") == 2
    assert "EXPOSE" not in steps
    assert "USER" in steps
