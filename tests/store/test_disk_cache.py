"""What one run leaves for the next: the same policy, sooner, and nothing that somebody else wrote is run."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small import LAW, Small

from policygen.compose.template import cache as template_cache
from policygen.load.library import layers
from policygen.load.library.library import load_library
from policygen.model.policy import Policy
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.workspace import StageCaches, Workspace
from policygen.problems import PolicygenError
from policygen.store import disk_cache
from policygen.store.built import fingerprint
from policygen.store.disk_cache import DiskCache, user_cache

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners here")
PROFILE = Path("profiles/example/profile.yaml")
WORDS = LAW.replace(
    "Keep it.", "{% if organisation.unions %}Ask.{% endif %} {{ organisation.name }} keeps it."
)
EXTENSION = "## Keep a record {#law.records}\n\n- change: extend\n- when: organisation.kind == 'council'\n\n### Rule\n\n{{ inherited }}\n\nFor {{ commitments.capture }}.\n"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The layers that were read and the templates that were compiled, so far."""
    found: list[str] = []

    def noting(function: Callable[..., object], at: int, mark: str) -> Callable[..., object]:
        def noted(*given: object) -> object:
            if mark in str(given[at]):
                found.append(str(given[at]))
            return function(*given)

        return noted

    monkeypatch.setattr("policygen.pipeline.workspace._load_library", load_library)
    monkeypatch.setattr("policygen.compose.fill.TemplateCache", template_cache.TemplateCache)
    monkeypatch.setattr(layers, "load_layer", noting(layers.load_layer, 1, ""))
    monkeypatch.setattr(
        template_cache, "template_code", noting(template_cache.template_code, 0, "{")
    )
    return found


@pytest.fixture
def words(small: Small) -> Small:
    return small.write({"base/law.md": WORDS, "kind/council/law.md": EXTENSION})


def composed(folder: Path = Path("kept")) -> Policy:
    """The policy as a run of its own composes it, with what earlier runs left in a folder."""
    run = Workspace(caches=StageCaches(lasting=DiskCache(folder.absolute())))
    return compose_profile(PROFILE, run).policies[0]


def entries(folder: Path = Path("kept")) -> list[Path]:
    return sorted(folder.iterdir())


# --- the same, sooner -----------------------------------------------------------------------------------


def test_the_next_run_reads_no_layer_and_compiles_no_template(
    words: Small, made: list[str]
) -> None:
    without = compose_profile(PROFILE, Workspace()).policies[0]
    first = composed()
    assert "base" in made
    assert any("keeps it" in text for text in made)
    made.clear()
    assert composed() == first == without
    assert made == []


def test_words_that_changed_are_read_again(words: Small, made: list[str]) -> None:
    composed()
    words.write({"base/law.md": WORDS.replace("keeps it", "files it")})
    made.clear()
    assert "files it" in str(composed().clause("law.records"))
    assert [one for one in made if "{" not in one] == ["base"]  # the other layers are as they were


def test_a_label_that_changed_is_read_again(words: Small, made: list[str]) -> None:
    composed()
    labels = words.path("labels.yaml")
    labels.write_text(labels.read_text("utf-8").replace('"Contents"', '"In here"'))
    assert composed().outline.labels["contents"] == "In here"


def test_a_fault_is_told_in_every_run(words: Small, made: list[str]) -> None:
    words.write({"base/law.md": WORDS + "\n## Broken {#law.broken\n"})
    for _ in range(2):
        with pytest.raises(PolicygenError, match=r"templates/base/law\.md"):
            composed()


@pytest.mark.parametrize("file", ["markdown/parser.py", "characters.py"])
def test_another_program_believes_nothing_of_it(
    file: str, words: Small, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in disk_cache._ROOMS:
        Path("program", room).mkdir(parents=True)
    source = Path("program", file)
    source.write_text("old = 1")
    monkeypatch.setattr(disk_cache, "_PROGRAM", Path("program"))
    composed()
    source.write_text("new = 12")
    made.clear()
    composed()
    assert "base" in made


def test_the_digests_of_the_programs_files_follow_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    (program / "cli").mkdir(parents=True)
    source = program / "cli/main.py"
    source.write_text("old = 1")
    monkeypatch.setattr(fingerprint, "_PROGRAM", program)
    cache = DiskCache(tmp_path / "kept")
    first = fingerprint._program_files(cache)
    assert first == fingerprint._program_files(cache) == fingerprint._read_program()
    source.write_text("new = 12")
    assert fingerprint._program_files(cache) == fingerprint._read_program() != first


def test_the_oldest_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk_cache, "_MOST", 1_000)
    cache = DiskCache(tmp_path / "kept")
    for number in range(20):
        cache.get(str(number), lambda: "x" * 100)
    assert len(entries(tmp_path / "kept")) == 1_000 // entries(tmp_path / "kept")[0].stat().st_size


# --- what is broken, or is not ours -----------------------------------------------------------------------


def cut_short(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:-1])


def one_letter_changed(entry: Path) -> None:
    data = bytearray(entry.read_bytes())
    data[len(data) // 2] ^= 1
    entry.write_bytes(data)


def put_under_another_name(entry: Path) -> None:
    largest = max(entries(), key=lambda path: path.stat().st_size)
    entry.write_bytes(largest.read_bytes() if entry != largest else b"")


@pytest.mark.parametrize("harm", [cut_short, one_letter_changed, put_under_another_name])
def test_a_broken_entry_is_made_anew(
    words: Small, made: list[str], harm: Callable[[Path], None]
) -> None:
    first = composed()
    for entry in entries():
        harm(entry)
    made.clear()
    assert composed() == first
    assert "base" in made
    made.clear()
    assert composed() == first
    assert made == []  # it was mended


class Planted:
    """What makes a folder when it is read back."""

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, ("planted",)


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A cache's folder and a whole entry in it, under its key, that somebody else put there."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "kept"
    DiskCache(folder).get("key", lambda: "ours")
    [entry] = entries(folder)
    data = pickle.dumps(Planted())
    entry.write_bytes(disk_cache._digest(entry.name, data) + data)
    return folder, entry


def test_what_the_user_alone_could_write_is_believed(planted: tuple[Path, Path]) -> None:
    DiskCache(planted[0]).get("key", lambda: "anew")
    assert Path("planted").exists()  # so the tests below would see it run


def open_to_others(folder: Path, entry: Path) -> None:
    folder.chmod(0o770)


def writable_by_others(folder: Path, entry: Path) -> None:
    entry.chmod(0o666)


def of_another_user(folder: Path, entry: Path) -> None:
    os.chown(entry, 12345, 12345)


def in_a_folder_of_another_user(folder: Path, entry: Path) -> None:
    os.chown(folder, 12345, 12345)


def through_a_link(folder: Path, entry: Path) -> None:
    entry.rename("elsewhere")
    entry.symlink_to(Path("elsewhere").absolute())


def in_a_folder_through_a_link(folder: Path, entry: Path) -> None:
    folder.rename("elsewhere")
    folder.symlink_to(Path("elsewhere").absolute())


def a_pipe(folder: Path, entry: Path) -> None:
    entry.unlink()
    os.mkfifo(entry)


HARMS = [open_to_others, writable_by_others, through_a_link, in_a_folder_through_a_link, a_pipe]
if hasattr(os, "geteuid") and os.geteuid() == 0:  # nobody else may give a file away
    HARMS += [of_another_user, in_a_folder_of_another_user]


@pytest.mark.parametrize("harm", HARMS)
def test_what_others_could_have_written_is_never_run(
    planted: tuple[Path, Path], harm: Callable[[Path, Path], None]
) -> None:
    harm(*planted)
    assert DiskCache(planted[0]).get("key", lambda: "anew") == "anew"
    assert not Path("planted").exists()


def test_a_folder_is_made_for_the_user_alone(tmp_path: Path) -> None:
    DiskCache(tmp_path / "some/where").get("key", lambda: 1)
    assert (tmp_path / "some/where").stat().st_mode & 0o777 == 0o700
    assert [one.stat().st_mode & 0o777 for one in entries(tmp_path / "some/where")] == [0o600]


@pytest.mark.parametrize("place", ["a-file/kept", "a-file", "/dev/null/kept"])
def test_where_nothing_can_be_kept_the_run_goes_on(tmp_path: Path, place: str) -> None:
    (tmp_path / "a-file").write_text("")
    assert DiskCache(tmp_path / place).get("key", lambda: "made") == "made"


def test_a_full_disk_leaves_no_half_of_an_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert DiskCache(tmp_path / "kept").get("key", lambda: "made") == "made"
    assert entries(tmp_path / "kept") == []


# --- where it is ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"POLICYGEN_CACHE": "/some/where"}, "/some/where"),
        ({"XDG_CACHE_HOME": "/cache"}, "/cache/policygen"),
        ({"XDG_CACHE_HOME": "not/absolute"}, "/home/me/.cache/policygen"),
        ({}, "/home/me/.cache/policygen"),
    ],
)
def test_the_folder_is_the_users(
    variables: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("POLICYGEN_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/me", **variables}.items():
        monkeypatch.setenv(name, value)
    cache = user_cache()
    assert cache
    assert cache.folder == Path(folder)


def test_it_can_be_off(words: Small, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGEN_CACHE", "off")
    assert user_cache() is None
    assert words.run("explain", "profiles/example").exit_code == 0
    monkeypatch.setenv("POLICYGEN_CACHE", str(Path("named").absolute()))
    assert words.run("explain", "profiles/example").exit_code == 0
    assert entries(Path("named"))
    shutil.rmtree("named")
