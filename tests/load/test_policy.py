"""policy.json read back: it prints the same, and whatever is wrong with it is said plainly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small import LAW, Small

from policygen.load.policy import POLICY_LIMIT, read_policy
from policygen.model.policy import policy_to_json
from policygen.present.edition import present
from policygen.problems import PolicygenError

SOURCES = (
    "act: {title: Act, publisher: Gazette, url: https://law.example/act, status: unverified}\n"
)
CITED = LAW.replace(
    "### Rule", "- source: act\n- audience: comms\n\n### Snapshot\n\nKeep it.\n\n### Rule"
)
OWN = "## Go {#law.go}\n\n- change: remove\n- because: Ours\n"
GO = "\n## Go {#law.go}\n\n### Rule\n\nGo.\n"


@pytest.fixture
def saved(small: Small) -> Path:
    small.write(
        {"base/law.md": CITED + GO, "organisation/law.md": OWN, "base/sources.yaml": SOURCES}
    )
    small.set("approval: [{content: Posts, class: routine, approver: Editor, within: 1 day}]\n")
    path = Path("policy.json")
    path.write_bytes(policy_to_json(small.policy()))
    return path


def refused(path: Path) -> str:
    with pytest.raises(PolicygenError) as error:
        read_policy(path)
    return str(error.value)


def changed(path: Path, change: Callable[[Any], object]) -> str:
    data = json.loads(path.read_bytes())
    change(data)
    path.write_text(json.dumps(data))
    return refused(path)


def test_it_is_the_policy_that_was_written(saved: Path, small: Small) -> None:
    assert read_policy(saved) == small.policy()
    assert json.loads(saved.read_bytes())["profile"]["approval"][0]["class"] == "routine"


def test_a_label_that_an_earlier_program_did_not_know_is_the_shipped_one(
    saved: Path, small: Small
) -> None:
    data = json.loads(saved.read_bytes())
    del data["outline"]["labels"]["sources_title"]
    data["outline"]["labels"]["contents"] = "In here"
    saved.write_text(json.dumps(data))
    labels = read_policy(saved).outline.labels
    assert (labels["sources_title"], labels["contents"]) == ("Sources", "In here")
    assert present(read_policy(saved), "full-story").body


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "policy.json:1: error: This is not whole JSON"),
        (
            b'{"schema": "policygen/policy/1",\n "lang',
            "policy.json:2:6: error: This is not whole JSON",
        ),
        (b"\xff\xfe{", "error: This is not whole JSON"),
        (b"[" * 100_000, "error: This is not whole JSON"),
        (b"[]", "error: This is not a policy.json of policygen."),
        (b'{"schema": "policygen/manifest/1"}', "error: This is not a policy.json of policygen."),
        (b'{"schema": "policygen/policy/9"}', 'its schema is "policygen/policy/9"'),
        (
            b'{"schema": "policygen/policy/\\u001b[31m"}',
            'its schema is "policygen/policy/\ufffd[31m"',
        ),
        (b'{"schema": "policygen/policy/1"}', "error: language: Field required."),
        (b" " * (POLICY_LIMIT + 1), "more than 20,000,000 bytes"),
    ],
    ids=[
        "empty",
        "cut short",
        "not UTF-8",
        "deep",
        "a list",
        "a manifest",
        "a later one",
        "colours",
        "bare",
        "huge",
    ],
)
def test_what_is_no_policy(data: bytes, said: str, small: Small) -> None:
    Path("policy.json").write_bytes(data)
    assert said in refused(Path("policy.json"))


def test_a_file_that_is_not_there(small: Small) -> None:
    assert "no such file" in refused(Path("nowhere.json"))
    assert "it is a folder" in refused(Path("templates"))


def clause(**keys: object) -> Callable[[Any], object]:
    return lambda policy: policy["sections"][0]["clauses"][0].update(keys)


FAULTS: dict[str, tuple[Callable[[Any], object], str]] = {
    "a source": (lambda p: p["sources"].clear(), "law.records cites act, which is not there."),
    "an audience": (
        lambda p: p["outline"]["audiences"].clear(),
        "law.records is for comms, who are not there.",
    ),
    "a tier": (
        lambda p: p["outline"]["tiers"].pop("overview"),
        'is of the tier "overview", which is not there.',
    ),
    "a rule": (
        clause(under="sometimes"),
        'law.records is under "sometimes", which is none of may, think, never.',
    ),
    "a line without words": (
        lambda p: p["sections"][0]["clauses"][0]["tellings"][0]["wording"].update(
            pieces=[" ", "\n"]
        ),
        "law.records has a line for the snapshot that says nothing.",
    ),
    "a telling's tier": (
        lambda p: p["sections"][0]["clauses"][0]["tellings"][1].update(tier="poem"),
        'law.records is told at the tier "poem", which is not there.',
    ),
    "an origin's tier": (
        lambda p: p["sections"][0]["clauses"][0]["origins"][0].update(tiers=["poem"]),
        'law.records has an origin at the tier "poem", which is not there.',
    ),
    "an origin's edit": (
        lambda p: p["sections"][0]["clauses"][0]["origins"][0].update(edit="binding"),
        'law.records has an origin that does "binding", which is none of add, replace, extend, remove.',
    ),
    "what a section's origin is of": (
        lambda p: p["sections"][0]["origins"][0].update(edit="add"),
        'law has an origin that does "add", which is none',
    ),
    "what was taken out": (
        lambda p: p["removed"][0]["origins"][0].update(edit="x"),
        'law.go has an origin that does "x", which is none',
    ),
    "no whole edition": (
        lambda p: p["outline"]["editions"]["full-story"].update(sections=["law"]),
        "No edition tells the whole policy at a depth at which every clause is told.",
    ),
    "a way out by its language": (
        lambda p: p.update(language="../../x"),
        '"../../x" is not a language tag.',
    ),
    "a way out by an edition": (
        lambda p: p["outline"]["editions"].update({"../x": p["outline"]["editions"]["overview"]}),
        'The edition "../x" has a name that no file can have.',
    ),
    "a question": (
        lambda p: p["sections"][0]["clauses"][0].update(yes="nowhere"),
        "law.records is a question whose answers",
    ),
    "braces": (
        lambda p: p["outline"]["labels"].update(tag="{edition.__class__}"),
        'The label "tag" holds a brace that belongs to no slot.',
    ),
    "a picture": (lambda p: p.update(logo="%%"), "The logo is no picture that can be printed."),
    "a character": (
        lambda p: p["outline"]["labels"].update(and_="a\ue000b"),
        "a character that no document can have",
    ),
    "a type": (
        lambda p: p["sections"][0].update(number=4),
        "sections.0.number: Input should be a valid string.",
    ),
    "a fact": (
        lambda p: p["profile"].update(website="ftp://x"),
        "profile.website: This is not a web address",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_policy_that_cannot_be_printed(name: str, saved: Path) -> None:
    change, said = FAULTS[name]
    assert said in changed(saved, change)


def test_the_faults_are_named_together_and_not_without_end(saved: Path) -> None:
    said = changed(saved, lambda p: p["sections"].extend([{}] * 20))
    assert said.count("\n") == 9
    assert "faults are not shown" in said
