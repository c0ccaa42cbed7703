"""`policygen edit` puts a clause's words into the organisation's folder, and nothing else changes."""

from __future__ import annotations

import pytest
from small import PROFILE, Small

BASE = """\
# The law

## Keep a record of {{ organisation.short_name }} {#law.records}

- under: may

### Overview

Keep it

### Rule

{% if elections %}
Keep it of {{ elections[0].event }}.
{% else %}
Keep it.
{% endif %}

### In practice

| What | How |
|---|---|
| Posts | All |
"""
COUNCIL = """\
## Keep a record of {{ organisation.short_name }} {#law.records}

- change: extend

### Rule

{{ inherited }}

Ask the clerk.
"""


@pytest.fixture
def body(small: Small) -> Small:
    return small.write({"base/law.md": BASE, "kind/council/law.md": COUNCIL})


def test_the_policy_stays_the_same_and_is_stamped(body: Small) -> None:
    before = body.document()
    done = body.run("edit", "example", "law.records", "--because", "Ours")
    assert done.exit_code == 0, done.output
    assert "profiles/example/law.md:1: law.records, overview, rule, practice" in done.output
    assert body.document().body == before.body
    assert body.problems() == ()  # no stamp is missing, none is stale


def test_every_tier_stands_unfilled_and_in_place(body: Small) -> None:
    body.run("edit", "example", "law.records", "--because", "Ours")
    written = body.path("organisation/law.md").read_text()
    assert written.startswith(
        "## Keep a record of {{ organisation.short_name }} {#law.records}\n\n"
        "- change: replace\n- because: Ours\n- was: "
    )
    for words in ("### Overview\n\nKeep it\n", "{% if elections %}", "Ask the clerk.", "| Posts |"):
        assert words in written


def test_an_own_file_keeps_what_it_holds(body: Small) -> None:
    own = "## Ours {#law.ours}\n\n### Rule\n\nOurs.\n"
    body.write({"organisation/law.md": own})
    body.run("edit", "example", "law.records")
    assert body.path("organisation/law.md").read_text().startswith(own + "\n## Keep a record")
    assert [clause.id for clause in body.policy().sections[0].clauses] == [
        "law.records",
        "law.ours",
    ]


def test_a_second_edit_is_refused(body: Small) -> None:
    body.run("edit", "example", "law.records")
    before = body.path("organisation/law.md").read_bytes()
    again = body.run("edit", "example", "law.records")
    assert again.exit_code == 1
    assert "profiles/example/law.md:1:1" in again.output
    assert '"law.records" is edited here already.' in again.output
    assert body.path("organisation/law.md").read_bytes() == before


def test_a_binding_clause_is_edited_on_the_record(body: Small) -> None:
    body.write({"base/law.md": BASE.replace("- under", "- binding: yes\n- under")})
    assert "is binding" in body.run("edit", "example", "law.records").output
    assert not body.path("organisation/law.md").exists()
    cleared = ("--because", "Stricter", "--cleared-by", "Legal, 3 December 2026")
    assert body.run("edit", "example", "law.records", *cleared).exit_code == 0
    assert body.policy().clause("law.records") is not None
    assert "- cleared-by: Legal, 3 December 2026\n" in body.path("organisation/law.md").read_text()


def test_who_cleared_it_is_on_record_for_a_binding_clause_alone(body: Small) -> None:
    cleared = ("--because", "Stricter", "--cleared-by", "Legal, 3 December 2026")
    done = body.run("edit", "example", "law.records", *cleared)
    assert done.exit_code == 0
    assert "Who cleared it is left out: law.records is not binding" in done.stderr
    written = body.path("organisation/law.md").read_text()
    assert "- because: Stricter\n- was: " in written


def test_a_clause_that_is_binding_in_one_place_is_edited_on_the_record(body: Small) -> None:
    binding = COUNCIL.replace("- change: extend", "- change: extend\n- binding: yes")
    places = PROFILE.replace("jurisdiction: england", "jurisdiction: [england, new-zealand]")
    body.write({"jurisdiction/new-zealand/law.md": binding, "organisation/profile.yaml": places})
    assert "PG657" in body.run("edit", "example", "law.records", "--because", "Ours").output
    record = ("--because", "Ours", "--cleared-by", "Head of Legal")
    done = body.run("edit", "example", "law.records", *record)
    assert "nobody has to" not in done.output
    assert "- cleared-by: Head of Legal\n" in body.path("organisation/law.md").read_text()
    checked = body.run("check", "example")
    assert checked.exit_code == 0, checked.output


def test_a_reason_of_several_lines_stands_on_one(body: Small) -> None:
    """Else the second line would be words outside any tier, and the profile could not be read."""
    reason = ("--because", "Our board\n\n- asked\tfor it\r\n", "--cleared-by", " \n")
    assert body.run("edit", "example", "law.records", *reason).exit_code == 0
    written = body.path("organisation/law.md").read_text()
    assert "- because: Our board - asked for it\n- was: " in written
    assert body.problems() == ()


def test_spaces_are_no_reason(body: Small) -> None:
    body.write({"base/law.md": BASE.replace("- under", "- binding: yes\n- under")})
    done = body.run("edit", "example", "law.records", "--because", " ", "--cleared-by", " ")
    assert "Say why with --because" in done.stderr
    assert not body.path("organisation/law.md").exists()


def test_an_unknown_clause_gets_the_nearest(body: Small) -> None:
    done = body.run("edit", "example", "law.record")
    assert done.exit_code == 1
    assert 'has no clause "law.record"' in done.output
    assert 'Did you mean "law.records"?' in done.output


def test_a_clause_is_found_by_the_number_that_its_readers_see(body: Small) -> None:
    assert "law.records" in body.run("explain", "example", "1.1").stdout
    listed = body.run("list", "clauses", "example").stdout
    assert listed.startswith("1.1  law.records  usual  Keep a record of the council")
    missing = body.run("edit", "example", "1.7").stderr
    assert 'This policy has no clause "1.7".' in missing
    assert "The last one there is 1.1" in missing
    made = body.run("edit", "example", "1.1")
    assert made.stdout.startswith("profiles/example/law.md:1: law.records")


def test_words_that_nobody_would_read_are_not_written(body: Small) -> None:
    leave_out = "contents: {leave_out: {law: {because: Ours, see: {title: Our law}}}}\n"
    body.write({"organisation/profile.yaml": PROFILE + leave_out})
    refused = body.run("edit", "example", "law.records")
    assert refused.exit_code == 1
    assert 'Words of your own for "law.records" are not printed' in refused.stderr
    assert not body.path("organisation/law.md").exists()
    body.write({"organisation/law.md": COUNCIL})
    assert "law.md:1:1: warning: Words of your own" in body.run("check", "example").stderr
    listed = body.run("list", "clauses", "example").stdout
    assert "law.records  usual  left out: Ours" in listed
