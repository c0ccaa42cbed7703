"""`build --site`: a folder for a web server, and plain HTML to paste into an intranet."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html as parser
from organisations import PROFILES, workspace
from small import LAW, Small

from policygen.pipeline.build import build
from policygen.pipeline.publish.publish import Publication, save_publication
from policygen.pipeline.publish.site import with_site
from policygen.store.built.manifest import renew_manifest

EDITIONS = ("overview", "snapshot", "policy")
GLANMORFA = "glanmorfa"  # a policy of two languages


@cache
def published(organisation: str) -> Publication:
    profile = PROFILES / organisation / "profile.yaml"
    return with_site(build(profile, workspace(), EDITIONS, ["html", "md", "large-print-docx"]))


@pytest.fixture(scope="module", params=["fenwick", GLANMORFA])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    save_publication(published(request.param), out)
    return out / request.param


def test_the_index_leads_to_every_file_with_its_size(folder: Path) -> None:
    page = parser.document_fromstring((folder / "site/index.html").read_bytes())
    links = {link.get("href"): link.text_content() for link in page.xpath("//main//li/a")}
    assert set(links) == {path.name for path in (folder / "site").iterdir()} - {"index.html"}
    for name, words in links.items():
        size = round((folder / "site" / name).stat().st_size / 1000)
        assert words.endswith(f"{size} kB")
    assert page.xpath("//h2/a/@href")[:3] == [f"{edition}.html" for edition in EDITIONS]


def test_every_link_of_the_site_stays_in_it_and_arrives(folder: Path) -> None:
    pages = {path.name: path.read_text("utf-8") for path in (folder / "site").glob("*.html")}
    for name, text in pages.items():
        for href in parser.document_fromstring(text).xpath("//a/@href"):
            address = urlsplit(href)
            if address.scheme:
                continue
            path = folder / "site" / (address.path or name)
            assert path.is_file(), href
            if address.fragment:
                assert f'id="{address.fragment}"' in pages[path.name], href


def test_what_is_pasted_is_plain_and_clashes_with_nothing(folder: Path) -> None:
    ids: Counter[str] = Counter()
    pasted = {path.stem: path.read_text("utf-8") for path in (folder / "paste").iterdir()}
    assert set(EDITIONS) <= set(pasted)
    for stem, text in pasted.items():
        page = parser.fragment_fromstring(text)
        assert not page.xpath(".//script | .//style | .//@style | .//@class | .//h1 | .//nav")
        assert page.xpath(".//h2")
        own = page.xpath(".//@id")
        assert all(id.startswith(f"{stem.replace('.', '-')}-") for id in own)
        ids.update(own)
        hrefs = page.xpath(".//a/@href")
        assert {href[1:] for href in hrefs if href.startswith("#")} <= set(own)
        assert all(href.startswith(("#", "http", "mailto:", "tel:")) for href in hrefs)
        # every word of the page stands in it, but for what the page says around them
        article = page.xpath(".//article")
        assert stem not in ("policy",) or len(article) > 50
    assert ids
    assert max(ids.values()) == 1


def test_a_page_that_is_no_longer_made_goes(tmp_path: Path) -> None:
    whole = published("fenwick")
    save_publication(whole, tmp_path)
    fewer = tuple(file for file in whole.files if "snapshot" not in file.path)
    listed = [file.path for file in whole.files]
    save_publication(replace(whole, files=fewer), tmp_path, listed=listed)
    renew_manifest(tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert not {path for path in left if "snapshot" in path and path.count("/") > 1}
    assert "fenwick/snapshot.html" in left  # which a later build may stand beside
    files = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    assert set(files) == left - {"manifest.json"}


def test_the_command_makes_both_folders_and_nothing_twice(small: Small) -> None:
    small.write({"base/law.md": LAW})
    assert small.run("build", "example", "-f", "html").exit_code == 0
    assert not Path("dist/example/site").exists()
    result = small.run("build", "example", "-f", "html", "--site")
    assert result.exit_code == 0, result.output
    assert "dist/example/site/index.html" in result.stdout.splitlines()
    assert "dist/example/paste/full-story.html" in result.stdout.splitlines()
    again = small.run("build", "example", "-f", "html", "--site")
    assert "nothing has changed" in again.stderr
    assert again.stdout == result.stdout


@pytest.mark.parametrize("called", [".", "profile.yaml", "../../link"])
def test_a_page_goes_whatever_the_profile_is_called(
    called: str, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files stand in a folder with the real name of its own, and are listed under that."""
    small.write({"base/law.md": LAW})
    Path("link").symlink_to(Path("profiles/example").resolve())
    out = Path("dist").resolve()
    monkeypatch.chdir("profiles/example")
    words = ("build", called, "-f", "html", "--site", "-o", str(out), "-e", "overview")
    assert small.run(*words, "-e", "full-story").exit_code == 0
    assert (out / "example/site/full-story.html").exists()
    assert small.run(*words).exit_code == 0
    assert not (out / "example/site/full-story.html").exists()
    assert small.run(*words).stderr == "example: nothing has changed since the last build\n"
