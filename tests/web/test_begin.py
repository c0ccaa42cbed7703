"""A body begun on the page, without a terminal and without a script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from organisations import ROOT
from visitor import Answer, Visitor

ANSWERS = {
    "name": "Thornby Town Council",
    "short_name": "the council",
    "jurisdiction": "england",
    "kind": "parish-council",
    "elected_members": "yes",
    "civil_service": "no",
    "local_authority": "yes",
    "posture": "balanced",
}


def answered(visitor: Visitor, path: str = "/new", **answers: str) -> Answer:
    """Go on answering until the page asks for something that has no answer here."""
    page = visitor.open(path)
    for _ in range(40):
        form = page.form("/new")
        name = str(form.values["asked"])
        if name not in answers:
            return page
        page = visitor.send(form, **{name: answers[name]})
    raise AssertionError("it never ends")


@pytest.mark.slow
def test_a_few_answers_make_a_draft_that_can_be_filled_in(tmp_path: Path) -> None:
    visitor = Visitor(tmp_path)
    page = answered(visitor, **ANSWERS)
    assert "Make the draft now" in page.text
    made = visitor.send(page.form("/new"), end="1")
    assert "Your draft is made" in made.text
    profile = (tmp_path / "thornby-town-council/profile.yaml").read_text()
    assert "\nname: Thornby Town Council " in profile
    assert "kind: parish-council" in profile
    path = "/body/thornby-town-council/facts/contacts"
    form = visitor.open(path).form(path)
    saved = visitor.send(form, contacts__legal__email="legal@thornby.example")
    assert "Saved: one fact." in saved.text
    profile = (tmp_path / "thornby-town-council/profile.yaml").read_text()
    assert "    email: legal@thornby.example " in profile
    assert "#website:" in profile  # what nobody knows stays switched off
    problems = visitor.open("/body/thornby-town-council/check").text
    assert "Website is not given. Ask the web team." in problems
    assert "organisation." not in problems
    assert "Thornby Town Council" in visitor.open("/").text


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    visitor = Visitor(tmp_path)
    page = visitor.open("/")
    assert "<h1>Make your social media policy</h1>" in page.html
    assert "There is no policy here yet. Choose one of the ways below" in page.text
    for way in ("Start new", "Start from your old policy", "Start from an example"):
        assert f"<h2>{way}</h2>" in page.html
    assert str(tmp_path) in page.text
    assert "A first draft needs this." in visitor.open("/new").text


def test_they_end_on_the_overview_as_it_is_printed(tmp_path: Path) -> None:
    visitor = Visitor(tmp_path)
    first, last = visitor.open("/"), answered(visitor, **ANSWERS)
    assert "That is all that a first draft needs" in last.text
    made = visitor.send(last.form("/new"), end="1")
    shown = "/body/thornby-town-council/show/overview"
    assert f'src="{shown}"' in made.html
    printed = visitor.open(shown).text
    assert "Thornby Town Council" in printed
    assert "draft, not in force" in printed
    steps = made.text.partition("What to do next")[2]
    order = ("Fill in what you know", "Ask the others", "See each edition", "Release a version")
    assert sorted(order, key=steps.index) == list(order)
    # The tutorial walks the same way: what it prints in bold stands on these pages.
    tutorial = (ROOT / "docs/first-policy-in-a-browser.md").read_text("utf-8")
    facts = visitor.open("/body/thornby-town-council/facts/contacts")
    seen = " ".join(page.text for page in (first, last, made, facts))
    assert [name for name in re.findall(r"\*\*(.+?)\*\*", tutorial) if name not in seen] == []


def test_an_old_policy_is_asked_for_once_the_draft_stands(tmp_path: Path) -> None:
    visitor = Visitor(tmp_path)
    assert 'href="/new?then=match"' in visitor.open("/").html
    made = visitor.send(answered(visitor, "/new?then=match", **ANSWERS).form("/new"), end="1")
    assert "Your draft is made. Now let policygen read your old policy." in made.text
    form = made.form("/body/thornby-town-council/match")
    old = b"# Rules\n\nNobody may set up a page for a service without a yes from the Clerk.\n"
    read = visitor.send(form, files={"file": ("old.md", old, "text/markdown")})
    assert "old.md" in read.text
    assert "Parts of the worksheet" in read.html


def test_a_policy_that_must_be_mended_is_not_shown(visitor: Visitor) -> None:
    visitor.profile.write_text(visitor.yaml.replace("posture: ", "posture: x"))
    page = visitor.open("/body/ours")
    assert "This must be mended first" in page.text
    assert "<iframe" not in page.html


def test_an_answer_that_will_not_do_is_asked_again(tmp_path: Path) -> None:
    visitor = Visitor(tmp_path)
    page = visitor.send(visitor.open("/new").form("/new"), name=" ")
    assert page.status == 422
    assert "Your answer: this is empty." in page.text
    assert 'href="#answer"' in page.html
    page = answered(visitor, **{**ANSWERS, "extent": "usual", "services": ""})
    page = visitor.send(page.form("/new"), languages="Welsh, please", end="1")
    assert page.status == 422
    assert "not a language tag" in page.text
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_taken_is_told_at_the_name(visitor: Visitor) -> None:
    page = visitor.send(visitor.open("/new").form("/new"), name="Ours")
    assert page.status == 422
    assert "there already" in page.text


def test_an_example_is_copied_as_a_draft(tmp_path: Path) -> None:
    visitor = Visitor(tmp_path)
    form = visitor.open("/copy?example=fenwick").form("/copy")
    assert visitor.send(form, name="").status == 422
    made = visitor.send(form, name="Elmbridge Vale Council")
    assert "Your draft is made" in made.text
    text = (tmp_path / "elmbridge-vale-council/profile.yaml").read_text()
    assert "name: Elmbridge Vale Council\n" in text
    assert "status: draft" in text
    assert "3 December 2026" not in text
    assert (tmp_path / "elmbridge-vale-council/logo.svg").is_file()
    assert visitor.open("/body/elmbridge-vale-council/show/overview").status == 200
    assert visitor.send(form, name="Elmbridge Vale Council").status == 422


def test_only_an_example_can_be_copied(visitor: Visitor) -> None:
    form = visitor.open("/copy?example=fenwick").form("/copy")
    assert visitor.send(form, example="ours", name="X").status == 404
    assert visitor.send(form, example="../../etc", name="X").status == 404
