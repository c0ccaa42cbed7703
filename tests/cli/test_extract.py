"""`policygen extract`: one clause as a message, with its version and where the current one stands."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from small import Small

from policygen.cli import main

ADDRESS = "https://www.fenwick.example/policies/social-media"
CLAUSES = """\
## Keep a record {#law.records}

- label: Records
- under: may

### Overview

Keep it

### Rule

You must **keep it**, as [the act](https://acts.example/1) and [fairness](#law.fair) ask.

### In practice

Ask the clerk.

## Be fair {#law.fair}

- label: Fairness

### Rule

Be fair to {{ organisation.name }}.
"""


def run(*words: str) -> str:
    result = CliRunner().invoke(main, ["extract", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*words: str) -> str:
    result = CliRunner().invoke(main, ["extract", *words], catch_exceptions=False)
    assert result.exit_code == 1
    assert result.stdout == ""
    return result.stderr


@pytest.fixture
def told(small: Small) -> Small:
    return small.write({"base/law.md": CLAUSES})


class TestMessage:
    @pytest.mark.parametrize(
        "name", ["law.records", "1.1", "records", "Keep a record", "KEEP A RECORD"]
    )
    def test_it_is_found_by_id_number_label_and_title(self, name: str, told: Small) -> None:
        message = told.run("extract", "example", name).stdout
        assert message.startswith("1.1 Records: Keep a record\n-----")
        assert (
            "You must keep it, as the act (https://acts.example/1) and fairness (clause 1.2)"
            in (" ".join(message.split()))
        )
        assert "Ask the clerk" not in message
        assert message.endswith(": no version yet, approved.\n")

    def test_it_ends_with_the_version_and_the_address(self) -> None:
        lines = " ".join(run("fenwick", "4.4").split())
        assert lines.endswith(
            "Social media policy, Fenwick Borough Council: COM-014, version 1.0, approved. "
            f"Current at {ADDRESS}. A copy on paper may be out of date."
        )

    def test_whoever_asks_whom_to_ring_is_told_the_number(self) -> None:
        said = run("fenwick", "document.who-to-ask")
        assert "01632 960" in said.replace("\u00a0", " ").partition("\nDetails\n")[2]
        assert "In practice" not in run("fenwick", "house-rules.when-we-reply")

    def test_a_draft_says_that_it_is_one_and_what_it_lacks(self) -> None:
        message = run("rauporoa", "13.6", "--tier", "details", "-f", "markdown")
        assert "draft, not in force." in message
        assert r"\[response time of an account\]" in message
        assert "Current at" not in message

    def test_several_clauses_stand_in_the_order_they_are_asked_for(self, told: Small) -> None:
        message = told.run("extract", "example", "law.fair", "1.1", "fairness").stdout
        assert message.index("1.2 Fairness") < message.index("1.1 Records")
        assert message.count("1.2 Fairness: Be fair") == 1

    def test_a_section_is_all_its_clauses(self, told: Small) -> None:
        message = told.run("extract", "example", "law").stdout
        assert "1.1 Records" in message
        assert "1.2 Fairness" in message
        short = told.run("extract", "example", "law", "--tier", "overview").stdout
        assert "1.1 Records" in short
        assert "1.2 Fairness" not in short  # it is not told there

    def test_tiers_follow_one_another_under_their_names(self, told: Small) -> None:
        asked = ("--tier", "practice", "--tier", "rule")
        message = told.run("extract", "example", "1.1", *asked).stdout
        rule, practice = message.index("You must"), message.index("In practice\n\nAsk the clerk.")
        assert rule < practice

    def test_in_another_language(self, told: Small) -> None:
        """One that the policy is not told in is refused, with those that it is."""
        told.set("languages: [en-GB]\n")
        assert "1.1 Records" in told.run("extract", "example", "1.1", "--language", "en").stdout
        refused = told.run("extract", "example", "1.1", "--language", "cy")
        assert "PG638\n    Known: en-GB" in refused.stderr


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


class TestFormats:
    def test_html_keeps_headings_bold_and_links_and_brings_no_style(self, told: Small) -> None:
        page = told.run("extract", "example", "1.1", "-f", "html").stdout
        parser = _Tags()
        parser.feed(page)
        tags = [tag for tag, _ in parser.found]
        assert tags[:2] == ["div", "h2"]
        assert "<strong>keep it</strong>" in page
        assert '<a href="https://acts.example/1">the act</a>' in page
        allowed = {"div", "h2", "p", "strong", "a"}
        assert set(tags) <= allowed
        for _, attributes in parser.found:
            assert set(attributes) <= {"lang", "href"}
            assert not (attributes.get("href") or "").startswith("#")

    def test_markdown_reads_back(self, told: Small) -> None:
        made = told.run("extract", "example", "1.1", "-f", "markdown").stdout
        tokens = MarkdownIt().parse(made)
        assert tokens[0].tag == "h2"
        assert "<a id" not in made

    @pytest.mark.parametrize(
        ("file", "opening"), [("m.txt", "1.1 Records"), ("m.html", "<div"), ("m.md", "## 1.1")]
    )
    def test_the_name_of_the_file_says_the_format(
        self, file: str, opening: str, told: Small
    ) -> None:
        result = told.run("extract", "example", "1.1", "--out", file)
        assert result.exit_code == 0, result.output
        assert Path(file).read_text("utf-8").startswith(opening)

    def test_a_hostile_name_is_words(self, told: Small) -> None:
        profile = told.path("organisation/profile.yaml")
        profile.write_text(profile.read_text().replace("Fenwick Borough Council", '"<b>A & B</b>"'))
        page = told.run("extract", "example", "1.2", "-f", "html").stdout
        assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in page
        assert "<b>" not in page


class TestProblems:
    def test_a_name_that_is_none_is_answered_with_the_nearest(self, told: Small) -> None:
        said = told.run("extract", "example", "law.recrods", "Fairnes").stderr
        assert 'There is no clause "law.recrods".  PG607\n    Did you mean "law.records"?' in said
        assert 'Did you mean "Fairness"?' in said

    def test_a_clause_that_says_nothing_there_names_where_it_does(self, told: Small) -> None:
        result = told.run("extract", "example", "1.2", "--tier", "overview")
        assert result.exit_code == 1
        assert "PG659\n    It is told at --tier rule." in result.stderr

    def test_a_clause_that_is_left_out_names_the_document(self) -> None:
        assert "Look in Press protocol https://" in refused("fenwick", "media.press-route")

    def test_a_tier_that_is_none(self, told: Small) -> None:
        result = told.run("extract", "example", "1.1", "--tier", "rules")
        assert 'There is no tier "rules".  PG606\n    Did you mean "rule"?' in result.stderr

    def test_a_name_of_several_asks_for_an_id(self, told: Small) -> None:
        told.write({"base/law.md": CLAUSES.replace("label: Fairness", "label: Records")})
        said = told.run("extract", "example", "records").stderr
        assert "Give the id of one: law.records, law.fair." in said

    def test_the_shell_completes_clauses_and_tiers(self, told: Small) -> None:
        from click.shell_completion import ShellComplete

        complete = ShellComplete(main, {}, "policygen", "_X")
        names = [item.value for item in complete.get_completions(["extract", "example"], "law.r")]
        assert names == ["law.records"]
        tiers = complete.get_completions(["extract", "example", "law.records", "--tier"], "p")
        assert [item.value for item in tiers] == ["practice"]
