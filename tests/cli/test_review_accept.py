"""`review --accept`: what came back stands in the organisation's own folder, and nothing else changed."""

from __future__ import annotations

import json
import shutil
import zipfile
from copy import deepcopy
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import Result
from returned_copy import LAWYER, UNION, Element, ReturnedWord, W, edited
from small import PROFILE, Small

from policygen.model.document.walk import plain, text_lines, walk

LAW = """\
# The law

## Keep a record {#law.records}

- label: Records

### Snapshot

Keep a record.

### Rule

Save every post of {{ organisation.short_name }} within {{ commitments.capture }}.
Nobody deletes a post before that.

Keep replies too, as [the advice](#law.advice) says.

- Posts
- Replies by {{ organisation.name }}

| What | Who |
|---|---|
| Posts | The owner |
| Adverts | The agency |

{% if organisation.unions %}
Ask the unions.
{% else %}
Ask the staff before you change **this** list.
{% endif %}

{% for union in organisation.unions %}
Ask {{ union }} first.
{% endfor %}

## Ask first {#law.advice}

- label: Advice

### Rule

Ask the lawyers before you post about a case.

## Save the replies {#law.replies}

- label: Replies

### Rule

Save a reply within {{ commitments.capture }}, too.

## Never defame {#law.defame}

- label: Defamation
- binding: yes

### Rule

Nobody defames anybody.
"""
OWN = Path("profiles/example/law.md")
PROFILE_FILE = Path("profiles/example/profile.yaml")
MORE = """\
commitments: {capture: 5}  # agreed with the archive
unions: [UNISON]
"""


@pytest.fixture
def word(small: Small) -> Path:
    """The full story as it was sent."""
    small.write({"base/law.md": LAW, "organisation/profile.yaml": PROFILE + MORE})
    return built(small)


def built(small: Small) -> Path:
    result = small.run("build", "example", "-e", "full-story", "-f", "docx")
    assert result.exit_code == 0, result.output
    copy = Path("copy.docx")
    shutil.copy("dist/example/full-story.docx", copy)
    return copy


def accepted(small: Small, *options: str) -> Result:
    return small.run("review", "example", "copy.docx", *options)


def left(small: Small) -> list[dict[str, str]]:
    result = small.run("review", "example", "copy.docx", "--format", "json")
    assert result.exit_code == 0, result.output
    (copy,) = json.loads(result.stdout)["copies"]
    return list(copy["found"])


def rule(clause: str, text: str = LAW) -> str:
    """The rule of a clause, as its source has it."""
    return text.partition(f"{{#{clause}}}")[2].partition("### Rule\n\n")[2].partition("\n## ")[0]


def test_words_become_a_stamped_edit_and_nothing_is_left(small: Small, word: Path) -> None:
    edited(
        word, lambda one: one.track("law.advice", "the lawyers", "the Monitoring Officer", LAWYER)
    )
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 0, result.output
    assert "+Ask the Monitoring Officer before you post about a case." in result.stdout
    written = OWN.read_text()
    assert written.startswith("## Ask first {#law.advice}\n\n- change: replace\n- was: ")
    assert (
        rule("law.advice", written) == "Ask the Monitoring Officer before you post about a case.\n"
    )
    assert small.run("check", "example").exit_code == 0
    assert left(small) == []
    again = accepted(small, "--accept-all")
    assert again.exit_code == 0
    assert "Nothing is left to accept." in again.stderr


def test_a_dry_run_shows_and_writes_nothing(small: Small, word: Path) -> None:
    edited(word, lambda one: one.retype("law.advice", "the lawyers", "a lawyer"))
    result = accepted(small, "--accept", "law.advice", "--dry-run")
    assert "+Ask a lawyer before you post about a case." in result.stdout
    assert "Nothing was written." in result.stderr
    assert not OWN.exists()


@pytest.mark.parametrize(
    ("old", "new", "source", "changed"),
    [
        (
            "Nobody deletes a post",
            "Nobody hides a post",
            "Nobody deletes a post before that.",
            "Nobody hides a post before that.",
        ),
        ("Keep replies too", "Keep every reply", "Keep replies too", "Keep every reply"),
        ("Replies by ", "Answers by ", "- Replies by", "- Answers by"),
        ("Adverts", "Paid posts", "| Adverts | The agency |", "| Paid posts | The agency |"),
        ("Ask the unions.", "Ask every union.", "Ask the unions.", "Ask every union."),
    ],
)
def test_only_the_touched_line_of_the_source_changes(
    small: Small, word: Path, old: str, new: str, source: str, changed: str
) -> None:
    edited(word, lambda one: one.retype("law.records", old, new))
    result = accepted(small, "--accept", "1.1")
    assert result.exit_code == 0, result.output
    assert rule("law.records", OWN.read_text()) == rule("law.records").replace(source, changed)
    assert "1.1 Records: read Snapshot again" in result.stderr
    assert left(small) == []


def test_a_sentence_beside_a_condition_is_changed_alone(small: Small, word: Path) -> None:
    law = LAW.replace(
        "Ask the lawyers before you post about a case.\n",
        "Ask the lawyers before you post about a case.\n"
        "Wait{% if organisation.unions %} for {{ organisation.unions | listed }}{% endif %}.\n"
        "{{ organisation.short_name | sentence }} keeps *all* that they say.\n",
    )
    small.write({"base/law.md": law})
    edited(built(small), lambda one: one.track("law.advice", " that they say", " of it", LAWYER))
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 0, result.output
    changed = rule("law.advice", law).replace("*all* that they say", "*all* of it")
    assert rule("law.advice", OWN.read_text()) == changed
    assert left(small) == []


CHOICE = "Wait{% if organisation.unions %} for {{ organisation.unions | listed }}{% else %} a day{% endif %}, then ask.\n"
WAITS = (
    ("unions: [UNISON]", "Wait for UNISON, then ask."),
    ("unions: []", "Wait a day, then ask."),
)


@pytest.mark.parametrize(("unions", "printed"), WAITS)
def test_words_around_a_condition_are_changed_and_the_condition_stays(
    small: Small, word: Path, unions: str, printed: str
) -> None:
    law = LAW.replace("Ask the lawyers before you post about a case.\n", CHOICE)
    profile = PROFILE + "commitments: {capture: 5}\n" + unions
    small.write({"base/law.md": law, "organisation/profile.yaml": profile})
    edited(
        built(small),
        lambda one: one.track("law.advice", "Wait", "Stay", LAWYER),
        lambda one: one.track("law.advice", ", then ask", ", then phone", UNION),
    )
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 0, result.output
    changed = CHOICE.replace("Wait", "Stay").replace("then ask", "then phone")
    assert rule("law.advice", OWN.read_text()) == changed
    assert left(small) == []


@pytest.mark.parametrize(("unions", "printed"), WAITS)
def test_words_that_a_condition_prints_are_for_a_person(
    small: Small, word: Path, unions: str, printed: str
) -> None:
    law = LAW.replace("Ask the lawyers before you post about a case.\n", CHOICE)
    profile = PROFILE + "commitments: {capture: 5}\n" + unions
    small.write({"base/law.md": law, "organisation/profile.yaml": profile})
    old = printed.split()[1]
    edited(built(small), lambda one: one.retype("law.advice", f" {old} ", " no "))
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 1
    assert "printed words that were edited" in result.stderr
    assert not OWN.exists()


def test_what_would_print_otherwise_is_not_written(small: Small, word: Path) -> None:
    """The mark of a note looks like any other words once it has been to Word and back."""
    small.write(
        {"base/law.md": LAW.replace("Ask the lawyers", "Ask the lawyers^[Or counsel.] always")}
    )
    edited(built(small), lambda one: one.retype("law.advice", "about a case", "on a case"))
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 1
    assert "it would not print as it came back" in result.stderr
    assert not OWN.exists()


def test_a_loop_is_for_a_person(small: Small, word: Path) -> None:
    edited(word, lambda one: one.retype("law.records", " first.", " at once."))
    result = accepted(small, "--accept", "law.records")
    assert result.exit_code == 1
    assert "PG662" in result.stderr
    assert "Ask {{ union }} first." in result.stderr
    assert not OWN.exists()


def copied(one: ReturnedWord, words: str, new: str) -> Element:
    """Put a paragraph of the records clause with other words below one that holds some words."""
    (there,) = (p for p in one.clause("law.records") if words in "".join(p.itertext()))
    added = deepcopy(there)
    first, *others = added.iter(f"{W}r")
    for run in others:
        added.remove(run)
    next(first.iter(f"{W}t")).text = new
    there.addnext(added)
    return added


def edits_of_a_list(one: ReturnedWord) -> None:
    copied(one, "Nobody deletes", "Wait for their answer.")
    copied(one, "Replies by ", "Adverts.")
    (kept,) = (p for p in one.clause("law.records") if "Keep replies" in "".join(p.itertext()))
    parent = kept.getparent()
    assert parent is not None
    parent.remove(kept)


def test_a_paragraph_is_added_and_another_taken_out(small: Small, word: Path) -> None:
    edited(word, lambda one: copied(one, "Ask the unions.", "Wait for their answer."))
    result = accepted(small, "--accept", "law.records")
    assert result.exit_code == 1  # nobody knows for whom it is, beside {% if %}
    assert "beside words that a template decides" in result.stderr
    edited(built(small), edits_of_a_list)
    result = accepted(small, "--accept", "law.records")
    assert result.exit_code == 0, result.output
    expected = rule("law.records").replace(
        "Keep replies too, as [the advice](#law.advice) says.\n\n", ""
    )
    expected = expected.replace("}}\n\n| What", "}}\n- Adverts.\n\n| What")
    expected = expected.replace("before that.\n", "before that.\n\nWait for their answer.\n")
    assert rule("law.records", OWN.read_text()) == expected
    assert left(small) == []


HOSTILE = [
    "{{ organisation.__class__ }}",
    "{% for x in channels %}{{ x }}{% endfor %}",
    "<script>alert(1)</script>",
    "# heading",
    "- list",
    "12. number",
    "{#id}",
    "**bold** _it_ `code` | a | b |",
    'say "hi" & don\'t &amp; run',
    "::: do",
    "<!-- gone -->",
    "[x](javascript:alert(1))",
    "![x](http://x.example)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_stranger_types_prints_as_it_was_typed(small: Small, word: Path, text: str) -> None:
    edited(word, lambda one: one.retype("law.advice", "Ask the lawyers", f"{text} now"))
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 0, result.output
    assert left(small) == []
    lines = (plain(line) for block in walk(small.document().body) for line in text_lines(block))
    assert f"{text} now before you post about a case." in lines


def test_what_no_policy_can_print_is_refused(small: Small, word: Path) -> None:
    edited(word, lambda one: one.retype("law.advice", "Ask the lawyers", "⟦policy⟧"))
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 1
    assert "PG662" in result.stderr
    assert not OWN.exists()


def test_a_value_goes_into_the_profile_and_its_comments_stay(small: Small, word: Path) -> None:
    before = PROFILE_FILE.read_text()
    edited(word, lambda one: one.track("law.records", "5\u00a0days", "3\u00a0days", LAWYER))
    result = accepted(small, "--accept", "commitments.capture")
    assert result.exit_code == 0, result.output
    assert PROFILE_FILE.read_text() == before.replace("capture: 5", "capture: 3")
    assert not OWN.exists()
    # What was sent is no longer here: the other clause, which printed 5 days, now reads as theirs.
    assert "+commitments: {capture: 3}  # agreed with the archive" in result.stdout


def test_a_value_that_the_profile_left_to_the_usual_one_is_its_own_then(
    small: Small, word: Path
) -> None:
    before = PROFILE + "# Times of ours come later.\n"
    small.write({"organisation/profile.yaml": before})
    built(small)
    edited(word, lambda one: one.retype("law.records", "7\u00a0", "9\u00a0"))
    result = accepted(small, "--accept", "commitments.capture")
    assert result.exit_code == 0, result.output
    assert PROFILE_FILE.read_text() == before + "commitments:\n  capture: 9\n"


def test_a_link_that_libreoffice_unescaped_is_no_edit(small: Small) -> None:
    owner = "status: consultation, owner: {role: the Clerk, email: clerk@fenwick.example}"
    profile = PROFILE.replace("status: approved", owner)
    small.write({"base/law.md": LAW, "organisation/profile.yaml": profile + MORE})
    edited(built(small), lambda one: one.retype("law.advice", "Ask the lawyers", "Ask counsel"))
    with zipfile.ZipFile("copy.docx") as copy:
        parts = {name: copy.read(name) for name in copy.namelist()}
    links = "word/_rels/document.xml.rels"
    assert b"subject=Comment%20on" in parts[links]
    parts[links] = unquote(parts[links].decode()).encode()
    with zipfile.ZipFile("copy.docx", "w") as copy:
        for name, part in parts.items():
            copy.writestr(name, part)
    assert "[Comment on" not in accepted(small).stdout
    (edit,) = left(small)
    assert edit["clause"] == "law.advice"


def test_a_name_goes_into_the_profile(small: Small, word: Path) -> None:
    edited(word, lambda one: one.retype("law.records", "the council", "our borough"))
    assert accepted(small, "--accept", "organisation.short_name").exit_code == 0
    assert "short_name: our borough\n" in PROFILE_FILE.read_text()


@pytest.mark.parametrize("text", ["a week", "3 hours", "0 days"])
def test_a_value_in_another_unit_is_for_a_person(small: Small, word: Path, text: str) -> None:
    before = PROFILE_FILE.read_bytes()
    edited(word, lambda one: one.track("law.records", "5\u00a0days", text, LAWYER))
    result = accepted(small, "--accept", "commitments.capture")
    assert result.exit_code == 1
    assert "PG664" in result.stderr
    assert "profiles/example/profile.yaml:7" in result.stderr
    assert PROFILE_FILE.read_bytes() == before


def test_a_deleted_clause_goes_with_its_reason(small: Small, word: Path) -> None:
    edited(word, lambda one: one.take_out("law.replies"))
    refused = accepted(small, "--accept", "law.replies")
    assert refused.exit_code == 1
    assert "PG663" in refused.stderr
    assert not OWN.exists()
    done = accepted(small, "--accept", "law.replies", "--because", "The archive does it")
    assert done.exit_code == 0, done.output
    assert "- change: remove\n- because: The archive does it\n" in OWN.read_text()
    assert left(small) == []


def test_a_binding_clause_is_replaced_on_the_record_only(small: Small, word: Path) -> None:
    edited(word, lambda one: one.retype("law.defame", "Nobody defames", "Nobody may defame"))
    refused = accepted(small, "--accept", "law.defame", "--because", "Clearer")
    assert refused.exit_code == 1
    assert "PG657" in refused.stderr
    assert not OWN.exists()
    record = ("--because", "Clearer", "--cleared-by", "Legal, 3 December 2026")
    assert accepted(small, "--accept", "law.defame", *record).exit_code == 0
    assert "- cleared-by: Legal, 3 December 2026\n" in OWN.read_text()
    assert left(small) == []


def test_who_cleared_a_binding_clause_is_on_no_record_of_another(small: Small, word: Path) -> None:
    edited(
        word,
        lambda one: one.retype("law.advice", "the lawyers", "counsel"),
        lambda one: one.retype("law.defame", "Nobody defames", "Nobody may defame"),
    )
    record = ("--because", "Clearer", "--cleared-by", "Legal, 3 December 2026")
    assert accepted(small, "--accept-all", *record).exit_code == 0
    advice, defame = OWN.read_text().split("## Never defame")
    assert "- because: Clearer\n- was: " in advice
    assert "- because: Clearer\n- cleared-by: Legal, 3 December 2026\n" in defame


def test_words_of_ones_own_change_in_their_place(small: Small, word: Path) -> None:
    own = """\
# Our law

## Ask first {#law.advice}

- change: replace
- was: 12345678

### Rule

Ask {{ organisation.short_name }} first.

Then wait.

## Ours {#law.ours}

- label: Ours

### Rule

Ours.
"""
    small.write({"organisation/law.md": own})
    word = built(small)
    edited(word, lambda one: one.retype("law.advice", " first.", " early."))
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 0, result.output
    assert OWN.read_text() == own.replace(" first.\n", " early.\n")
    assert "the words beneath your edit have changed" in result.stderr


def test_an_own_edit_that_extends_leaves_the_words_beneath(small: Small, word: Path) -> None:
    own = """\
## Ask first {#law.advice}

- change: extend

### Rule

{{ inherited }}

Ask the clerk.
"""
    small.write({"organisation/law.md": own})
    edited(built(small), lambda one: one.retype("law.advice", "the clerk", "a clerk"))
    assert accepted(small, "--accept", "law.advice").exit_code == 0
    assert OWN.read_text() == own.replace("the clerk", "a clerk")
    edited(built(small), lambda one: one.retype("law.advice", "the lawyers", "a lawyer"))
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 1
    assert "these words are of base, and your own edit only adds to them" in result.stderr
    assert "templates/base/law.md:" in result.stderr
    assert OWN.read_text() == own.replace("the clerk", "a clerk")


def test_two_hands_in_two_copies_of_one_clause_are_both_taken(small: Small, word: Path) -> None:
    shutil.copy(word, "union.docx")
    edited(word, lambda one: one.track("law.records", "Keep replies too", "Keep replies", LAWYER))
    edited(
        Path("union.docx"),
        lambda one: one.track("law.records", "Nobody deletes", "No one deletes", UNION),
    )
    result = small.run("review", "example", "copy.docx", "union.docx", "--accept-all")
    assert result.exit_code == 0, result.output
    text = rule("law.records", OWN.read_text())
    assert "Keep replies, as" in text
    assert "No one deletes" in text


def test_what_two_copies_say_otherwise_of_one_line_is_for_a_person(
    small: Small, word: Path
) -> None:
    shutil.copy(word, "union.docx")
    edited(word, lambda one: one.retype("law.advice", "the lawyers", "a lawyer"))
    edited(Path("union.docx"), lambda one: one.retype("law.advice", "the lawyers", "the union"))
    result = small.run("review", "example", "copy.docx", "union.docx", "--accept-all")
    assert result.exit_code == 1
    assert "union.docx" in result.stderr or "PG662" in result.stderr
    assert "Ask a lawyer before" in OWN.read_text()


@pytest.mark.parametrize(
    ("new", "heading", "label"),
    [
        ({"Ask first": "Ask early"}, "## Ask early {#law.advice}", ""),
        ({"Advice": "Counsel"}, "## Ask first {#law.advice}", "- label: Counsel\n"),
        (
            {"Advice": "Court", "Ask first": "*Ask*: now"},
            "## \\*Ask\\*: now {#law.advice}",
            "- label: Court\n",
        ),
    ],
)
def test_a_title_and_a_label_become_those_of_the_edit(
    small: Small, word: Path, new: dict[str, str], heading: str, label: str
) -> None:
    edits = [partial(ReturnedWord.retype, id="law.advice", old=a, new=b) for a, b in new.items()]
    edited(word, *edits)
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 0, result.output
    assert OWN.read_text().startswith(f"{heading}\n\n{label}- change: replace\n")
    assert left(small) == []
    assert small.run("check", "example").exit_code == 0


def test_a_heading_without_its_label_is_for_a_person(small: Small, word: Path) -> None:
    edited(word, lambda one: one.retype("law.advice", ": ", " "))
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 1
    assert "PG662" in result.stderr
    assert not OWN.exists()


def test_a_name_that_no_copy_changes_is_told(small: Small, word: Path) -> None:
    edited(word, lambda one: one.retype("law.advice", "the lawyers", "a lawyer"))
    result = accepted(small, "--accept", "law.advise")
    assert result.exit_code == 1
    assert "PG665" in result.stderr
    assert 'Did you mean "law.advice"?' in result.stderr
    assert not OWN.exists()


def test_a_release_remembers_what_was_sent(small: Small, word: Path) -> None:
    """Accepted words are ours then, and no longer told."""
    profile = PROFILE + MORE
    consultation = "policy: {status: consultation, version: '1.0', issued: 2026-12-01}"
    small.write(
        {"organisation/profile.yaml": profile.replace("policy: {status: approved}", consultation)}
    )
    result = small.run("release", "example", "--summary", "Out", "-f", "docx")
    assert result.exit_code == 0, result.output
    shutil.copy("profiles/example/releases/1.0/full-story.docx", "copy.docx")

    def edits(one: ReturnedWord) -> None:
        one.track("law.advice", "the lawyers", "a lawyer", LAWYER)
        one.track("law.replies", "Save a reply", "Save every reply", UNION)
        one.track("law.records", "5\u00a0days", "3\u00a0days", LAWYER)

    edited(Path("copy.docx"), edits)
    assert len(left(small)) == 3
    assert accepted(small, "--accept", "law.advice", "--accept", "law.records").exit_code == 0
    (found,) = left(small)
    assert found["clause"] == "law.replies"
    assert "2 changes of it are in your own words already." in accepted(small).stdout


def test_flags_that_do_not_go_together_are_wrong_usage(small: Small, word: Path) -> None:
    assert accepted(small, "--dry-run").exit_code == 2
    assert accepted(small, "--accept-all", "--format", "json").exit_code == 2
