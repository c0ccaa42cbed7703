"""A policy has a number of its approver's, and a handbook one of its owner's: neither makes the other false."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from frozen import FILE, everything
from handbooks import ELECTIONS, HOUSE_RULES, LAW, Handbook, files_of, released_handbook

from policygen.load.records import read_every_record, read_records, read_seal


@pytest.fixture
def body(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Handbook:
    return released_handbook(tmp_path, monkeypatch)


def built(body: Handbook, edition: str, name: str = "example") -> str:
    result = body.run("build", name, "-e", edition, "-f", "md")
    assert result.exit_code == 0, result.output
    return Path(f"dist/{name}/{edition}.md").read_text()


def test_a_new_telephone_number_leaves_what_was_signed_as_it_is(body: Handbook) -> None:
    """From the release to the handbook's own issue, as an office would go through it."""
    signed = files_of("1.0")
    assert "960" not in signed["policy.md"].decode()
    assert body.checked() == []
    body.new_number()

    [moved] = [one for one in body.problems() if one.code == "PG540"]
    assert body.checked() == ["PG540"], "the policy is as true as before"
    assert moved.what == "The handbook has moved since 1.0-h1, in 1 clause: law.records."
    assert "policygen release example --handbook --issued" in moved.mend
    assert "Policy as in 1.0, handbook moved since 1.0-h1\n" in body.run("check", "example").output
    assert "version 1.0, approved, handbook changed since issue 1" in built(body, "overview")
    assert built(body, "policy").encode() == signed["policy.md"]

    result = body.release_handbook()
    assert result.exit_code == 0, result.output
    assert "example@1.0-h2 is frozen." in result.output
    assert "The policy stands as it was approved, in releases/1.0/." in result.output
    assert files_of("1.0") == signed
    issue = files_of("1.0-h2")
    assert {"overview.md", "full-story.md", "house-rules.md"} <= set(issue)
    assert "policy.md" not in issue
    assert "**Overview: handbook 1.0-h2**" in issue["overview.md"].decode()
    story = issue["full-story.md"].decode().replace("\u00a0", " ")
    assert "| Handbook | Issue 2 of 4 May 2027, changed by the head of communications |" in story
    assert (
        "| 1.0, handbook 2 | 4 May 2027 | Changed by the head of communications | New number of the lawyer |"
        in story
    )
    assert "01632 960 901" in story
    assert "01632 960 001" not in story
    assert body.checked() == []
    assert "Policy as in 1.0, handbook as in 1.0-h2\n" in body.run("check", "example").output
    assert built(body, "policy").encode() == signed["policy.md"]


def test_its_record_keeps_the_approval_and_stands_in_the_chain(body: Handbook) -> None:
    seal = read_seal(FILE.parent, "1.0")
    body.new_number()
    body.release_handbook("--changed-by", "the duty officer")
    first, issue = read_every_record(FILE.parent)
    assert issue.entry == first.entry, "nobody approved anything anew"
    assert issue.before is not None
    assert (issue.before.version, issue.before.sha256) == ("1.0", seal)
    assert issue.handbook is not None
    assert (issue.handbook.changed_by, issue.handbook.issued.isoformat()) == (
        "the duty officer",
        "2027-05-04",
    )
    assert [one.id for one in issue.handbook.changed] == ["law.records"]
    assert read_records(FILE.parent) == (first,), "who asks for versions gets versions"
    frozen = files_of("1.0-h2")
    shutil.rmtree(FILE.parent / "releases/1.0-h2")
    body.release_handbook("--changed-by", "the duty officer")
    assert files_of("1.0-h2") == frozen, "the same on any day"
    listed = body.run("list", "releases", "example").output
    assert "example@1.0-h2  handbook, issued 2027-05-04, changed by the duty officer: New" in listed
    compared = body.run("diff", "example@1.0", "example@1.0-h2").output
    assert "01632 960 001" in compared
    assert "01632 960 901" in compared


OWNERS = {
    "an account": ("profile", '"@fenwick"', '"@fenwick_council"'),
    "the date of a vote": ("profile", "2027-03-22", "2027-03-29"),
    "one vote more": (
        "profile",
        "elections: [",
        "elections: [{event: A by-election, starts: 2027-09-01, ends: 2027-09-30}, ",
    ),
    "no vote any more": (
        "profile",
        "elections: [{event: Borough elections, starts: 2027-03-22, ends: 2027-05-06}]",
        "elections: []",
    ),
    "the practice": ("base/law.md", "Copy it.", "Copy it, and note the day."),
    "a detail": ("base/house-rules.md", "### Details\n", "### Details\n\nWe are here:\n"),
}


@pytest.mark.parametrize("what", OWNERS)
def test_what_is_the_owners_needs_no_board(what: str, body: Handbook) -> None:
    change(body, *OWNERS[what])
    assert body.checked() == ["PG540"]
    assert body.release_handbook().exit_code == 0
    assert body.checked() == []


APPROVERS = {
    "a rule's wording": ("base/law.md", "Keep it within", "Keep all of it within"),
    "a number in a rule": ("profile", "contacts:", "commitments: {capture: 3}\ncontacts:"),
    "who decides": ("profile", "role: the lawyer", "role: the solicitor"),
    "a title": ("base/law.md", "## Keep a record", "## Keep records"),
    "the line of a poster": ("base/law.md", "Keep it, or ring", "Copy it, or ring"),
    "the lead of a section": ("base/law.md", "lead: Keep to it.", "lead: Keep to all of it."),
    "a source": ("base/law.md", "- under: may", "- under: may\n- audience: comms"),
}


@pytest.mark.parametrize("what", APPROVERS)
def test_a_rule_cannot_be_smuggled_in_with_a_number(what: str, body: Handbook) -> None:
    body.new_number()
    change(body, *APPROVERS[what])
    before = everything()
    result = body.release_handbook()
    assert result.exit_code == 1
    assert everything() == before
    assert "the rules have moved since 1.0: law" in result.output
    assert "release the policy, with --minor or --major" in result.output
    assert "`policygen diff example@1.0 example`" in result.output
    assert body.checked() == ["PG523", "PG540"], "each part is told of by itself"


def change(body: Handbook, file: str, old: str, new: str) -> None:
    if file == "profile":
        body.replace(old, new)
        return
    text = {"base/law.md": LAW, "base/elections.md": ELECTIONS, "base/house-rules.md": HOUSE_RULES}
    assert old in text[file]
    body.write({file: text[file].replace(old, new)})


def test_a_rule_that_prints_a_number_is_told_before_and_refused_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = Handbook(tmp_path, monkeypatch)
    body.write(
        {
            "base/law.md": LAW.replace(
                "or ask {{ contacts.legal.role }}", "or ring {{ contacts.legal.phone }}"
            )
        }
    )
    [told] = [one.what for one in body.problems() if one.code == "PG543"]
    assert (
        told
        == 'The rule of "law.records" depends on contacts.legal.phone, which changes without the board.'
    )
    body.release_policy()
    body.new_number()
    assert body.checked() == ["PG523", "PG540"], "here the number was signed"
    said = body.run("check", "example").output
    assert "Policy moved since 1.0, handbook moved since 1.0-h1\n" in said
    assert (
        "Name the role in the rule, and put this under ### Details"
        in body.release_handbook().output
    )


def test_the_next_version_begins_a_handbook_of_its_own(body: Handbook) -> None:
    body.new_number()
    body.release_handbook()
    body.new_number("960 901", "960 902")
    assert body.release_handbook(issued="2027-06-01").exit_code == 0
    assert "version 1.0, approved, handbook issue 3" in built(body, "overview")
    replaced = built(body, "overview", "example@1.0-h2")
    assert "version 1.0, approved, handbook issue 2, replaced" in replaced
    assert "version 1.0, approved, handbook issue 1, replaced" in built(
        body, "overview", "example@1.0"
    )
    assert built(body, "policy", "example@1.0").encode() == files_of("1.0")["policy.md"]

    body.replace("3 December 2026", "20 January 2028")
    body.replace("issued: 2026-12-07", "issued: 2028-02-01")
    assert body.release_policy("--minor").exit_code == 0, "the newest seal is that of an issue"
    assert [one.name for one in read_every_record(FILE.parent)] == [
        "1.0",
        "1.0-h2",
        "1.0-h3",
        "1.1",
    ]
    overview = built(body, "overview")
    assert "version 1.1, approved" in overview
    assert "handbook" not in overview
    story = built(body, "full-story")
    rows = ("| 1.1 |", "| 1.0, handbook 3 |", "| 1.0, handbook 2 |", "| 1.0 |")
    found = [story.index(row) for row in rows]
    assert found == sorted(found), "the newest stands first"
    assert "handbook 2" not in built(body, "policy")
    assert "superseded, not in force" in built(body, "overview", "example@1.0-h3")


def test_an_issue_that_was_changed_or_taken_out_shows(body: Handbook) -> None:
    body.new_number()
    body.release_handbook()
    body.new_number("960 901", "960 902")
    body.release_handbook(issued="2027-06-01")
    file = FILE.parent / "releases/1.0-h2/overview.md"
    file.chmod(0o644)
    text = file.read_bytes()
    file.write_bytes(text + b"!")
    [told] = [one for one in body.problems() if one.code == "PG530"]
    assert told.location.path.endswith("1.0-h2/overview.md")
    file.write_bytes(text)
    (FILE.parent / "releases/1.0-h2").rename("taken-out")
    assert "Release 1.0-h2, which came before this one, is missing." in [
        one.what for one in body.problems()
    ]


REFUSED = {
    "nothing has changed": (None, (), "Nothing in the handbook has changed since 1.0-h1."),
    "an older day": (
        ("960 001", "960 901"),
        ("--issued", "2026-11-01"),
        "The issue would bear 2026-11-01, and version 1.0 was issued on 2026-12-07.",
    ),
    "a signed edition": (
        ("960 001", "960 901"),
        ("-e", "policy"),
        "No issue of the handbook prints what was signed as 1.0: policy.",
    ),
    "what is not in force": (
        ("status:   approved", "status: superseded"),
        (),
        "The newest release is 1.0, and the profile is at version 1.0, superseded.",
    ),
    "a draft in which nothing of the owner's has changed": (
        ("status:   approved", "status: draft"),
        (),
        "Nothing in the handbook has changed since 1.0-h1.",
    ),
    "another approval": (
        ("3 December 2026", "4 December 2026"),
        (),
        "The profile bears another approval, or day of issue, than 1.0 does.",
    ),
    "no owner": (
        ("owner: {role: the head of communications}", "owner: {phone: 01632 960 002}"),
        (),
        "Nobody is named who changed the handbook.",
    ),
    "a name that turns its line round": (
        ("960 001", "960 901"),
        ("--changed-by", "the\u202eteam"),
        "Who changed the handbook cannot be printed.",
    ),
    "an empty summary": (("960 001", "960 901"), ("-s", " "), "The summary is empty."),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_handbook_is_refused_and_nothing_is_written(what: str, body: Handbook) -> None:
    edit, words, told = REFUSED[what]
    if edit:
        body.replace(*edit)
    before = everything()
    result = body.release_handbook(*words)
    assert (result.exit_code, everything()) == (1, before)
    assert told in result.output


def begin_a_draft(body: Handbook) -> None:
    """The next version is at work: a rule is to have another number, and an adviser another name."""
    body.replace("status:   approved", "status:   draft")
    body.replace("contacts: {legal: {role: the lawyer", "commitments: {capture: 3}\ncontacts: {legal: {role: the solicitor")  # fmt: skip
    body.new_number()


OWN_PRACTICE = """\
# The law

## Keep a record {#law.records}

- change: extend
- because: We have an archive.

### In practice

{{ inherited }}

Ring the archive.
"""
OWN_RULE = OWN_PRACTICE + "\n### Rule\n\n{{ inherited }}\n\nNobody may print it.\n"


def test_a_number_changes_while_the_next_version_is_a_draft(body: Handbook) -> None:
    begin_a_draft(body)
    body.write({"organisation/law.md": OWN_PRACTICE})
    draft = FILE.read_bytes()
    result = body.release_handbook()
    assert result.exit_code == 0, result.output
    assert "this issue has the rules of 1.0 as they were signed" in " ".join(result.output.split())
    issue = files_of("1.0-h2")
    story = issue["full-story.md"].decode().replace("\u00a0", " ")
    policy = files_of("1.0")["policy.md"].decode().replace("\u00a0", " ").splitlines()
    [rule] = [line for line in policy if line.startswith("Keep it within")]
    assert rule.endswith("or ask the lawyer.")
    assert rule in story
    assert "Ring 01632 960 901." in story
    assert "Ring the archive." in story, "practice of one's own needs no board either"
    assert "solicitor" not in story
    assert FILE.read_bytes() == draft
    kept = issue["profile/profile.yaml"].decode()
    signed = files_of("1.0")["profile/profile.yaml"].decode()
    assert kept == signed.replace("960 001", "960 901"), "what it was made from"
    assert issue["profile/law.md"].decode() == OWN_PRACTICE

    body.replace("status:   draft", "status:   approved")
    refused = body.release_handbook(issued="2027-06-01").output
    assert "the rules have moved since 1.0: law.records" in refused
    assert "Say status: draft in the profile" in " ".join(refused.split())


def test_a_rule_of_ones_own_in_a_draft_waits_with_its_practice(body: Handbook) -> None:
    begin_a_draft(body)
    body.write({"organisation/law.md": OWN_RULE})
    result = body.release_handbook()
    assert "Your own words are those of 1.0" in " ".join(result.output.split())
    issue = files_of("1.0-h2")
    story = issue["full-story.md"].decode().replace("\u00a0", " ")
    assert "Ring 01632 960 901." in story
    assert "Nobody may print it" not in story
    assert "Ring the archive" not in story
    assert "profile/law.md" not in issue


def test_beside_a_draft_no_rule_of_todays_library_is_smuggled_in(body: Handbook) -> None:
    begin_a_draft(body)
    body.write({"base/law.md": LAW.replace("Keep it within", "Keep all of it within")})
    before = everything()
    result = body.release_handbook()
    assert (result.exit_code, everything()) == (1, before)
    assert "Today's library tells rules otherwise than 1.0 does: law.records." in result.output


def test_there_is_no_handbook_before_the_policy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = Handbook(tmp_path, monkeypatch)
    told = body.release_handbook().output
    assert "Nothing is released yet, so there is no handbook to follow." in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--handbook",), "Say on which day the handbook is issued"),
        (("--handbook", "--issued", "2027-05-04", "--minor"), "leave --minor and --major out"),
        (("--issued", "2027-05-04"), "--issued and --changed-by are for --handbook"),
        (("--handbook", "--issued", "4 May"), "does not match the format"),
    ],
)
def test_options_that_do_not_agree_are_said_at_once(
    words: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = Handbook(tmp_path, monkeypatch)
    result = body.run("release", "example", "-s", "x", *words)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())
