"""Score the ranking of `policygen match` against passages that people have labelled.

    python bench/match/score.py [--texts DIR]... [--misses]

A folder holds `<name>.txt` (paragraphs between blank lines, headings with #) and
`<name>.labels.yaml`: for each paragraph the clauses that may answer it, and the clauses on which
the policy has no passage. Where a text is missing, its labels are skipped by name: the texts of
others are not ours to keep here. Without --texts, the invented ones beside this file are taken.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from policygen.load.profile.path import find_profile
from policygen.load.profile.profile import load_organisation
from policygen.match.rank import rank
from policygen.model.existing.policy import ExistingPassage
from policygen.model.matching.ranking import Likelihood, Ranking, SoughtClause
from policygen.pipeline.match.sought import sought_clauses
from policygen.pipeline.workspace import Workspace

HERE = Path(__file__).parent
KINDS = {"lakeland": "health-body"}  # of invented texts; any other is a council's


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.0%}" if whole else "-"


@dataclass
class Score:
    """How often the ranking was right."""

    passages: int = 0  # that some clause answers
    ids: int = 0  # labels in all
    hits: dict[int, int] = field(default_factory=dict)  # passages, by how far down
    ids_at_ten: int = 0
    silent: int = 0  # clauses told to have no passage
    absent: int = 0
    said_absent: int = 0
    present: int = 0
    missed_present: int = 0

    def add(self, other: Score) -> None:
        for name in (
            "passages",
            "ids",
            "ids_at_ten",
            "absent",
            "said_absent",
            "present",
            "missed_present",
            "silent",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for far, count in other.hits.items():
            self.hits[far] = self.hits.get(far, 0) + count

    def __str__(self) -> str:
        first = ", ".join(f"{far}: {share(n, self.passages)}" for far, n in self.hits.items())
        return (
            f"passages with a right clause in the first {first}; labels in ten {share(self.ids_at_ten, self.ids)}; "
            f"absent clauses told as such {share(self.said_absent, self.absent)}, "
            f"'no passage' right {share(self.silent - self.missed_present, self.silent)}, "
            f"present clauses told as absent {share(self.missed_present, self.present)}"
        )


def paragraphs(text: str) -> list[ExistingPassage]:
    """The passages of a text in the form of the labels, headings kept as their context."""
    found: list[ExistingPassage] = []
    above: list[tuple[int, str]] = []
    for block in (one.strip() for one in re.split(r"\n\s*\n", text)):
        if block.startswith("#"):
            level = len(block) - len(block.lstrip("#"))
            above = [one for one in above if one[0] < level]
            above.append((level, block.lstrip("# ").strip()))
        elif block:
            found.append(ExistingPassage(len(found) + 1, block, tuple(t for _, t in above)))
    return found


def clauses_of(kind: str) -> tuple[SoughtClause, ...]:
    """Those of a body of a kind in England; of the example council, if it is one."""
    workspace = Workspace()
    organisation = load_organisation(find_profile("fenwick"), workspace.library)
    if kind != "council":
        from dataclasses import replace

        update = {"kind": kind, "elected_members": False, "services": ()}
        organisation = replace(organisation, profile=organisation.profile.model_copy(update=update))
    return sought_clauses(organisation, workspace)


def score(
    labels: dict[str, Any],
    passages: list[ExistingPassage],
    clauses: tuple[SoughtClause, ...],
    misses: bool,
) -> Score:
    known = {clause.id for clause in clauses}
    ranking = rank(passages, clauses)
    result = Score(hits=dict.fromkeys((1, 3, 5, 10), 0))
    present: set[str] = set()
    for label in labels["paragraphs"]:
        number, wanted = label["n"], [id for id in label["clauses"] if id in known]
        text = passages[number - 1].text
        if sha256(text.encode()).hexdigest()[:12] != label["sha"]:
            print(f"  paragraph {number} is not the one that was labelled", file=sys.stderr)
            continue
        present |= set(wanted)
        if not wanted:
            continue
        ranked = [one.id for one in ranking.clauses.get(number, ())]
        places = [ranked.index(id) + 1 if id in ranked else 99 for id in wanted]
        result.passages += 1
        result.ids += len(wanted)
        result.ids_at_ten += sum(place <= 10 for place in places)
        for far in result.hits:
            result.hits[far] += min(places) <= far
        if misses:
            for id, place in zip(wanted, places, strict=True):
                if place > 10:
                    print(f"  missed {id} (of {wanted}): {text[:90]} -> {ranked[:4]}")
    silent = {id for id in known if is_silent(ranking, id)}
    absent = [id for id in labels.get("absent", ()) if id in known]
    result.silent = len(silent)
    result.absent, result.present = len(absent), len(present)
    result.said_absent = sum(id in silent for id in absent)
    result.missed_present = len(present & silent)
    if misses:
        print("  told as absent, but there:", sorted(present & silent))
        for id in absent:
            if id not in silent:
                one = ranking.passages[id][0]
                print(
                    f"  not told as absent: {id}, for {one.likelihood.value}: {passages[one.number - 1].text[:80]}"
                )
    return result


def is_silent(ranking: Ranking, id: str) -> bool:
    first = next(iter(ranking.passages.get(id, ())), None)
    return first is None or first.likelihood is Likelihood.UNLIKELY


def texts(folders: list[Path]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the name, the labels and the text of each policy; say which have no text."""
    for folder in folders:
        for file in sorted(folder.glob("*.labels.yaml")):
            name = file.name.removesuffix(".labels.yaml")
            text = file.with_name(f"{name}.txt")
            if not text.is_file():
                print(f"{name}: skipped, for its text is not here")
                continue
            yield name, YAML(typ="safe").load(file), text.read_text("utf-8")


def main(arguments: list[str]) -> None:
    misses = "--misses" in arguments
    folders = [Path(b) for a, b in pairwise(arguments) if a == "--texts"]
    total = Score()
    for name, labels, text in texts(folders or [HERE / "invented"]):
        clauses = clauses_of(labels.get("kind") or KINDS.get(name, "council"))
        found = score(labels, paragraphs(text), clauses, misses)
        print(f"{name}: {found}")
        total.add(found)
    print(f"All: {total}")


if __name__ == "__main__":
    main(sys.argv[1:])
