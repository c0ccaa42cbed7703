"""match.yaml in a profile's folder -> MatchDecisions."""

from __future__ import annotations

from pathlib import Path

from policygen.load.yaml.reader import Marked, read_yaml, without_empty
from policygen.load.yaml.validate import validate_as
from policygen.model.matching.decision import DECISIONS_FILE, MatchDecisions


def read_decisions(profile: Path) -> MatchDecisions:
    """Read what was decided for a profile; nothing where there is no file.

    Raises PolicygenError for a file that says what none may.
    """
    file = profile.parent / DECISIONS_FILE
    if not file.exists():
        return MatchDecisions()
    marked = read_yaml(file)
    return validate_as(
        MatchDecisions, Marked(without_empty(marked.data), marked.marks, marked.text)
    )
