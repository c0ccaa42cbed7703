"""Bodies made to hurt, in a fleet with good ones: each costs its own place only, in bounded time and memory."""

from __future__ import annotations

import os
import shutil
import struct
import sys
import zlib
from collections.abc import Callable
from contextlib import closing
from multiprocessing import active_children
from pathlib import Path

import pytest
from fleet_plants import MEASURED, Measured
from organisations import PROFILES

from policygen.load.library.library import load_library
from policygen.pipeline.fleet.build_order import Body, BuildOrder, BuiltBody
from policygen.pipeline.fleet.fleet import done_in_order
from policygen.pipeline.fleet.processes import starter
from policygen.pipeline.workspace import Workspace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only there the bound on memory holds"),
]
LONGEST = 20.0  # seconds in which a body must be done
MOST_SECONDS = 5.0  # of a processor, for a body that is not ended
MOST_MEMORY = 300_000  # kilobytes, that its process has had by then
GOOD = ("a-good-one", "z-good-one")


def deep(folder: Path) -> None:
    (folder / "profile.yaml").write_text("name: " + "[" * 100_000)


def aliases(folder: Path) -> None:
    """A billion laughs: each line is nine of the line before."""
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for number in range(1, 12):
        nine = ", ".join([f"*a{number - 1}"] * 9)
        lines.append(f"a{number}: &a{number} [{nine}]")
    (folder / "profile.yaml").write_text("\n".join(lines))


def giant_picture(folder: Path) -> None:
    """A kilobyte of a picture that would have 3.6 GB."""
    side = 30_000
    rows = zlib.compressobj(9)
    row = bytes(1 + 4 * side)
    packed = b"".join(rows.compress(row) for _ in range(100)) + rows.flush()
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    picture = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    (folder / "logo.png").write_bytes(picture)
    brand(folder, "logo: logo.png")


def endless_loop(folder: Path) -> None:
    words = "{% for one in range(1000000000) %}Again.{% endfor %}"
    (folder / "law.md").write_text(f"## Again {{#law.again}}\n\n### Rule\n\n{words}\n")


def absurd_sizes(folder: Path) -> None:
    (folder / "theme").mkdir()
    sheet = "p { font-size: 1e30pt; margin: 999999999999cm; line-height: 1e300 }\n"
    (folder / "theme/screen.css").write_text(sheet)
    (folder / "theme/print.css").write_text(sheet)


def giant_value(folder: Path) -> None:
    change(folder, "name: ", f"name: {'x' * 1_000_000} ")


def pipe(folder: Path) -> None:
    """Whoever reads it waits for ever."""
    os.mkfifo(folder / "law.md")


def way_out(folder: Path) -> None:
    (folder / "logo.svg").symlink_to(PROFILES / "fenwick/logo.svg")
    brand(folder, "logo: logo.svg")


def nothing_else(folder: Path) -> None:
    """What its name says is what it does: `fleet_plants.Planted`."""


def brand(folder: Path, value: str) -> None:
    change(folder, "brand: {", f"brand: {{{value}, ")


def change(folder: Path, old: str, new: str) -> None:
    text = (folder / "profile.yaml").read_text("utf-8")
    assert old in text
    (folder / "profile.yaml").write_text(text.replace(old, new, 1), "utf-8")


HOSTILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "b-deep": (deep, "PG135"),
    "c-aliases": (aliases, "PG134"),
    "d-giant-picture": (giant_picture, "PG411"),
    "e-endless-loop": (endless_loop, "PG310"),
    "f-absurd-sizes": (absurd_sizes, "PG406"),
    "g-giant-value": (giant_value, "PG502"),
    "h-pipe": (pipe, "PG501"),
    "i-way-out": (way_out, "PG410"),
    "j-sleeps": (nothing_else, "PG451"),
    "k-grows": (nothing_else, "PG451"),
    "l-dies": (nothing_else, "PG451"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> dict[str, BuiltBody]:
    """What becomes of each body of a run with all, in `dist`; `alone` has the good ones of a run without the others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        # Its paths are told from the working folder, as the processes of the fleet tell them.
        patch.setattr("policygen.pipeline.workspace._load_library", load_library)
        return built(folder)


def built(folder: Path) -> dict[str, BuiltBody]:
    for name in (*GOOD, *HOSTILE):
        shutil.copytree(PROFILES / "little-marden", f"profiles/{name}")
    for name, (plant, _) in HOSTILE.items():
        plant(folder / "profiles" / name)
    wanted = ("overview",), ("html",)
    alone = BuildOrder(Path("alone"), *wanted)
    workspace = Workspace()
    for name in GOOD:
        alone.work(Body(Path(f"profiles/{name}/profile.yaml")), workspace)
    order = Measured(Path("dist"), *wanted)
    asked = [Body(Path(f"profiles/{name}/profile.yaml")) for name in sorted((*GOOD, *HOSTILE))]
    with (
        starter(order, (), None) as start,
        closing(done_in_order(order, asked, start, 2, LONGEST)) as found,
    ):
        return {outcome.body.name: outcome for outcome in found}


def test_each_costs_its_own_place_only(outcomes: dict[str, BuiltBody]) -> None:
    assert list(outcomes) == sorted((*GOOD, *HOSTILE))
    for name, (_, code) in HOSTILE.items():
        assert {problem.code for problem in outcomes[name].problems} == {code}, name
        assert not outcomes[name].paths, name
    for name in GOOD:
        assert outcomes[name].paths
        assert not outcomes[name].problems


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("j-sleeps", "j-sleeps was not built: it took longer than 20 seconds"),
        ("k-grows", "k-grows asks for more memory than there is for one body"),
        ("l-dies", "l-dies was not built: its process was ended, most likely for want of memory"),
    ],
)
def test_one_that_its_process_cannot_bear_is_told_with_the_reason(
    name: str, why: str, outcomes: dict[str, BuiltBody]
) -> None:
    [problem] = outcomes[name].problems
    assert why in problem.what


def test_the_good_ones_have_the_bytes_of_a_run_without_the_others(
    folder: Path, outcomes: dict[str, BuiltBody]
) -> None:
    assert files(folder / "dist") == files(folder / "alone")
    assert {path.split("/")[0] for path in files(folder / "alone")} == set(GOOD)


def test_time_and_memory_of_each_are_bounded(folder: Path, outcomes: dict[str, BuiltBody]) -> None:
    """Of those that told themselves; `LONGEST` and the bound of the process hold the others."""
    lines = [line.split() for line in (folder / MEASURED).read_text("utf-8").splitlines()]
    assert {name for name, _, _ in lines} == outcomes.keys() - {"j-sleeps", "l-dies"}
    for name, seconds, kilobytes in lines:
        assert float(seconds) < MOST_SECONDS, name
        assert int(kilobytes) < MOST_MEMORY, name


def test_no_process_is_left(outcomes: dict[str, BuiltBody]) -> None:
    assert not [process for process in active_children() if process.is_alive()]


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
