"""A value that ends in a full stop leaves its stop to the sentence that it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import PROFILE, Small


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    profile = PROFILE.replace("Fenwick Borough Council", "Legal Services Ltd.")
    return Small(tmp_path, monkeypatch).write(
        {"organisation/profile.yaml": profile + "unions: [Acme Inc., Ours Ltd.]\n"}
    )


def printed(small: Small, words: str) -> tuple[str, str]:
    """What a clause prints, and its skeleton."""
    small.write({"base/law.md": f"# Law\n\n## Ask {{#law.ask}}\n\n### Rule\n\n{words}\n"})
    clause = small.policy().clause("law.ask")
    assert clause is not None
    return clause.tellings[0].wording.text, clause.tellings[0].wording.skeleton


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Ask {{ organisation.name }}.", "Ask Legal Services Ltd."),
        ("Ask {{ organisation.name }}. Then go.", "Ask Legal Services Ltd. Then go."),
        ("Ask {{ organisation.name }} now.", "Ask Legal Services Ltd. now."),
        ("Ask {{ organisation.name }}?", "Ask Legal Services Ltd.?"),
        ("Ask {{ organisation.name }}...", "Ask Legal Services Ltd...."),
        ("Ask {{ organisation.name }}, please.", "Ask Legal Services Ltd., please."),
        ("Ask **{{ organisation.name }}**.", "Ask **Legal Services Ltd**."),
        ("Ask “{{ organisation.name }}”.", "Ask “Legal Services Ltd”."),
        ("Ask us ({{ organisation.name }}).", "Ask us (Legal Services Ltd.)."),
        ("Ask [{{ organisation.name }}](#law.ask).", "Ask [Legal Services Ltd](#law.ask)."),
        ("- {{ organisation.name }}", "- Legal Services Ltd."),
        ("- {{ organisation.name }}.\n- Us.", "- Legal Services Ltd.\n- Us."),
        ("Ask {{ organisation.unions | listed }}.", "Ask Acme Inc. and Ours Ltd."),
        (
            "{% for union in organisation.unions %}{{ union }}, {% endfor %}and us.",
            "Acme Inc., Ours Ltd., and us.",
        ),
        (
            "Ask{% for union in organisation.unions %} {{ union }}{% endfor %}.",
            "Ask Acme Inc. Ours Ltd.",
        ),
    ],
)
def test_one_full_stop(words: str, text: str, small: Small) -> None:
    assert printed(small, words)[0] == text


def test_the_wording_stays_the_same_for_every_body(small: Small) -> None:
    with_stop = printed(small, "Ask {{ organisation.name }}.")
    small.write({"organisation/profile.yaml": PROFILE})
    assert printed(small, "Ask {{ organisation.name }}.")[1] == with_stop[1]
