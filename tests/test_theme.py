"""A theme folder: what it changes in each format, what it may not say, and that nothing of it gets out."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fonts import LATIN, changed, font
from fontTools.ttLib import TTFont
from lxml import html as parser
from pydantic import ValidationError
from small import LAW, Small, said

from policygen.model.document import Document
from policygen.model.policy import policy_from_json, policy_to_json
from policygen.model.sheet import sheet_faults
from policygen.model.theme import FONT_LIMIT, PLAIN, SHEET_LIMIT
from policygen.pipeline.unchanged import build_fingerprint
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import present
from policygen.write.pdf.press import press_for
from policygen.write.pdf.writer import render
from policygen.write.writer import writer

YAML = """\
font:
  family: Fenwick Sans
  regular: regular.ttf
  bold: fonts/bold.ttf
"""
PRINT = "/* Ours. */\n:root { --ink: #202020 }\nh2 { color: rgb(29, 79, 145); border-top: 2pt solid var(--ink) }\n"
SCREEN = "h2 { font-size: 2rem }\n@media (max-width: 40rem) { h2 { font-size: 1.5rem } }\n"
THEME: dict[str, str | bytes] = {
    "organisation/theme/theme.yaml": YAML,
    "organisation/theme/regular.ttf": font(),
    "organisation/theme/fonts/bold.ttf": font(weight="Bold"),
    "organisation/theme/print.css": PRINT,
    "organisation/theme/screen.css": SCREEN,
    "organisation/theme/OFL.txt": "The licence",
}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    return Small(tmp_path, monkeypatch).write({"base/law.md": LAW})


@pytest.fixture
def dressed(small: Small) -> Small:
    return small.write(THEME)


def written(document: Document, format: str) -> bytes:
    return writer(format).write(document)


def names(pdf: bytes) -> set[str]:
    """The families of the fonts that a PDF embeds."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        fonts = [
            f for page in file.pages for f in page.get("/Resources", {}).get("/Font", {}).values()
        ]
        return {"-".join(re.split("[+-]", str(f["/BaseFont"]))[1:3]) for f in fonts}


# --- What it changes -----------------------------------------------------------------------------------------


def test_a_pdf_is_set_in_its_font_and_by_its_sheet(dressed: Small) -> None:
    document = dressed.document()
    pdf, _, messages, _ = render(document)
    assert [m.getMessage() for m in messages] == []
    assert names(pdf) == {"Fenwick-Sans"}
    with pikepdf.open(io.BytesIO(pdf)) as file:
        drawn = b"".join(page.Contents.read_bytes() for page in file.pages)
    assert re.search(rb"0?\.1137\d* 0?\.3098\d* 0?\.5686\d* (rg|sc)", drawn)


def test_html_carries_the_font_and_the_sheet_and_fetches_nothing(dressed: Small) -> None:
    page = parser.document_fromstring(written(dressed.document(), "html").decode())
    (style,) = page.xpath("//style/text()")
    assert style.rstrip().endswith(SCREEN.rstrip())
    carried = re.findall(
        r'"Fenwick Sans"; font-weight: \d+; src: url\(data:font/woff2;base64,([^)]+)', style
    )
    assert carried
    for data in map(base64.b64decode, carried):
        assert len(data) < len(font()) / 2
        assert set(map(ord, "AzŵāŌ–’")) <= set(TTFont(io.BytesIO(data)).getBestCmap())
    assert {url[:5] for url in re.findall(r"url\([\"']?([^)\"']{0,20})", style)} == {"data:"}
    policy = page.xpath("//meta[@http-equiv]/@content")[0]
    assert policy.endswith("img-src data:; font-src data:")


def test_word_is_told_the_name_of_the_font(dressed: Small) -> None:
    with zipfile.ZipFile(io.BytesIO(written(dressed.document(), "docx"))) as file:
        for part in ("word/theme/theme1.xml", "word/fontTable.xml"):
            assert b'"Fenwick Sans"' in file.read(part)
            assert b"Public Sans" not in file.read(part)
        assert not [
            name for name in file.namelist() if "fonts/" in name
        ]  # its licence may not allow that
        assert b"embedRegular" not in file.read("word/fontTable.xml")


def test_no_words_change(dressed: Small) -> None:
    document = dressed.document()
    plain = replace(document, brand=replace(document.brand, theme=PLAIN))
    assert written(document, "md") == written(plain, "md")
    texts = [
        parser.document_fromstring(written(d, "html").decode()).find("body").text_content()
        for d in (document, plain)
    ]
    assert texts[0] == texts[1]


@pytest.mark.slow
def test_one_organisations_font_does_not_reach_another(dressed: Small) -> None:
    document = dressed.document()
    plain = replace(document, brand=replace(document.brand, theme=PLAIN))
    press_for.cache_clear()
    alone = written(plain, "pdf")
    written(document, "pdf")
    assert written(plain, "pdf") == alone
    assert names(alone) == {"Public-Sans"}


def test_it_travels_with_the_policy(dressed: Small) -> None:
    policy = dressed.policy()
    again = policy_from_json(policy_to_json(policy))
    assert again == policy
    assert (again.theme.family, again.theme.print) == ("Fenwick Sans", PRINT)
    for format in ("pdf", "docx", "html"):
        assert written(present(again, "overview"), format) == written(
            present(policy, "overview"), format
        )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("print", "h2 { background: url(http://x.example) }"),
        ("screen", "</style><script>"),
        ("screen", "x" * (SHEET_LIMIT + 1)),
        ("regular", "%%"),
        ("bold", base64.b64encode(b"wOF2").decode()),
        ("bold", base64.b64encode(b"OTTO" + b"x" * FONT_LIMIT).decode()),
        ("family", 'A"; } * { color: red'),
    ],
)
def test_nor_does_a_strangers_policy_bring_what_a_folder_may_not(
    key: str, value: str, dressed: Small
) -> None:
    data = json.loads(policy_to_json(dressed.policy()))
    data["theme"][key] = value
    with pytest.raises(ValidationError, match=f"theme.{key}"):
        policy_from_json(json.dumps(data).encode())


def test_a_policy_written_before_there_were_themes_is_read(small: Small) -> None:
    data = json.loads(policy_to_json(small.policy()))
    del data["theme"], data["dated"]
    assert policy_from_json(json.dumps(data).encode()) == small.policy()


def test_only_a_sheet_or_only_a_font(small: Small) -> None:
    small.write({"organisation/theme/screen.css": SCREEN})
    page = written(small.document(), "html").decode()
    assert SCREEN in page
    assert "Fenwick Sans" not in page
    assert names(written(small.document(), "pdf")) == {"Public-Sans"}
    small.write({"organisation/theme/theme.yaml": "font:\n"})
    assert small.problems() == ()


def test_the_digest_of_the_profile_covers_it(small: Small) -> None:
    seen = [small.organisation().digest]
    for name, data in THEME.items():
        if not name.endswith("OFL.txt"):
            small.write(
                {n: d for n, d in THEME.items() if n.endswith("ttf")}
                if name.endswith("yaml")
                else {}
            )
            small.write({name: data})
            seen.append(small.organisation().digest)
    assert (
        len(set(seen)) == 4
    )  # the profile, with fonts, with a sheet for print, with one for the screen


# --- What a sheet may say ------------------------------------------------------------------------------------

REFUSED = {
    '@import "http://x.example/a.css";': '1:1 A sheet has no "@import" here.',
    "@import url(a.css);": '1:1 A sheet has no "@import" here.',
    "@IMPORT 'a.css';": '1:1 A sheet has no "@import" here.',
    '@font-face { font-family: x; src: url("x.ttf") }': "1:1 A sheet brings no fonts.",
    '@charset "utf-8"; h2 { color: red }': '1:1 A sheet has no "@charset" here.',
    "@media print { @media screen { h2 { color: red } } }": '1:16 A sheet has no "@media" here.',
    "@media print { @import 'x'; }": '1:16 A sheet has no "@import" here.',
    "h2 { background: url(http://x.example/p) }": "1:18 A sheet names no files and no addresses.",
    "h2 { background: URL( 'x' ) }": '1:18 A sheet does not use "url()".',
    "h2 { background: \\75 rl('x') }": '1:18 A sheet does not use "url()".',
    "h2 { background: u\\rl(x) }": "1:18 A sheet names no files and no addresses.",
    "h2 { background: image-set('x' 1x) }": '1:18 A sheet does not use "image-set()".',
    "h2 { background: src('x') }": '1:18 A sheet does not use "src()".',
    "h2 { color: expression(alert(1)) }": '1:13 A sheet does not use "expression()".',
    "h2 { width: calc(1px + url(x)) }": "1:24 A sheet names no files and no addresses.",
    "h2 { color: attr(title) }": '1:13 A sheet does not use "attr()".',
    "h2 { behavior: none }": '1:6 A sheet does not set "behavior".',
    "h2 { -moz-binding: none }": '1:6 A sheet does not set "-moz-binding".',
    'h1::before { content: "Not" }': '1:14 A sheet does not set "content".',
    ".clause { display: none }": '1:11 A sheet does not set "display".',
    "li { list-style-type: 'never ' }": "1:23 A text in quotes has no place here.",
    ":root { --organisation: x }": '1:9 A sheet does not set "--organisation".',
    ":root { --brand: #fff }": '1:9 A sheet does not set "--brand".',
    "h2 { text-transform: uppercase }": '1:6 A sheet does not set "text-transform".',
    "h2 { outline: none }": '1:6 A sheet does not set "outline".',
    "a {\n  color: red;\n  position: fixed;\n}": '3:3 A sheet does not set "position".',
    "h2 { color: red } </style><script>": "1:19 A sheet holds no <.",
    "/* </style> */": "1:4 A sheet holds no <.",
    "h2 { font-family: '</style>' }": "1:20 A sheet holds no <.",
    "<!-- h2 { color: red } -->": "1:1 A sheet holds no <.",
    "h2 { color: red; h3 { color: red } }": "1:18 This is not a line of `property: value`.",
    "h2 { color red }": "1:15 This is not a line of `property: value`.",
    "h2": "1:1 This is not a rule of CSS.",
    "h2 { color: red;": "",
    "h2 { width: [a] }": "1:13 These brackets have no place here.",
    "h2 { width: " + "calc(" * 3000 + "1px": '1:18 "calc()" stands within no other function.',
    "@page { size: A5; @top-left { content: 'x' } }": '1:31 A sheet does not set "content".',
    "@page { @bottom-middle-x { color: red } }": "1:9 This is not a line of `property: value`.",
    "h2 { color: 'a\nb' }": "1:13 A sheet names no files and no addresses.",
}


@pytest.mark.parametrize("css", REFUSED)
def test_what_a_sheet_may_not_say(css: str) -> None:
    found = [f"{f.line}:{f.column} {f.what}" for f in sheet_faults(css)]
    assert found[:1] == ([REFUSED[css]] if REFUSED[css] else [])


@pytest.mark.parametrize(
    "css",
    [
        PRINT,
        SCREEN,
        "",
        "@page { size: A4; margin: 20mm 15mm; @top-left { color: #333; font-size: 9pt } }",
        "@page draft:first { margin-top: 30mm }",
        ".brief h2 { font: 700 14pt/1.2 'Fenwick Sans', sans-serif; letter-spacing: -0.01em !important }",
        "h2:not(.x) > a[href^='#']::before { padding: calc((1rem + 2px) * 2) clamp(1px, 2px, 3px) }",
    ],
)
def test_what_it_may(css: str) -> None:
    assert sheet_faults(css) == []


# --- Faults, where they stand --------------------------------------------------------------------------------

PLACE = "profiles/example/theme/"
FAULTS: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "a sheet": (
        {
            "print.css": "h2 {\n  content: 'x';\n  background: url(x) }\n",
            "screen.css": "@import 'x';",
        },
        [
            'print.css:2:3 error A sheet does not set "content".',
            "print.css:3:15 error A sheet names no files",
            'screen.css:1:1 error A sheet has no "@import" here.',
        ],
    ),
    "a key": (
        {"theme.yaml": "fonts: {}\n"},
        ['theme.yaml:1:1 error There is no key "fonts".\n    Did you mean "font"?'],
    ),
    "a font without its bold": (
        {"theme.yaml": "font: {family: X, regular: regular.ttf}"},
        ['theme.yaml:1:1 error "font.bold" is missing.'],
    ),
    "a name": (
        {"theme.yaml": YAML.replace("Fenwick Sans", '"A; } * {"')},
        ['theme.yaml:2:11 error font.family ("A; } * {"): This is not the name of a font.'],
    ),
    "files": (
        {
            "theme.yaml": YAML.replace("regular.ttf", "../../../etc/passwd").replace(
                "fonts/bold", "bold"
            )
        },
        [
            "theme.yaml:3:12 error This file lies outside the theme folder.",
            'theme.yaml:4:9 error There is no file "bold.ttf" in the theme folder.',
        ],
    ),
    "a folder and an absolute path": (
        {"theme.yaml": YAML.replace("regular.ttf", "fonts").replace("fonts/bold.ttf", "/dev/zero")},
        [
            "theme.yaml:3:12 error This is not a file.",
            "theme.yaml:4:9 error This file lies outside the theme folder.",
        ],
    ),
    "no fonts": (
        {"regular.ttf": b"wOF2" + b"\0" * 100, "fonts/bold.ttf": font()[:3000]},
        [
            "theme.yaml:3:12 error This is not a TTF or OTF font.",
            "theme.yaml:4:9 error This font is broken.",
        ],
    ),
    "fonts that may not be": (
        {
            "regular.ttf": changed(lambda f: setattr(f["OS/2"], "fsType", 2)),
            "fonts/bold.ttf": font() + b"x" * FONT_LIMIT,
        },
        [
            "theme.yaml:3:12 error By its own licence bits this font may not be embedded.",
            "theme.yaml:4:9 error This font is larger than 1 MB.",
        ],
    ),
    "a font without its characters": (
        {"regular.ttf": changed(lambda f: f.__delitem__("cmap"))},
        ["theme.yaml:3:12 error This font lacks a part."],
    ),
    "files that nothing reads": (
        {"style.css": "", "print.scss": "", "theme.yml": ""},
        [
            "print.scss error Nothing reads this file",
            "style.css error Nothing reads",
            "theme.yml error Nothing reads",
        ],
    ),
    "a large sheet": (
        {"print.css": "/*" + "x" * SHEET_LIMIT + "*/"},
        ["print.css error This file has"],
    ),
    "no text": ({"print.css": b"\xff\xfeh"}, ["print.css:1:1 error This file is not in UTF-8."]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_stands_where_it_is(name: str, dressed: Small) -> None:
    files, wanted = FAULTS[name]
    dressed.write({f"organisation/theme/{file}": data for file, data in files.items()})
    found = [said(problem).removeprefix("organisation/theme/") for problem in dressed.problems()]
    assert len(found) == len(wanted), found
    for one, start in zip(found, wanted, strict=True):
        assert one.startswith(start), one


def test_faults_of_the_profile_and_of_the_theme_are_told_together(dressed: Small) -> None:
    dressed.write({"organisation/theme/print.css": "h2 { content: x }"}).set("nam: x\n")
    assert [p.location.path for p in dressed.problems()] == [
        "profiles/example/profile.yaml",
        f"{PLACE}print.css",
    ]


def test_a_folder_or_a_file_that_is_a_link_leads_nowhere(dressed: Small, tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("h2 { color: red }")
    Path(PLACE, "print.css").unlink()
    Path(PLACE, "print.css").symlink_to(secret)
    assert [p.what for p in dressed.problems()] == ["This file lies outside the theme folder."]
    Path(PLACE).rename(tmp_path / "elsewhere")
    Path("profiles/example/theme").symlink_to(tmp_path / "elsewhere")
    assert [str(p) for p in dressed.problems()] == [
        "profiles/example/theme: error: The theme folder is a link. Put the folder itself there."
    ]
    assert build_fingerprint(Path("profiles/example/profile.yaml"), Workspace())


# --- Characters that a font lacks ----------------------------------------------------------------------------


def lacking(small: Small, **more: Any) -> list[str]:
    result = small.run("build", "example", "-f", "md", **more)
    assert result.exit_code == 0
    lines = [line for line in result.stderr.splitlines() if " has no " in line]
    return [line.removesuffix("  PG413") for line in lines]


def test_a_character_that_the_font_lacks_is_said(small: Small) -> None:
    small.write({"organisation/law.md": "## Rūl 漢 {#law.rule}\n\n### Rule\n\nSee ☃ and 漢.\n"})
    assert lacking(small) == [
        'Fenwick Borough Council: warning: Public Sans has no "漢" (U+6F22) and "☃" (U+2603), which stand in law.rule.',
    ]
    assert 'Public Sans has no "漢"' in " ".join(p.what for p in small.problems())


def test_a_name_in_another_script_is_one_warning(small: Small) -> None:
    small.set("unions: [漢字文化圏市役所]\n")
    [told] = [p.what for p in small.problems() if p.code == "PG413"]
    assert told.startswith('Public Sans has no "漢" (U+6F22), "字" (U+5B57), ')
    assert told.endswith('"市" (U+5E02) and 2 more, which stand in the profile.')


def test_a_themes_font_is_asked_in_all_its_weights(dressed: Small) -> None:
    dressed.set("unions: [Ūnison]\n")
    assert lacking(dressed) == []
    dressed.write(
        {
            "organisation/theme/fonts/bold.ttf": font(
                weight="Bold", characters=LATIN.replace("Ū", "")
            )
        }
    )
    assert lacking(dressed) == [
        'Fenwick Borough Council: warning: Fenwick Sans has no "Ū" (U+016A), which stands in the profile.'
    ]
