"""The two pages for the day itself: what stands on them, for which body, and that each fills one side."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from organisations import ALL, EMPTIED, EVERYTHING, built, policies, workspace
from small import LAW, Small

from policygen.lint.reading import word_total
from policygen.model import document as doc
from policygen.model.document.walk import plain, walk
from policygen.model.policy import Policy
from policygen.pipeline.build import build
from policygen.present.edition import present
from policygen.write.writer import writer

ELECTION, HOUR = "election-start", "first-hour"
# A council, a department, a parish council, an NHS body: all of them in `make audit`.
FEW = ("fenwick", "rivers-and-tides", "little-marden", "harbour-valley")
SOME = ALL if EVERYTHING else FEW
LISTS = [(o, e) for e in (ELECTION, HOUR) for o in SOME if e == HOUR or (o, e) not in EMPTIED]
# In `make test` each list of two of them, by turns.
PRINTED = [(o, e) for at, o in enumerate(FEW) for e in (ELECTION, HOUR)[at % 2 :: 2]]


def tables(policy: Policy, edition: str) -> Iterator[doc.Table]:
    for block in walk(present(policy, edition).body):
        if isinstance(block, doc.Table) and not block.strip:
            yield block


def cells(policy: Policy, edition: str) -> list[list[str]]:
    return [
        [plain(cell) for cell in row.cells]
        for table in tables(policy, edition)
        for row in table.rows
    ]


def text(policy: Policy, edition: str) -> str:
    return " ".join(writer("txt").write(present(policy, edition)).decode().split())


@pytest.mark.parametrize(("organisation", "edition"), LISTS)
def test_every_box_has_a_step_and_a_reason_or_one_who_does_it(
    organisation: str, edition: str
) -> None:
    for policy in policies(organisation):
        boxed = [table for table in tables(policy, edition) if table.boxes]
        assert boxed
        for table in boxed:
            for row in table.rows:
                step, why, box = (plain(cell) for cell in row.cells)
                assert step
                assert why
                assert not box
        headings = [b for b in walk(present(policy, edition).body) if isinstance(b, doc.Heading)]
        assert len(headings) >= 3
        assert len({heading.anchor for heading in headings}) == len(headings)
        assert word_total(text(policy, edition), numbers=False) < 500


@pytest.mark.parametrize("organisation", SOME)
def test_whom_to_ring_stands_first_and_has_a_number(organisation: str) -> None:
    (policy, *_) = policies(organisation)
    first = next(tables(policy, HOUR))
    assert len(first.rows) >= 2
    for row in first.rows:
        if policy.profile.policy.status == "approved":
            assert any(letter.isdigit() for letter in plain(row.cells[2])), plain(row.cells[0])
    phone = policy.profile.contacts.out_of_hours
    assert phone
    assert str(phone.phone) in plain(first.rows[1].cells[2]).replace("\u00a0", " ")


@pytest.mark.parametrize("organisation", [o for o, e in LISTS if e == ELECTION])
def test_each_account_in_use_gets_the_notice_and_each_vote_its_dates(organisation: str) -> None:
    (policy, *_) = policies(organisation)
    rows = cells(policy, ELECTION)
    steps = [row[0] for row in rows]
    for channel in policy.profile.channels:
        named = f"{channel.platform}: {channel.handle}" if channel.handle else channel.platform
        assert (named in [step.replace("’", "'") for step in steps]) == (
            channel.status == "active"
        ), named
    assert len(rows[: len(policy.profile.elections)]) == len(policy.profile.elections)
    said = text(policy, ELECTION)
    for election in policy.profile.elections:
        assert f"{election.starts.day} {election.starts:%B %Y}" in said
    for partner in policy.profile.delivery_partners:
        assert partner in said


def test_a_kind_of_body_says_what_it_must_on_the_page() -> None:
    assert "its commander clears each post" in text(policies("wexmoor-police")[0], HOUR)
    assert "Tell families first" in text(policies("hazel-lane")[0], HOUR)
    assert "hears it from us first" in text(policies("harbour-valley")[0], HOUR)
    assert "Keep only staff on the accounts" in text(policies("little-marden")[0], ELECTION)
    assert "cyfnod cyn etholiad" in text(policies("glanmorfa")[0], ELECTION)
    assert "cyfnod cyn etholiad" not in text(policies("fenwick")[0], ELECTION)


def test_a_body_without_elections_gets_a_message_and_no_page() -> None:
    profile = Path(__file__).parents[2] / "profiles/ministry-of-weather/profile.yaml"
    made = build(profile, workspace(), [ELECTION, "overview"], ["md"])
    assert [file.path.rpartition("/")[2] for file in made.files if file.edition] == ["overview.md"]
    (problem,) = [one for one in made.problems if one.code == "PG569"]
    assert problem.what == (
        "Ministry of Weather and Oceans: the profile has no elections, so the edition election-start is not made."
    )


def test_no_book_prints_a_checklist() -> None:
    (policy, *_) = policies("fenwick")
    for edition in ("policy", "full-story", "handbook"):
        assert "Whom" not in [c for row in cells(policy, edition) for c in row]
        assert "Save the harmful post, then hide it" not in text(policy, edition)


@pytest.mark.slow
@pytest.mark.parametrize(("organisation", "edition"), LISTS if EVERYTHING else PRINTED)
def test_it_stands_on_one_side(organisation: str, edition: str) -> None:
    (file, *_) = built(organisation, edition, "pdf")
    with pikepdf.open(io.BytesIO(file.data)) as pdf:
        assert len(pdf.pages) == 1


def test_an_edition_names_facts_that_a_profile_has(small: Small) -> None:
    small.write({"base/law.md": LAW})
    outline = Path("templates/outline.yaml")
    outline.write_text(
        outline.read_text().replace(
            "layout: poster, pages: 1", "layout: poster, needs: [electoins]"
        )
    )
    said = small.run("check", "example").output
    assert 'There is no fact "electoins".' in said
    assert "elections" in said
