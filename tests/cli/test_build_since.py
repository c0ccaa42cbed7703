"""`policygen build --since REV`: what a change of the library or of profiles reaches is built, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from repository import Repository
from small import LAW, PROFILE, Small

ALL = ["akaroa", "example"]


@pytest.fixture
def committed(small: Small) -> Small:
    """A council in England and one in New Zealand, at one commit."""
    small.write({"base/law.md": LAW, "jurisdiction/uk/law.md": "# The law\n"})
    other = Path("profiles/akaroa/profile.yaml")
    other.parent.mkdir()
    other.write_text(PROFILE.replace("england", "new-zealand").replace("Fenwick", "Akaroa"))
    Repository().commit()
    return small


def built(small: Small, *words: str) -> list[str]:
    """The bodies that are built since the commit."""
    result = small.run("build", *ALL, "-e", "overview", "-f", "md", "--since", "HEAD", *words)
    assert result.exit_code == 0, result.output
    bodies = [line.split("/")[1] for line in result.stdout.splitlines() if line.endswith(".json")]
    assert f"A change since HEAD reaches {len(bodies)} of 2 bodies." in result.stderr
    return bodies


def appended(file: str) -> Callable[[], object]:
    return lambda: Path(file).write_text(Path(file).read_text("utf-8") + "\n", "utf-8")


def put(file: str, text: str) -> Callable[[], object]:
    return lambda: (Path(file).parent.mkdir(exist_ok=True), Path(file).write_text(text))


@pytest.mark.parametrize(
    ("change", "reached"),
    [
        (lambda: None, []),
        (put("notes.md", "Beside"), []),
        (appended("profiles/akaroa/profile.yaml"), ["akaroa"]),
        (put("profiles/example/theme/screen.css", "h2 {}"), ["example"]),  # git has never seen it
        (appended("templates/jurisdiction/new-zealand/layer.yaml"), ["akaroa"]),
        (Path("templates/jurisdiction/uk/law.md").unlink, ["example"]),  # beneath England
        (appended("templates/posture/cautious/layer.yaml"), []),
        (appended("templates/base/law.md"), ALL),
        (appended("templates/labels.yaml"), ALL),
    ],
)
def test_only_what_a_change_reaches(
    change: Callable[[], object], reached: list[str], committed: Small
) -> None:
    change()
    assert built(committed) == reached


def test_a_commit_in_between_counts(committed: Small) -> None:
    appended("profiles/akaroa/profile.yaml")()
    Repository().commit("More")
    assert built(committed) == []
    result = committed.run("build", *ALL, "-e", "overview", "-f", "md", "--since", "HEAD~1")
    assert "dist/akaroa/overview.md" in result.stdout
    assert "dist/example" not in result.stdout


def test_an_unknown_revision_builds_nothing(committed: Small) -> None:
    result = committed.run("build", *ALL, "-f", "md", "--since", "v9")
    assert (result.exit_code, "PG650" in result.stderr) == (1, True)
    assert not Path("dist").exists()


def test_outside_a_repository_nothing_is_built(small: Small) -> None:
    small.write({"base/law.md": LAW})
    result = small.run("build", "example", "-f", "md", "--since", "HEAD")
    assert (result.exit_code, "PG651" in result.stderr) == (1, True)
    assert not Path("dist").exists()


def test_a_layer_that_a_link_leads_to_may_have_changed(committed: Small) -> None:
    """Git knows the link, and not that it is a layer: what has not changed is looked over again."""
    Path("shared").mkdir()
    Path("templates/base").rename("shared/base")
    Path("templates/base").symlink_to(Path("shared/base").resolve())
    Repository().commit()
    appended("shared/base/law.md")()
    assert built(committed) == ALL
