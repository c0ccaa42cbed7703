"""A policy beside another on the page: in place, and to download."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from consulting import LAW
from visitor import Visitor, bring

from policygen.model.policy import policy_to_json
from policygen.pipeline.compose_profile import compose_profile

COMPARE = "/body/example/compare"
PROFILE = Path("profiles/example/profile.yaml")
OLD = b"# Old\n\nSave every post of the council within 9 days.\n"


def report(town: Visitor, other: str, ending: str = "html") -> bytes:
    answer = town.open(f"/body/example/changes.{ending}?frame=1&other={other}")
    assert answer.status == 200
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    return answer.data


def test_with_the_last_release_a_neighbour_and_another_posture(town: Visitor) -> None:
    shutil.copytree("profiles/example", "profiles/neighbour")
    own = LAW.partition("## Ask first")[2].partition("## Save")[0]
    words = f"## Ask first{own}".replace("- label", "- change: replace\n- label")
    Path("profiles/example/law.md").write_text(words.replace("the lawyers", "counsel"))
    page = town.open(COMPARE)
    keys = re.findall(r'<option value="([^"]+)"', page.html)
    assert keys[0] == "release.0.9"
    assert "The last release, 0.9 (consultation, 2026-11-02)" in page.text
    assert "body.neighbour" in keys
    assert "body.fenwick" in keys
    assert "body.example" not in keys
    for key in ("release.0.9", "body.neighbour"):
        shown = town.open(f"{COMPARE}?other={key}")
        assert "Of 3 clauses, 2 are the same: 1 reworded" in shown.text
        assert f'src="/body/example/changes.html?frame=1&amp;other={key}"' in shown.html
        assert b"counsel" in report(town, key)
    posture = next(key for key in keys if key.startswith("posture."))
    assert "if its posture were" in town.open(f"{COMPARE}?other={posture}").text
    file = town.open("/body/example/changes.docx?other=release.0.9")
    assert file.data.startswith(b"PK")
    assert "example-changes.docx" in file.headers["content-disposition"]


def test_with_a_policy_json_or_an_old_policy_that_was_decided_on(town: Visitor) -> None:
    made = compose_profile(PROFILE, town.session.workspace).policies[0]
    page = bring(town, "compare", ("../policy.json", policy_to_json(made)))
    assert "The two policies are the same" in page.text
    refused = bring(town, "compare", ("old.md", OLD))
    assert refused.status == 422
    assert "Decide that first, under “Old policy”" in refused.text
    Path("profiles/example/match.yaml").write_text(
        "documents:\n  old.md:\n    own:\n      '000000000000': {id: law.old}\n"
    )
    assert "old.md" in bring(town, "compare", ("old.md", OLD)).text


def test_what_is_no_policy_is_refused_and_not_kept(town: Visitor) -> None:
    for name, data in (
        ("x.json", b"{}"),
        ("x.json", b"[" * 100_000),
        ("x.exe", b"MZ\0"),
        ("", b""),
    ):
        answer = bring(town, "compare", (name, data))
        assert answer.status == 422
        assert "file.0" not in answer.html
        assert "A file that you gave" not in answer.text
    assert town.open("/body/example/changes.html?other=body.../../etc").status == 404
    assert town.open("/body/example/changes.exe?other=release.0.9").status == 404
    assert "<iframe" not in town.open(f"{COMPARE}?other=file.0").html
