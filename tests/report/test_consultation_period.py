"""Whether a consultation is as long as was promised, in whatever language the promise is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from organisations import ROOT, policies
from ruamel.yaml import YAML

from policygen.model.consultation.record import Consultation
from policygen.model.policy import Policy
from policygen.report.consultation.period import keeps_promise

LABELS = YAML(typ="safe").load(ROOT / "templates/labels.yaml")


def promising(text: str, language: str) -> Policy:
    policy = policies("fenwick")[0]
    printed = tuple(replace(one, text=text) for one in policy.commitments)
    units = {key: told[language] for key, told in LABELS.items() if key.startswith("unit_")}
    outline = replace(policy.outline, labels={**policy.outline.labels, **units})
    return replace(policy, commitments=printed, outline=outline)


@pytest.mark.parametrize(
    ("text", "language", "kept"),
    [
        ("20\u00a0working days", "en", True),
        ("26\u00a0working days", "en", False),
        ("1\u00a0month", "en", True),
        ("20\u00a0diwrnod gwaith", "cy", True),
        ("26\u00a0diwrnod gwaith", "cy", False),
        ("6\u00a0wiki", "mi", False),
        ("as long as it takes", "en", None),
        ("", "en", None),
    ],
)
def test_a_promise_is_read_in_the_language_of_the_policy(
    text: str, language: str, kept: bool | None
) -> None:
    days = Consultation("x", "0.9", date(2026, 11, 2), date(2026, 12, 4), date(2027, 12, 31))
    assert keeps_promise(promising(text, language), days) is kept
