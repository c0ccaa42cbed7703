"""A Word template may be a stranger's: what it may not hold is refused, by its file, with a cure."""

from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest
from hostile_templates import CASES, in_text, related, with_more
from small import Small
from trust_template import as_document, trust_template

from policygen.load.look.theme import load_theme
from policygen.load.policy import parse_policy
from policygen.model.policy import policy_to_json
from policygen.model.word_template import read_template
from policygen.problems import PolicygenError, Problem

PLACE = "organisation/theme/policy.dotx"


def refused(small: Small, data: bytes) -> tuple[Problem, ...]:
    small.write({PLACE: data})
    with pytest.raises(PolicygenError) as caught:
        load_theme(Path("profiles/example"))
    return caught.value.problems


@pytest.mark.parametrize("name", CASES)
def test_what_a_template_may_not_hold_is_refused(name: str, small: Small) -> None:
    make, code, words = CASES[name]
    data = make()
    began = time.process_time()
    problems = refused(small, data)
    assert time.process_time() - began < 3
    assert code in {problem.code for problem in problems}
    assert any(words in problem.what for problem in problems), problems
    for problem in problems:
        assert problem.location.path.endswith("profiles/example/theme/policy.dotx")
        assert problem.mend


@pytest.mark.parametrize("name", ["cut off", "a bomb", "entities", "a macro", "DDE", "changes"])
def test_a_policy_of_a_stranger_may_not_hold_it_either(name: str, small: Small) -> None:
    """`policy.json` bears the template, and its type looks at it again."""
    make, _, _ = CASES[name]
    data = make()
    small.write({PLACE: trust_template()})
    good = base64.b64encode(trust_template())
    text = policy_to_json(small.policy())
    assert good in text
    with pytest.raises(PolicygenError):
        parse_policy(text.replace(good, base64.b64encode(data)), "policy.json")


def test_a_sound_template_is_read_and_told_nothing_of(small: Small) -> None:
    small.write({PLACE: trust_template()})
    assert small.found() == ()


def test_a_document_under_the_name_of_a_template_will_do(small: Small) -> None:
    small.write({PLACE: as_document(trust_template())})
    assert small.found() == ()


def test_several_faults_are_told_at_once(small: Small) -> None:
    problems = refused(small, with_more(("word/vbaProject.bin", b"x")))
    assert len(problems) == 1
    twice = in_text("<w:altChunk/><w:p><w:r><w:object/></w:r></w:p>")
    assert len(refused(small, twice)) == 2


@pytest.mark.parametrize("address", ["https://www.wexmoor.example/a", "mailto:a@wexmoor.example"])
def test_a_template_may_link_to_the_web(address: str, small: Small) -> None:
    small.write({PLACE: related("hyperlink", address)})
    assert small.found() == ()


def test_the_template_that_a_template_was_made_with_is_left_behind(small: Small) -> None:
    """Word notes a path on somebody's computer, with their name in it."""
    data = related("attachedTemplate", "file:///C:/Users/jane/Normal.dotm")
    small.write({PLACE: data})
    assert small.found() == ()


def test_what_no_part_leads_to_is_left_behind() -> None:
    carried = read_template(
        with_more(("word/secret.xml", b"<a/>"), ("customXml/item9.xml", b"<a/>"))
    )
    assert not {"word/secret.xml", "customXml/item9.xml"} & carried.files.keys()


@pytest.mark.parametrize("name", ["policy.docx", "policy.dotm", "Policy.dotx", "template.dotx"])
def test_a_template_of_another_name_is_told(name: str, small: Small) -> None:
    small.write({f"organisation/theme/{name}": trust_template()})
    (problem,) = small.found()
    assert problem.code == "PG401"
    assert "policy.dotx" in problem.mend


def test_a_lock_of_word_is_no_file_of_the_theme(small: Small) -> None:
    small.write({"organisation/theme/~$policy.dotx": b"Jane", PLACE: trust_template()})
    assert small.found() == ()


def test_a_template_that_is_a_link_out_is_refused(small: Small) -> None:
    Path("elsewhere.dotx").write_bytes(trust_template())
    folder = small.path("organisation/theme")
    folder.mkdir(parents=True)
    (folder / "policy.dotx").symlink_to(Path("elsewhere.dotx").resolve())
    (problem,) = small.found()
    assert problem.code == "PG402"
