"""Whatever a stranger's file holds: no traceback, nothing unprintable, no long wait; and what passes `check` is built.

A few hundred inputs in `make test`, always the same ones; 20,000 others in `make audit`.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from grammar import fragments, pngs, sheets, svgs
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from lxml import html
from nasty import as_file, changed, edited
from organisations import EVERYTHING, ROOT
from playground import BASE_LAW, COUNT, FULL, LAYER, SOURCES, Playground
from ruamel.yaml import YAML

# A command that is stopped in a finaliser leaves a message there, and is asked again.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
fuzz = settings(
    max_examples=COUNT,
    deadline=None,
    derandomize=not EVERYTHING,  # a test that fails today and passes tomorrow helps nobody
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)
PROFILES = tuple(path.read_text("utf-8") for path in sorted(ROOT.glob("profiles/*/profile.yaml")))
OWN_WORDS = tuple(path.read_text("utf-8") for path in sorted(ROOT.glob("profiles/*/*.md")))
PRINT = (
    "@page { margin: 30mm 22mm }\nh2 { border-bottom: 1.5pt solid #5c7a00; padding-bottom: 3pt }\n"
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playground]:
    with pytest.MonkeyPatch.context() as patch:
        yield Playground(tmp_path_factory.mktemp("fuzz"), patch)


def tree(text: str) -> Any:
    """YAML as plain maps, lists and texts."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


@st.composite
def yaml_like(draw: st.DrawFn, *originals: str) -> bytes:
    """A YAML file like one of these, changed as a text or as a tree."""
    original = draw(st.sampled_from(originals))
    if draw(st.booleans()):
        return draw(edited(original).flatmap(as_file))
    data = draw(changed(tree(original)))
    if draw(st.booleans()):
        return draw(as_file(json.dumps(data, ensure_ascii=draw(st.booleans()))))
    return draw(as_file(dumped(data)))


def dumped(data: Any) -> str:
    """As YAML, or as JSON where YAML cannot hold it."""
    into = io.StringIO()
    try:
        YAML(typ="safe", pure=True).dump(data, into)
    except Exception:  # ruamel cannot write all that JSON can
        return json.dumps(data)
    return into.getvalue()


@fuzz
@given(profile=yaml_like(FULL, *PROFILES))
def test_profiles(ground: Playground, profile: bytes) -> None:
    """What builds is compared, too, for a name stands in more sentences there."""
    if ground.trial({"organisation/profile.yaml": profile}):
        for format in ("json", "markdown", "html"):
            ground.ends("diff", "example", "policy.json", "--format", format, "--out", "report")


@fuzz
@given(
    where=st.sampled_from(("base/law.md", "organisation/law.md", "jurisdiction/uk/law.md")),
    words=st.one_of(
        fragments(), fragments(), st.sampled_from((BASE_LAW, *OWN_WORDS)).flatmap(edited)
    ).flatmap(as_file),
)
def test_fragments(ground: Playground, where: str, words: bytes) -> None:
    if ground.trial({where: words}):
        assert not (marks := typed()), f"printed as typed: {marks}"


AS_TYPED = re.compile(r"HIDDEN|\{\{|\}\}|\{%|<!--|-->|\[\^|~~|^:::|\[[ x]\] |\*\*", re.M)


def typed() -> list[str]:
    """Marks that stand in the full story as they were typed, outside code, where they are meant."""
    page = html.parse("dist/example/full-story.html").getroot().find("body")
    for code in page.iter("code", "script", "style"):
        code.text = ""
    return AS_TYPED.findall(page.text_content())


@fuzz
@given(
    name=st.sampled_from(("print.css", "screen.css")),
    sheet=st.one_of(sheets(), sheets(), edited(PRINT)).flatmap(as_file),
)
def test_style_sheets(ground: Playground, name: str, sheet: bytes) -> None:
    """A sheet for print is tried in print, which takes its time, in `make audit` only."""
    formats = ("pdf",) if EVERYTHING and name == "print.css" else ()
    ground.trial({f"organisation/theme/{name}": sheet}, *formats)


LIBRARY_FILES = {
    "jurisdiction/uk/layer.yaml": LAYER,
    "jurisdiction/uk/sources.yaml": SOURCES,
    "kind/council/layer.yaml": "title: Council\nonly: [england]\nasks: [elected_members]\n",
    "outline.yaml": "",
    "labels.yaml": "",
    "style.yaml": "",
}


@st.composite
def library_files(draw: st.DrawFn) -> dict[str, bytes]:
    name = draw(st.sampled_from(sorted(LIBRARY_FILES)))
    original = LIBRARY_FILES[name] or _shipped(name)
    return {name: draw(yaml_like(original))}


def _shipped(name: str) -> str:
    from small import OUTLINE

    return OUTLINE if name == "outline.yaml" else (ROOT / "templates" / name).read_text("utf-8")


@fuzz
@given(files=library_files())
def test_library_files(ground: Playground, files: dict[str, bytes]) -> None:
    ground.trial(files)


@fuzz
@given(data=st.data())
def test_policy_json(ground: Playground, data: st.DataObject) -> None:
    """Compared with the file that it was made of, in every form of a report."""
    if data.draw(st.integers(0, 4)):
        text = json.dumps(
            data.draw(changed(ground.policy_json)), ensure_ascii=data.draw(st.booleans())
        )
    else:
        text = data.draw(edited(json.dumps(ground.policy_json)))
    Path("changed.json").write_bytes(data.draw(as_file(text)))
    for format in ("json", "markdown", "html", "docx"):
        ended = ground.ends(
            "diff", "policy.json", "changed.json", "--format", format, "--out", "report"
        )
        if ended.exit_code:
            break


SVG = (ROOT / "profiles/fenwick/logo.svg").read_text("utf-8")


@fuzz
@example(logo=b'<?xml version="1.0" encoding="x"?><svg xmlns="x"/>', ending="svg")
@example(logo=b'<?xml version="1.0" encoding="utf-7"?><svg xmlns="x"/>', ending="svg")
@given(
    logo=st.one_of(svgs().flatmap(as_file), edited(SVG).flatmap(as_file), pngs(), pngs()),
    ending=st.sampled_from(("svg", "png")),
)
def test_logos(ground: Playground, logo: bytes, ending: str) -> None:
    profile = FULL.replace("brand: {", f"brand: {{logo: logo.{ending}, ")
    files = {"organisation/profile.yaml": profile, f"organisation/logo.{ending}": logo}
    ground.trial(files, "html", "docx", *(("pdf",) if EVERYTHING else ()))
