"""The provenance of a policy as lines of text, for a terminal or a file."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from textwrap import wrap

import click

from policygen.cli.escape import printable
from policygen.model.extent import Omission
from policygen.model.policy import Policy
from policygen.model.provenance import ClauseTrace, Provenance, Step

_NOTE_INDENT = " " * 11
_WORDS_INDENT = " " * 4
_AGAINST = {
    "changed": ("stale", "the words beneath have changed since"),
    "unknown": ("not stamped", "nothing says which words it was written against"),
}


def explain_text(policy: Policy, provenance: Provenance, clause: str, *, is_file: bool) -> str:
    """Return the provenance as text, folded for a terminal; `clause` shows its words too."""
    width = sys.maxsize
    if sys.stdout.isatty() and not is_file:
        width = shutil.get_terminal_size().columns
    return "\n".join(_fold(_lines(policy, provenance, clause), width)).lstrip("\n")


def _fold(lines: Iterator[str], width: int) -> Iterator[str]:
    """Fold long lines under themselves; a file's lines stay whole, for `grep`."""
    for line in lines:
        bare = click.unstyle(line)
        if len(bare) <= width:
            yield line
            continue
        is_words = bare.startswith(_WORDS_INDENT) and not bare.startswith(_NOTE_INDENT)
        indent = _WORDS_INDENT if is_words else f"{_NOTE_INDENT}  "
        for part in wrap(bare, width, subsequent_indent=indent, break_on_hyphens=False):
            yield click.style(part, bold=True) if line != bare else part


def _lines(policy: Policy, provenance: Provenance, clause: str) -> Iterator[str]:
    if not clause:
        yield from _layers(provenance)
        yield from _summary(provenance)
    for traced in provenance.clauses:
        yield from _clause(provenance, traced)
        if traced.id == clause:
            yield from _words(policy, clause)
    for traced in provenance.removed:
        yield from _clause(provenance, traced, " (removed)")
    for traced in provenance.left_out:
        yield from _clause(provenance, traced, " (left out)")
        if traced.omission:
            yield from _omission(traced.omission)


def _omission(omission: Omission) -> Iterator[str]:
    """Why a clause is left out, the document that covers it, and who cleared it."""
    see = omission.see
    notes = {
        "left out by extent": omission.extent,
        "left out because": omission.because,
        "see": f"{see.title} {see.url or ''}".rstrip() if see else "",
        "cleared by": omission.cleared_by,
    }
    for key, note in notes.items():
        if note:
            yield f"  {key}: {printable(note)}"


def _words(policy: Policy, id: str) -> Iterator[str]:
    """The words of a clause in each of its tiers."""
    clause = policy.clause(id)
    for telling in clause.tellings if clause else ():
        yield ""
        yield click.style(f"  {policy.outline.tiers[telling.tier].heading}", bold=True)
        for line in telling.wording.text.split("\n"):
            yield f"{_WORDS_INDENT}{printable(line)}".rstrip()


def _layers(provenance: Provenance) -> Iterator[str]:
    """The layers, and how much each does."""
    head = f"{printable(provenance.organisation)}: {len(provenance.layers)} layers, lowest first"
    yield click.style(head, bold=True)
    for layer in provenance.layers:
        only = f"  (in {', '.join(layer.sections)} only)" if layer.sections else ""
        title = "the organisation's own words" if layer.name == "organisation" else layer.title
        counts = {
            "adds": layer.add,
            "replaces": layer.replace,
            "extends": layer.extend,
            "removes": layer.remove,
        }
        edits = ", ".join(f"{verb} {number}" for verb, number in counts.items() if number)
        yield f"  {layer.name}  {printable(title)}{only}: {edits or 'nothing'}"


def _summary(provenance: Provenance) -> Iterator[str]:
    """The finding, in as many lines as it has parts."""
    found = provenance.summary
    numbered = [clause for clause in provenance.clauses if clause.number]
    rests_on = Counter(clause.rests_on for clause in numbered)
    covered = {clause.section for clause in numbered if clause.rests_on == "code"}
    sections = dict.fromkeys(clause.section for clause in numbered)
    uncovered = [section for section in sections if section not in covered]
    yield ""
    yield click.style(f"{found.clauses} clauses", bold=True)
    yield f"  as the model has them: {found.as_the_model}"
    yield (
        f"  written by the organisation: {found.added}; changed: {found.changed}; "
        f"for legal review: {found.review}"
    )
    yield f"  stale edits: {found.changed_beneath}; sources not yet checked: {found.unverified}"
    yield (
        f"  cite a code of conduct: {rests_on['code']}; other sources only: {rests_on['sources']}; "
        f"no source: {rests_on['nothing']} (of {len(numbered)} numbered)"
    )
    if uncovered:
        yield f"  sections in which no clause cites a code: {', '.join(uncovered)}"


def _clause(provenance: Provenance, clause: ClauseTrace, mark: str = "") -> Iterator[str]:
    """A clause: its edits, what chose it, and its sources."""
    binding = "  (binding)" if clause.binding else ""
    width = max(len(layer.name) for layer in provenance.layers)
    yield ""
    yield click.style(f"{printable(clause.label)}  {clause.id}{binding}{mark}", bold=True)
    for step in clause.steps:
        yield f"  {step.edit:<8} {step.layer:<{width}}  {printable(step.path)}:{step.line}"
        for key, note in _notes(step):
            yield f"{_NOTE_INDENT}{key}: {printable(note)}"
    for fact, value in clause.chosen_by:
        yield f"  chosen by {fact}: {printable(str(value))}"
    for ground in clause.grounds:
        locator = f", {ground.locator}" if ground.locator else ""
        code = ", a code of conduct" if ground.code else ""
        only = f", only in {', '.join(ground.places)}" if ground.places else ""
        yield f"  source {printable(ground.title + locator)} ({ground.status}{code}{only})"


def _notes(step: Step) -> Iterator[tuple[str, str]]:
    """What an edit says of itself, and what is said of it."""
    notes = [
        ("because", step.because),
        ("when", step.when),
        ("only in", ", ".join(step.places)),
        ("tells", ", ".join(step.tiers)),
        _AGAINST.get(step.written_against, ("", "")),
        ("for legal review", f"{step.edit}s a binding clause" if step.review else ""),
    ]
    yield from ((key, note) for key, note in notes if note)
