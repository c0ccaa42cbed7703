"""Of the shipped templates only the layers that a body has are read; nobody can tell by the policy."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from organisations import ALL, EVERYTHING, PROFILES
from small import Small

from policygen.load.library import layers
from policygen.load.library.layer import load_layer
from policygen.load.library.library import load_library, read_library, shipped
from policygen.model.fragment import Layer, Library
from policygen.model.outline.outline import Outline
from policygen.pipeline.check import check
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError

PROFILE_FILE = Path("profiles/example/profile.yaml")
BROKEN = "# The law\n\n## Keep a record {#law.records\n"
MISTYPED = "# The law\n\n## Keep a record {#law.records}\n\n### Rule\n\nKeep {{ law.nonsense }}.\n"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the layers that have been read, so far."""
    names: set[str] = set()

    def noting(folder: Path, name: str, outline: Outline) -> Layer:
        names.add(name)
        return load_layer(folder, name, outline)

    monkeypatch.setattr(layers, "load_layer", noting)
    return names


@cache
def whole_library() -> Library:
    return read_library([shipped("templates")])


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL if EVERYTHING else ALL[::3])
def test_a_policy_is_the_same_whether_the_library_is_read_whole_or_by_layers(name: str) -> None:
    whole = Workspace().with_library(whole_library())
    by_layers = Workspace().with_library(load_library())
    path = PROFILES / name / "profile.yaml"
    first, second = compose_profile(path, whole), compose_profile(path, by_layers)
    assert first.policies == second.policies
    assert first.problems == second.problems
    assert by_layers.library.digest == whole.library.digest


def test_only_the_layers_of_a_body_are_read(read: set[str]) -> None:
    found = compose_profile(
        PROFILES / "wexmoor-police/profile.yaml", Workspace().with_library(load_library())
    )
    own = "organisation"  # whose words are no part of the library
    assert "kind/police-force" in read
    assert read == {layer.name for layer in found.policies[0].stack if layer.name != own}


def test_a_fault_in_a_shipped_layer_that_a_body_has_is_told(small: Small) -> None:
    small.write({"base/law.md": BROKEN})
    with pytest.raises(PolicygenError, match=r"templates/base/law\.md:3"):
        load_library().layers["base"]
    assert "templates/base/law.md:3" in "\n".join(map(str, check(PROFILE_FILE, Workspace())))


def test_a_fault_in_a_shipped_layer_of_others_stops_nobody(small: Small) -> None:
    before = check(PROFILE_FILE, Workspace())
    small.write({"kind/museum/layer.yaml": "title: Museum\n", "kind/museum/law.md": BROKEN})
    assert check(PROFILE_FILE, Workspace()) == before


def test_a_further_root_is_read_whole_for_its_faults_are_its_users(small: Small) -> None:
    root = Path("ours")
    (root / "kind/museum").mkdir(parents=True)
    (root / "kind/museum/layer.yaml").write_text("title: Museum\nover: museums\n")
    with pytest.raises(PolicygenError, match=r"ours/kind/museum/layer\.yaml"):
        load_library([root])


def test_a_name_that_no_layer_at_all_has_is_a_mistake_and_one_of_another_body_is_none(
    small: Small,
) -> None:
    facts = "title: Museum\nfacts: {law: {loans_law: the Loans Act}}\n"
    own = MISTYPED.replace("law.records", "law.ours")
    small.write({"kind/museum/layer.yaml": facts, "organisation/law.md": own})
    assert 'There is no fact "law.nonsense"' in str(check(PROFILE_FILE, Workspace()))
    small.write({"organisation/law.md": own.replace("law.nonsense", "law.loans_law")})
    assert "There is no fact" not in str(check(PROFILE_FILE, Workspace()))


def test_a_fact_of_the_bodys_own_that_only_another_kind_prints_is_told(small: Small) -> None:
    words = MISTYPED.replace("law.nonsense", "terms.curator")
    small.write(
        {
            "kind/museum/layer.yaml": "title: Museum\nfacts: {terms: {curator: curator}}\n",
            "kind/museum/law.md": words,
            "organisation/layer.yaml": "facts: {terms: {curator: the keeper}}\n",
        }
    )
    assert "No wording uses terms.curator" in str(check(PROFILE_FILE, Workspace()))
