"""What people get wrong in a profile: the place, the thing, how to mend it, and all of it at once."""

from __future__ import annotations

import errno
import os
import time
import tracemalloc
from pathlib import Path

import pytest
from small import LAW, PROFILE, Small, said

from policygen.load import files
from policygen.load.yaml.reader import YAML_LIMIT
from policygen.problems import PolicygenError

P = PROFILE  # six lines
BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)

# name: (profile.yaml, the Problems in order, each as the start of what `said` gives)
PROFILES: dict[str, tuple[str | bytes, list[str]]] = {
    "unknown keys": (
        P
        + "nam: x\nchannels: [{platfrom: X}]\ncontacts: {pres_office: {role: x}}\nbrand: {color: x}\n",
        [
            '7:1 error There is no key "nam".\n    Did you mean "name"?',
            '8:12 error "channels.0.platform" is missing.\n    Write a line `platform: ...`.',
            '8:13 error There is no key "platfrom" under "channels.0".\n    Did you mean "platform"?',
            '9:12 error There is no key "pres_office" under "contacts".\n    Did you mean "press_office"?',
            '10:9 error There is no key "color" under "brand".\n    Did you mean "colour"?',
        ],
    ),
    "unknown names": (
        P.replace("kind: council", "kind: counsil")
        .replace("england", "englnd")
        .replace("balanced", "balancd")
        + "postures: {lawz: cautius}\n",
        [
            '3:7 error There is no kind "counsil".\n    Did you mean "council"?',
            '4:15 error There is no jurisdiction "englnd".\n    Did you mean "england"?',
            '5:10 error There is no posture "balancd".\n    Did you mean "balanced"?',
            '7:18 error There is no posture "cautius".\n    Did you mean "cautious"?',
            '7:12 error There is no section "lawz".\n    Did you mean "law"?',
        ],
    ),
    "missing values": (
        "policy: {equality_assessment: {url: https://a.example}}\nkind:\n",
        [
            *(
                f'1:1 error "{key}" is missing.\n    Write a line `{key}: ...`.'
                for key in ("name", "short_name", "jurisdiction", "posture")
            ),
            '1:10 error "policy.equality_assessment.date" is missing.',
            '2:1 error "kind" is missing.\n    Write a line `kind: ...`.',
        ],
    ),
    "a number is no date": (  # pydantic alone would read it as seconds since 1970
        P.replace("{status: approved}", "{status: approved, issued: 86400}"),
        [
            '6:36 error policy.issued: "86400" is not a date.\n    Write year-month-day, like 2026-12-07.'
        ],
    ),
    "bad values": (
        P.replace(
            "{status: approved}",
            "{status: aproved, issued: 7 December, review_by: 2026-13-01}",
        )
        + "website: www.fenwick.example\nlanguages: [english, en_GB]\nbrand: {colour: blue}\nelected_members: maybe\n"
        "local_names: {welsh: x, cy: ''}\nunions: UNISON\ncontacts: {legal: {email: legal at fenwick}}\n"
        "elections: [{event: Vote, starts: 2027-05-01, ends: 2027-04-01}]\nshort_name2: {en: a}\ncommitments: {capture: many}\n",
        [
            '6:18 error policy.status: "aproved" is not one of the choices.\n    Did you mean "approved"?',
            '6:35 error policy.issued: "7 December" is not a date.\n    Write year-month-day, like 2026-12-07.',
            '6:58 error policy.review_by: "2026-13-01" is not a date.',
            '7:10 error website ("www.fenwick.example"): This is not a web address.',
            '8:13 error languages.0 ("english"): This is not a language tag.',
            '8:22 error languages.1 ("en_GB"): This is not a language tag.',
            '9:17 error brand.colour ("blue"): This is not a colour.\n    Write it in quotes, like "#1d4f91".',
            '10:18 error elected_members: "maybe" is neither yes nor no.',
            '11:22 error local_names.welsh ("welsh"): This is not a language tag.',
            '11:25 error local_names.cy (""): This is empty.',
            "12:9 error unions: this must be a list.",
            '13:27 error contacts.legal.email ("legal at fenwick"): This is not an email address.',
            '14:53 error elections.0.ends ("2027-04-01"): The period ends before it starts, on 2027-05-01.',
            '15:1 error There is no key "short_name2".\n    Did you mean "short_name"?',
            '16:24 error commitments.capture ("many"): A commitment is a whole number up to 3650, on or off.\n'
            "    Write it like 5, with no unit.",
        ],
    ),
    "review before issue": (
        P.replace("{status: approved}", "{issued: 2026-12-07, review_by: 2026-12-01}"),
        [
            '6:41 error policy.review_by ("2026-12-01"): The review date stands before the date of issue, 2026-12-07.'
        ],
    ),
    "blocks and texts": (
        P.replace("Fenwick Borough Council", "[Fenwick]").replace(
            "the council", "{en: a, english: b}"
        )
        + "channels: [X]\nbrand: x\n",
        [
            "1:1 error name: this must be a line of text.",
            "2:1 error short_name: This is not a line of text.\n    Write one line, or one for each language, like {en:",
            "7:12 error channels.0: this must be a block of keys.",
            "8:8 error brand: this must be a block of keys.",
        ],
    ),
    "aliases": (
        P + "unions: &u [GMB]\nbanned_apps: *u\ndelivery_partners: *u\n",
        [
            "7:9 error A name for a part of the file (&u) is not accepted.",
            "8:14 error A name that stands for another part of the file (*alias) is not accepted.",
            "9:20 error A name that stands for another part of the file (*alias) is not accepted.",
        ],
    ),
    "an anchor bomb": (
        BOMB,
        ["1:5 error A name for a part of the file (&a0) is not accepted."],
    ),
    "a merge key": (
        P + "brand:\n  <<: {colour: '#112233'}\n",
        ["8:3 error Blocks cannot be merged (<<) here."],
    ),
    "a tab": (
        P + "brand:\n\tcolour: x\n",
        ["8:1 error This line begins with a tab.\n    Use spaces"],
    ),
    "latin-1": ("name: caf\xe9\n".encode("latin-1"), ["1:10 error This file is not in UTF-8."]),
    "UTF-16": (P.encode("utf-16"), ["1:1 error This is not a text file."]),
    "binary": (bytes(range(256)), ["1:1 error This is not a text file."]),
    "empty": ("", ["1:1 error This file is empty."]),
    "only a comment": ("# nothing\n", ["1:1 error This file is empty."]),
    "huge": (
        P + "#" * YAML_LIMIT,
        ["organisation/profile.yaml error This file has more than 300,000 bytes."],
    ),
    "deep in brackets": ("a: " + "[" * 100_000, ["1:24 error This file is nested too deeply."]),
    "deep in blocks": (
        "".join(" " * n + "a:\n" for n in range(300)),
        ["22:22 error This file is nested too deeply."],
    ),
    "deep": ("a: " + "[" * 25 + "]" * 25, ["1:24 error This file is nested too deeply."]),
    "keys given twice": (
        P + "name: x\npolicy: {number: 1, number: 2}\n",
        ['7:1 error "name" is given twice.', '8:1 error "policy" is given twice.'],
    ),
    "types": (
        P + "website: !!python/object/apply:os.system ['id']\nunions: !!set {a, b}\nx: !y z\n",
        [
            "7:10 error A type (python/object/apply:os.system) is not accepted here.",
            "8:9 error A type (set) is not accepted here.",
            "9:4 error A type (!y) is not accepted here.",
        ],
    ),
    "two documents": (P + "---\n" + P, ["7:1 error The file holds two documents, parted by ---."]),
    "a list": ("- a\n", ["1:1 error This file does not consist of keys and values."]),
    "a key that is a list": (P + "? [a, b]\n: c\n", ["7:3 error A key must be a plain word."]),
    "a colon too many": (
        P + "website: see: here\n",
        ["7:13 error This line has a colon too many."],
    ),
    "a line out of line": (
        "name: x\n kind: y\n",
        ["2:6 error This line is not indented like its neighbours."],
    ),
    "never closed": (P + "unions: [GMB\n", ["7:9 error What begins here is never closed."]),
    "quotes never closed": (P + 'website: "x\n', ["7:10 error What begins here is never closed."]),
    "a handle without quotes": (
        P + "channels: [{platform: X, handle: @fenwick}]\n",
        ["7:34 error A text that begins with @ must stand in quotes."],
    ),
    "a control character": (
        P + "website: a\x01b\n",
        ["7:11 error This character cannot be printed."],
    ),
    "escaped control and private characters": (
        P + 'unions: ["a\\e[31m", "b\\ue000", "c\\ufffe"]\n',
        [
            '7:10 error unions.0 ("a\ufffd[31m"): ESCAPE (U+001B) cannot be printed.',
            '7:21 error unions.1 ("b\ufffd"): A CHARACTER',
            '7:32 error unions.2 ("c\ufffd"): A CHARACTER',
        ],
    ),
    "a very long value": (
        P + f"website: {'x' * 5000}\n",
        [f'7:10 error website ("{"x" * 60}…"): This is not a web'],
    ),
    "Windows ends of lines": (
        (P + "nam: x\n").replace("\n", "\r\n"),
        ['7:1 error There is no key "nam".'],
    ),
    "a logo from elsewhere": (
        P + "brand: {logo: ../../../etc/passwd}\n",
        ["7:15 error The logo lies outside"],
    ),
    "a logo of another kind": (
        P + "brand: {logo: logo.gif}\n",
        ["7:15 error The logo is neither an SVG nor a PNG."],
    ),
    "a logo that is not there": (
        P + "brand: {logo: logo.svg}\n",
        ['7:15 error There is no file "logo.svg"'],
    ),
}


@pytest.mark.parametrize("name", PROFILES)
def test_faults_of_a_profile_come_all_at_once(name: str, small: Small) -> None:
    text, expected = PROFILES[name]
    small.write({"organisation/profile.yaml": text})
    started = time.process_time()
    found = [said(problem).removeprefix("organisation/profile.yaml:") for problem in small.found()]
    assert time.process_time() - started < 2
    assert [f[: len(e)] for f, e in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected) or name == "an anchor bomb"


@pytest.mark.parametrize(
    "text", [PROFILE, "\ufeff" + PROFILE, PROFILE.replace("\n", "\r\n"), PROFILE + "...\n"]
)
def test_what_editors_do_to_a_file_is_no_fault(text: str, small: Small) -> None:
    small.write({"organisation/profile.yaml": text, "base/law.md": LAW})
    assert small.found() == ()
    assert small.policy().profile.name == "Fenwick Borough Council"


def test_texts_stay_as_typed(small: Small) -> None:
    small.write(
        {
            "organisation/profile.yaml": PROFILE.replace(
                "{status: approved}", "{version: 1.10, number: 007}"
            )
            + 'unions: [no, 12:30, 1e3, "  a\n\n  b  "]\n'
        }
    )
    profile = small.organisation().profile
    assert (profile.policy.version, profile.policy.number) == ("1.10", "007")
    assert profile.unions == ("no", "12:30", "1e3", "a b")


def test_faults_of_the_profile_and_of_its_fragments_come_together(small: Small) -> None:
    small.set("nam: x\n").write(
        {"base/law.md": LAW, "organisation/law.md": LAW.replace("### Rule", "### Rul")}
    )
    assert [str(problem.location) for problem in small.found()] == [
        "profiles/example/profile.yaml:7:1",
        "profiles/example/law.md:5:5",
    ]


@pytest.mark.parametrize(
    "name", ["organisation/profile.yaml", "organisation/law.md", "base/law.md", "base/layer.yaml"]
)
@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO])
def test_a_file_that_cannot_be_read(
    name: str, code: int, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.write({"base/law.md": LAW, "organisation/law.md": LAW.replace("law.records", "law.ours")})
    real = files.os.open

    def refused(path: Path, *more: int) -> int:
        if Path(path).resolve() == small.path(name).resolve():
            raise OSError(code, os.strerror(code))
        return real(path, *more)

    monkeypatch.setattr(files.os, "open", refused)
    (problem,) = small.found()
    assert said(problem).startswith(
        f"{name} error This file cannot be read: {os.strerror(code).lower()}."
    )


@pytest.mark.parametrize(
    "name", ["base/law.md", "organisation/law.md", "organisation/sources.yaml/x"]
)
def test_folders_and_links_where_files_should_be(name: str, small: Small) -> None:
    small.path(name).mkdir(parents=True)
    small.path("base/.#law.md").symlink_to("nowhere")  # an editor's lock
    small.path("base/README.md").symlink_to("nowhere")
    assert [said(problem) for problem in small.found()] == (
        [
            f"{name} error This file cannot be read: it is a folder.\n    Check that it is there and yours."
        ]
        if name.endswith(".md")
        else []
    )


@pytest.mark.parametrize(
    "name",
    [
        "law.md",
        "sources.yaml",
        "layer.yaml",
        "profile.yaml",
        "match.yaml",
        "translations/cy/law.md",
    ],
)
def test_a_link_out_of_the_profiles_folder_is_not_read(name: str, small: Small) -> None:
    secret = Path("secret").resolve()
    secret.write_text("password: hunter2\n- [\n")
    file = small.path(f"organisation/{name}")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.symlink_to(secret)
    (problem,) = small.found()
    assert said(problem).startswith(
        f"organisation/{name} error This is a link to a place outside the profile's folder"
    )
    assert "hunter2" not in said(problem)


def test_a_link_within_the_profiles_folder_is_read(small: Small) -> None:
    small.write({"organisation/words.txt": LAW.replace("law.records", "law.ours")})
    small.path("organisation/law.md").symlink_to("words.txt")
    assert [problem.code for problem in small.found()] == ["PG110"]  # the text is not read itself


@pytest.mark.parametrize(
    ("outline", "labels", "expected"),
    [
        (
            "",
            "gap: '{fact.__class__}'\npart: '{0}'\nclause: '{number:>999999999}'\nnoted: x\n",
            ["labels.yaml:1:6", "labels.yaml:2:7", "labels.yaml:3:9", "labels.yaml:4:8"],
        ),
        ("", "gap: '{'\npage: '{page} of {pages}'\nby: By\n", ["labels.yaml:1:6"]),
        (
            "editions:\n  short: {title: S, tiers: [overvew], layout: brief, sections: [lawz], audience: publik}\n",
            "",
            ["outline.yaml:2:29", "outline.yaml:2:65", "outline.yaml:2:82"],
        ),
        (
            "layers: [base, juridiction]\nfront: {principles: principals}\n",
            "",
            ["outline.yaml:1:16", "outline.yaml:2:21"],
        ),
        (
            "editions: {short: {title: S, tiers: [overview], layuot: brief}}\n",
            "",
            ["outline.yaml:1:12", "outline.yaml:1:49"],
        ),
        ("editions: {full-story: {audience: public}}\n", "", ["outline.yaml:1:1"]),
        (
            "editions: {a: {title: A, tiers: [ruel], layout: book}}\n",
            "",
            ["outline.yaml:1:34"],
        ),
        (
            "editions: {a: {title: A, tiers: [snapshot, rule], layout: book}}\n",
            "",
            ["outline.yaml:1:12"],
        ),
    ],
)
def test_outlines_and_labels_of_a_further_root(
    outline: str, labels: str, expected: list[str], small: Small
) -> None:
    from policygen.load.library.library import load_library

    more = Path("more")
    more.mkdir()
    for name, text in (("outline.yaml", outline), ("labels.yaml", labels)):
        if text:
            (more / name).write_text(text)
    with pytest.raises(PolicygenError) as raised:
        load_library([more])
    assert sorted(str(problem.location) for problem in raised.value.problems) == [
        f"more/{place}" for place in expected
    ]


def test_a_further_root_that_is_not_there(small: Small) -> None:
    result = small.run("check", "example", "--templates", "nowhere")
    assert result.exit_code == 1
    assert "nowhere: error: This folder of templates does not exist." in result.output


LONG = " " * 100_000
HOSTILE = {
    "spaces in a heading": f"## A{LONG}b {{#law.b}}\n\n### Rule\n\nx\n",
    "spaces in a slip": f"## A {{#law.b}}\n\n- because: a{LONG}b{LONG}\n\n### Rule\n\nx\n",
    "spaces after colons": f"## A {{#law.b}}\n\n### Rule\n\n:::{LONG}a b\n",
    "spaces before a rule": f"## A {{#law.b}}\n\n### Rule\n\na\n   {LONG}\n---{LONG}x\n",
    "pipes": f"## A {{#law.b}}\n\n### Rule\n\n{'|' * 50_000}\nx {{{{ organisation.name }}}}\n",
    "backticks": f"## A {{#law.b}}\n\n### Rule\n\n{'` `` ' * 5_000}{{{{ organisation.name }}}}\n",
    "pointed brackets": f"## A {{#law.b}}\n\n### Rule\n\n{'<a' * 20_000}{{{{ organisation.name }}}}\n",
    "braces": f"## A {{#law.b}}\n\n### Rule\n\n{'{{ ' * 20_000}\n",
    "comments": f"## A {{#law.b}}\n\n### Rule\n\n{'<!-- ' * 20_000}\n",
    "brackets": f"## A {{#law.b}}\n\n### Rule\n\n{'[' * 10_000}\n",
    "brackets in many paragraphs": "## A {#law.b}\n\n### Rule\n\n" + ("[^" * 3_900 + "\n\n") * 20,
    "quotes within quotes": f"## A {{#law.b}}\n\n### Rule\n\n{'>' * 5_000} x\n",
    "a condition": f"## A {{#law.b}}\n\n- when: {'(' * 20_000}\n\n### Rule\n\nx\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_fragments_cost_little(name: str, small: Small) -> None:
    small.write({"base/law.md": LAW, "organisation/law.md": HOSTILE[name]})
    tracemalloc.start()
    started = time.process_time()
    small.found()
    took, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 5  # traced; a tenth of that without
    assert peak < 100_000_000
