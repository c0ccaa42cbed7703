"""What all tests share: `--golden`, the `golden` fixture, a folder for what is built once, where node packages are."""

from __future__ import annotations

import difflib
import gc
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import QUIET
from frozen import Frozen
from hypothesis import settings
from quick import quick
from small import Small
from tools import outside_tool

from policygen import lint
from policygen.cache import LastingCache
from policygen.cli import PATIENT
from policygen.compose.composition import ComposeCache
from policygen.compose.template.cache import TemplateCache
from policygen.load.library import library
from policygen.load.library.outline import load_outlines
from policygen.markdown import prose
from policygen.model.fragment import Library
from policygen.model.outline.outline import Outline
from policygen.pipeline.publish import publish
from policygen.store.built import fingerprint

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

settings.register_profile("patient", deadline=None)  # speed is measured in bench/, never by a test
settings.load_profile("patient")

ROOT = Path(__file__).parents[1]
SHIPPED = library.shipped("templates")
TODAY = date(2026, 12, 7)
os.environ.setdefault("NODE_MODULES", str(ROOT / ".make/node/node_modules"))
os.environ.pop("NO_COLOR", None)
os.environ["POLICYGEN_CACHE"] = "off"  # what one run leaves for the next is a test of its own
os.environ.setdefault(
    "POLICYGEN_JOBS", "1"
)  # what a test puts in another's place is not there in another process


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden",
        action="store_true",
        help="renew examples/ and the golden files, run nothing else",
    )
    parser.addoption(
        "--quick",
        action="store_true",
        help="leave out slow tests, and run five of each file",
    )


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # while tests are collected: nothing of that is garbage
    share_what_no_test_changes(config)
    config.addinivalue_line("markers", "slow: takes more than a moment; `make quick` leaves it out")
    if not hasattr(config, "workerinput"):  # workers inherit it: see `once` in organisations.py
        folder = tempfile.TemporaryDirectory(prefix="policygen-")
        config.add_cleanup(folder.cleanup)
        os.environ["POLICYGEN_SHARED"] = folder.name


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """With `-n auto` one worker more than there are processors: some always wait for a browser, Node or LibreOffice.

    With `-n logical` as many as there are: quick tests wait for nothing, and each worker costs seconds.
    """
    waiting = config.option.numprocesses == "auto"
    return (os.cpu_count() or 1) + waiting


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = items
    if config.getoption("--golden"):
        wanted = [item for item in items if "golden" in getattr(item, "fixturenames", ())]
    elif config.getoption("--quick"):
        wanted = quick(items)
    if len(wanted) < len(items):
        kept = set(wanted)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = wanted


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected stays to the end: garbage is looked for among what tests leave, as a command does."""
    gc.freeze()
    gc.set_threshold(*PATIENT)
    gc.enable()


def share_what_no_test_changes(config: pytest.Config) -> None:
    """All tests of a process share the shipped library, what its words are compiled, parsed, composed and read to,
    and the digests of policies and of the program. All of it is kept under its whole key; tests/pipeline/test_workspace.py looks
    at that, and shares none of it.

    A library with roots of its own, or where a test puts another in place of the shipped one, is read each time;
    of its files, outline and labels are read anew only where they are others than before.
    """
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    templates = TemplateCache()
    patch.setattr("policygen.compose.fill.TemplateCache", lambda most, lasting: templates)
    composed = ComposeCache()
    patch.setattr(
        "policygen.pipeline.workspace._compose_cache",
        lambda most, lasting: ComposeCache(most, lasting) if lasting else composed,
    )
    for parse in ("_blocks", "_line"):  # of a text alone, into what nobody can change
        patch.setattr(prose, parse, lru_cache(maxsize=8192)(getattr(prose, parse)))
    for name in ("ReadingCache", "GlyphCache", "FactUseCache", "PointerCache"):
        shared = getattr(lint, name)()
        patch.setattr(lint, name, lambda *_, shared=shared: shared)
    digest = lru_cache(maxsize=16)(publish.policy_digest)  # of bytes alone
    patch.setattr(publish, "policy_digest", digest)
    patch.setattr("policygen.pipeline.workspace._load_library", library_of)
    patch.setattr("policygen.load.library.library.load_outlines", outlines_of)
    patch.setattr("policygen.store.built.fingerprint._program_digest", program_digest)
    # No test knows what day it is: the examples are in force, and no date of theirs has passed.
    patch.setattr("policygen.cli.options.today", lambda: TODAY)


PROGRAM, DIGEST = fingerprint._PROGRAM, fingerprint._program_digest


def program_digest(lasting: LastingCache | None = None) -> str:
    """What `_program_digest` works out: of this program, at its version, once."""
    return (
        _digest(fingerprint.version("policygen")) if fingerprint._PROGRAM == PROGRAM else DIGEST()
    )


@cache
def _digest(_version: str) -> str:
    return DIGEST()


def outlines_of(roots: list[Path], shipped: Path) -> dict[str, Outline]:
    """What `load_outlines` reads."""
    names = ("outline.yaml", "labels.yaml")
    paths = [path / name for path in (*roots, shipped) for name in names]
    files = tuple((path, path.read_bytes()) for path in paths if path.is_file())
    return dict(_outlines(tuple(roots), shipped, files))


@lru_cache(maxsize=8)
def _outlines(
    roots: tuple[Path, ...], shipped: Path, files: tuple[tuple[Path, bytes], ...]
) -> dict[str, Outline]:
    return load_outlines(list(roots), shipped)


@pytest.fixture
def library_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is read for this test alone: its paths are told from the working folder, as another process does."""
    monkeypatch.setattr("policygen.pipeline.workspace._load_library", library.load_library)


def library_of(extra: Iterable[Path] = (), lasting: LastingCache | None = None) -> Library:
    """The library that `load_library` reads; the shipped one is read once."""
    roots = tuple(extra)
    is_shipped = not roots and library.shipped("templates") == SHIPPED
    return shipped_library() if is_shipped else library.load_library(roots)


@cache
def shipped_library() -> Library:
    """Read whole, for its faults are the business of these tests."""
    return library.read_library([SHIPPED])


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`golden(path, data)` holds a file to what the program makes now; with --golden it renews the file.

    `seen` says what of the bytes counts, as a text.
    """

    def hold(path: Path, data: bytes, seen: Callable[[bytes], str] = bytes.decode) -> None:
        name = path.relative_to(ROOT)
        old = path.read_bytes() if path.is_file() else None
        if request.config.getoption("--golden"):
            if old != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            return
        if old is None:
            pytest.fail(f"{name} is missing: run `make golden`.", pytrace=False)
        if old == data:
            return
        before, after = seen(old).splitlines(), seen(data).splitlines()
        if before != after:
            lines = [
                line[:200]
                for line in difflib.unified_diff(
                    before, after, "kept", "made now", lineterm="", n=1
                )
            ]
            more = f"\n... and {len(lines) - 30} lines more" if len(lines) > 30 else ""
            shown = "\n".join(lines[:30]) + more
            pytest.fail(
                f"{name} is stale: run `make golden` and read its diff.\n{shown}", pytrace=False
            )

    return hold


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    return Small(tmp_path, monkeypatch)


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    """A policy that may be released, and was not yet."""
    return Frozen(tmp_path, monkeypatch)


@pytest.fixture
def frozen(fresh: Frozen) -> Frozen:
    """The same, released as 1.0."""
    fresh.release("First policy")
    return fresh


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    from playwright.sync_api import sync_playwright  # half a second, for those who look at a page

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=outside_tool("chromium"), args=QUIET)
    yield browser
    browser.close()
