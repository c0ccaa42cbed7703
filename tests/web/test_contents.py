"""The contents on the page: what there is, what is made of it, in which order, and how long it gets."""

from __future__ import annotations

import difflib

import pytest
from visitor import Visitor

CONTENTS = "/body/ours/contents"


def choose(visitor: Visitor, id: str, **typed: str) -> tuple[int, str]:
    """Open a choice, type into it and save it; return the status and what is shown."""
    path = f"{CONTENTS}/{id}"
    answer = visitor.send(visitor.open(path).form(path), **typed)
    return answer.status, answer.text


def lines(before: str, after: str) -> list[str]:
    found = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in found if line[0] in "+-"]


def test_all_that_there_is_stands_there_with_its_grade_and_length(visitor: Visitor) -> None:
    text = visitor.open(CONTENTS).text
    assert "Your policy goes as far as “usual”: what every body needs, and what most need" in text
    assert "4 Conduct 6 of 7 clauses" in text
    assert "The media one line, which leads to Press protocol" in text
    assert (
        "20.2 Defamation In it: change Defamation Grade: usual. Words: rule 73, in practice 111."
        in text
    )
    assert "It promises: How soon a defamation complaint is passed on: 1 working day." in text
    assert "Left out: beyond “usual”." in text
    assert "Left out: Our press protocol covers this (see Press protocol)." in text
    assert "core, binding. Words: snapshot 10, rule 47" in text.replace("\xa0", " ")
    assert "with words of yours" in text


def test_one_leaves_out_what_the_rules_allow_and_on_the_record(visitor: Visitor) -> None:
    before, path = visitor.yaml, f"{CONTENTS}/law.records"
    form = visitor.open(path).form(path)
    why = {"choice": "leave_out", "because": "Our plan: <script>{{ x }}</script>"}
    tried = visitor.send(form, **why, **{"try": "1"})
    assert tried.status == 200
    assert "This cannot be saved yet: This is left out, and every body needs it." in tried.text
    answer = visitor.send(form, **why)
    assert answer.status == 422
    assert 'href="#see_title"' in answer.html
    assert 'id="cleared_by-error"' in answer.html
    assert "<script>{{" not in answer.html
    assert 'value="Our plan: &lt;script&gt;' in answer.html
    assert visitor.yaml == before
    record = {"see_title": "Records plan", "cleared_by": "Legal, Cabinet, 3 May 2026"}
    tried = visitor.send(form, **why, **record, **{"try": "1"})
    assert "Full story 11,173 10,978" in tried.text
    assert visitor.yaml == before
    visitor.send(form, **why, **record)
    (line,) = lines(before, visitor.yaml)
    assert line == (
        '+     "law.records": {because: "Our plan: <script>{{ x }}</script>", '
        'see: {title: Records plan}, cleared_by: "Legal, Cabinet, 3 May 2026"}'
    )
    listed = visitor.open(CONTENTS)
    assert "Our plan: &lt;script&gt;{{ x }}&lt;/script&gt; (see Records plan)" in listed.html


@pytest.mark.slow
def test_a_choice_is_changed_and_taken_back(visitor: Visitor) -> None:
    before = visitor.yaml
    _, text = choose(visitor, "media", choice="")
    assert "Saved: The media." in text
    (line,) = lines(before, visitor.yaml)
    assert line.startswith("-     media: {because: Our press protocol")
    status, text = choose(visitor, "law.copyright", choice="bring_in")
    assert status == 422
    assert "This is missing." in text
    choose(visitor, "law.copyright", choice="bring_in", because="We were sued")
    assert '  bring_in: {"law.copyright": {because: We were sued}}' in visitor.yaml
    choose(visitor, "law", posture="cautious")
    assert "you-online: cautious, law: cautious}" in visitor.yaml


def test_two_tabs_lose_no_choice(visitor: Visitor) -> None:
    path = f"{CONTENTS}/media"
    form = visitor.open(path).form(path)
    visitor.profile.write_text(visitor.yaml.replace("Our press protocol", "The protocol"))
    answer = visitor.send(form, because="Mine")
    assert answer.status == 409
    assert "Why Mine The protocol covers this" in answer.text
    assert "because: The protocol covers this" in visitor.yaml
    assert visitor.send(answer.form(path)).status == 200
    assert "because: Mine" in visitor.yaml


def test_buttons_move_a_section_and_name_no_more_than_they_must(visitor: Visitor) -> None:
    before = visitor.yaml
    form = visitor.open(CONTENTS).form(CONTENTS)
    answer = visitor.send(form, down="about")
    assert "Moved down: 2 About this policy" in answer.text
    assert 'value="about" autofocus>Down' in answer.html
    assert lines(before, visitor.yaml) == ["+   order: [principles]"]
    answer = visitor.send(answer.form(CONTENTS), up="about")
    assert "Moved up: 1 About" in answer.text
    assert lines(before, visitor.yaml) == ["+   order:"]
    visitor.profile.write_text(before.replace("contents:", "contents:\n  order: [law]"))
    stale = visitor.send(answer.form(CONTENTS), down="about")
    assert stale.status == 409
    assert "order: [law]" in visitor.yaml
    rows = "contents:\n  headings: [{title: Duties, sections: [law]}, {title: More, rest: true}]"
    visitor.profile.write_text(before.replace("contents:", rows))
    answer = visitor.open(CONTENTS)
    assert "that of your own headings (Duties, More)" in answer.text
    assert 'name="up"' not in answer.html


def test_an_example_may_only_be_looked_at(visitor: Visitor) -> None:
    listed = visitor.open("/body/fenwick/contents")
    assert "contents/law.records" not in listed.html
    assert 'name="up"' not in listed.html
    assert visitor.open("/body/fenwick/contents/law.records").status == 403
    assert visitor.open(f"{CONTENTS}/law.nothing").status == 404
