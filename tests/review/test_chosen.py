"""An edit of words that a template chose or repeats says why they print, where, and what it leaves alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from small import Small

from policygen.compose.template.told import told_condition

WORDS = """\
## Keep a record {#law.records}

### Rule

{% if elections %}
Save posts before a vote twice.
{% elif organisation.kind == 'department' %}
Save posts as the department says.
{% else %}
Save posts once a week.
{% endif %}
Keep the file safe{% if organisation.unions %}, also from the union{% endif %}.
Tell everybody.

{% for union in organisation.unions %}
- {{ union }}: ask its branch secretary
{% endfor %}

1. Keep the list{% if organisation.unions %} for good{% else %} for a year{% endif %}.

Staff {% if elections %}may{% else %}may not{% endif %}

### In practice

{% if has('law.records') and not organisation.elected_members %}
Look at the list each month.
{% endif %}

{% if elections %}
Ask once.
{% elif organisation.unions or organisation.elected_members %}
Ask somebody twice.
{% endif %}
"""
FACTS = "unions: [UNISON, GMB]\n"
LAW = "templates/base/law.md"
ALWAYS = "elections is not set and kind is not department"
EITHER = "(unions is set or elected members is set) and elections is not set"
CASES = {
    "an else": ("once a week", "once a day", [(ALWAYS, 9, False, True)]),
    "within a line": ("from the union", "from unions", [("unions is set", 12, False, False)]),
    "of a loop": ("ask its branch", "ask the branch", [("unions", 15, True, False)]),
    "words beside": ("Tell everybody", "Tell all", []),
    "words in one line with it": ("Keep the file", "Put the file", []),
    "another clause": (
        "each month",
        "each year",
        [("the policy has “1.1 Keep a record” and elected members is not set", 25, False, False)],
    ),
    "within an item": ("for good", "for ever", [("unions is set", 19, False, True)]),
    "beside a shorter branch": ("may not", "should", [("elections is not set", 21, False, True)]),
    "one of two facts": ("somebody twice", "somebody often", [(EITHER, 31, False, True)]),
}


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        small = Small(tmp_path_factory.mktemp("chosen"), patch)
        small.write({"base/law.md": WORDS})
        small.set(FACTS)
        small.run("build", "example", "-e", "full-story", "-f", "docx", "--out", "sent")
        yield small


def review(small: Small, old: str, new: str, *words: str) -> str:
    with (
        ZipFile("sent/example/full-story.docx") as sent,
        ZipFile("copy.docx", "w") as copy,
    ):
        for name in sent.namelist():
            copy.writestr(name, sent.read(name).replace(old.encode(), new.encode()))
    done = small.run("review", "example", "copy.docx", *words)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("name", CASES)
def test_the_block_that_chose_edited_words_is_named(body: Small, name: str) -> None:
    old, new, blocks = CASES[name]
    (edit,) = json.loads(review(body, old, new, "--format", "json"))["copies"][0]["found"]
    assert (old in edit["before"], new in edit["after"]) == (True, True)
    assert edit["chosen_by"] == [
        {"because": because, "path": LAW, "line": line, "repeats": loop, "other_branch": other}
        for because, line, loop, other in blocks
    ]


def test_a_list_may_stand_in_brackets(small: Small) -> None:
    loop = "{% for union in(organisation.unions) %}\n- {{ union }}: ask first\n{% endfor %}\n"
    small.write({"base/law.md": WORDS.partition("{%")[0] + loop}).set(FACTS)
    small.run("build", "example", "-e", "full-story", "-f", "docx", "--out", "sent")
    assert "once for each of unions (templates" in review(small, "ask first", "ask last")


@pytest.mark.parametrize("format", ["terminal", "html", "markdown"])
def test_a_reader_is_told_in_every_format(body: Small, format: str) -> None:
    report = review(body, "once a week", "once a day", "--format", format)
    said = " ".join(re.sub(r"<[^>]+>", "", report).split())
    assert f"These words print because {ALWAYS} ({LAW}:9)." in said
    assert "The words for the other case are untouched." in said


def test_word_tells_it_too(body: Small) -> None:
    review(body, "once a week", "once a day", "--format", "docx", "--out", "review.docx")
    with ZipFile(Path("review.docx")) as made:
        assert f"{LAW}:9" in made.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("typed", "holds", "told"),
    [
        ("elections", True, "elections is set"),
        ("not elections", True, "elections is not set"),
        ("a.b == 'x' or c", False, "a.b is not x and c is not set"),
        ("a and not b", False, "a is not set or b is set"),
        ("kind in ['x', 'y', 'z']", True, "kind is x, y or z"),
        ("kind not in ['x', 'y']", True, "kind is not x or y"),
        ("'x' in names", True, "names names x"),
        ("has('law.records')", False, "the policy does not have “has.law.records”"),
        ("a | sum", True, "a | sum"),
        ("a > 3", False, "a > 3 does not hold"),
        ("'x' == kind", False, "kind is not x"),
        ("(a or b) and c", True, "(a is set or b is set) and c is set"),
        ("not (a and b) and c", True, "(a is not set or b is not set) and c is set"),
        ("a or b and c", True, "a is set or (b is set and c is set)"),
        (
            "a or b or not (c and d)",
            False,
            "a is not set and b is not set and c is set and d is set",
        ),
        ("a or not (b or c)", False, "a is not set and (b is set or c is set)"),
    ],
)
def test_a_condition_is_told_in_words(typed: str, holds: bool, told: str) -> None:
    assert told_condition(typed, str, holds=holds) == told
