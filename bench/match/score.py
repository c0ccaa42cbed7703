"""Score the ranking of `policygen match` against passages that people have labelled.

    python bench/match/score.py [--texts DIR] [--misses]

`labels/` says of real policies which clauses may answer each paragraph, and on which clauses they
have no passage; `invented/` says the same of policies that were made up here, on which the ranking
was set. The texts of others are not ours to keep: DIR holds them as `<name>.txt` (paragraphs
between blank lines, headings with #). A policy without its text is skipped by name.
Nobody tunes the ranking to `labels/`: whoever looks at what it misses there must find new policies.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from policygen.load.profile.path import find_profile
from policygen.load.profile.profile import load_organisation
from policygen.match.rank import rank
from policygen.model.existing.policy import ExistingPassage, passage_key
from policygen.model.matching.ranking import Likelihood, Ranking, SoughtClause
from policygen.pipeline.existing.sought import sought_clauses
from policygen.pipeline.workspace import Workspace

HERE = Path(__file__).parent


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
        if passage_key(text) != label["sha"]:
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


def texts(folder: Path, more: list[Path]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the name, the labels and the text of each policy; say which have no text."""
    for file in sorted(folder.glob("*.labels.yaml")):
        name = file.name.removesuffix(".labels.yaml")
        found = [where / f"{name}.txt" for where in (folder, *more)]
        text = next((path for path in found if path.is_file()), None)
        if text is None:
            print(f"{name}: skipped, for its text is not here")
            continue
        yield name, YAML(typ="safe").load(file), text.read_text("utf-8")


def main(arguments: list[str]) -> None:
    misses = "--misses" in arguments
    more = [Path(b) for a, b in pairwise(arguments) if a == "--texts"]
    for folder in (HERE / "invented", HERE / "labels"):
        total, count = Score(), 0
        for name, labels, text in texts(folder, more):
            clauses = clauses_of(labels.get("kind", "council"))
            found = score(labels, paragraphs(text), clauses, misses)
            print(f"{name}: {found}")
            total.add(found)
            count += 1
        if count:
            print(f"All of {folder.name}: {total}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
