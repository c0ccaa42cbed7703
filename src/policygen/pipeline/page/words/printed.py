"""A clause at each of its depths as it prints, and where its words come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from policygen.compose.fold import Draft
from policygen.diff.blocks import Redline
from policygen.load.profile.profile import load_organisation
from policygen.model.document import Blocks, Running
from policygen.model.fragment import Organisation
from policygen.model.policy import Policy
from policygen.model.profile import BringIn
from policygen.model.provenance import ClauseTrace
from policygen.pipeline.compose_profile import compose_organisation, language_among
from policygen.pipeline.edit import clause_drafts
from policygen.pipeline.page.contents import OWN_LAYER, ClauseEntry, clause_entry
from policygen.pipeline.workspace import Workspace
from policygen.present.cut import Cut
from policygen.present.edition import present
from policygen.problems import Location, PolicygenError
from policygen.report.origins.trace import narrow_provenance, trace
from policygen.write.writer import PasteWriter, writer


@dataclass(frozen=True, slots=True)
class PrintedTelling:
    """A clause at one depth, as HTML without a look; `layers` are those whose words it has."""

    tier: str
    heading: str
    html: str
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseOnPage:
    """A clause, its tellings side by side, and its provenance.

    `moved` is what the body's own edit and the words beneath it say otherwise, marked as a redline
    from those to these; empty for a clause without such an edit.
    """

    entry: ClauseEntry
    printed: tuple[PrintedTelling, ...]
    trace: ClauseTrace
    moved: tuple[PrintedTelling, ...] = ()


def clause_on_page(profile: Path, id: str, workspace: Workspace) -> ClauseOnPage:
    """Return a clause as the page shows it. Raises PolicygenError, also for one not there."""
    own = workspace.for_profile(profile)
    organisation = load_organisation(profile, own.library)
    policy = policy_of_words(organisation, own)
    drafts = clause_drafts(organisation, id, own)
    found = narrow_provenance(trace(policy), id)
    (traced,) = (*found.clauses, *found.removed, *found.left_out)[:1]
    own_step = traced.own
    moved: tuple[PrintedTelling, ...] = ()
    if own_step and own_step.edit in ("replace", "extend"):
        beneath = policy_of_words(_without(organisation, id), own)
        moved = tuple(_redline(beneath, policy, id, own))
    return ClauseOnPage(
        clause_entry(policy, id),
        tuple(printed_tellings(policy, id, own, drafts)),
        traced,
        moved,
    )


def policy_of_words(organisation: Organisation, workspace: Workspace) -> Policy:
    """Compose a policy in the language in which words are written, or else in its first.

    Raises PolicygenError.
    """
    policies = compose_organisation(organisation, workspace).policies
    tags = [policy.language for policy in policies]
    source = workspace.library.source_language
    try:
        language = language_among(source, tags, organisation.name, Location(organisation.path))
    except PolicygenError:
        language = tags[0]
    return next(policy for policy in policies if policy.language == language)


def printed_tellings(
    policy: Policy, id: str, workspace: Workspace, drafts: Mapping[str, Draft] | None = None
) -> Iterator[PrintedTelling]:
    """Yield what a policy prints of a clause at each depth; nothing of one that is left out."""
    titles = {layer.name: layer.title for layer in policy.stack}
    titles[OWN_LAYER] = policy.profile.name
    for tier, blocks in _blocks(policy, id, workspace).items():
        told = (draft.tellings.get(tier, ()) for draft in (drafts or {}).values())
        layers = dict.fromkeys(passage.layer for passages in told for passage in passages)
        yield PrintedTelling(
            tier,
            policy.outline.tiers[tier].heading,
            _html(policy, f"{tier}-{id}", blocks, workspace),
            tuple(titles.get(layer, layer) for layer in layers),
        )


def _redline(
    beneath: Policy, policy: Policy, id: str, workspace: Workspace
) -> Iterator[PrintedTelling]:
    before, after = (_blocks(one, id, workspace) for one in (beneath, policy))
    for tier in policy.outline.tiers:
        was, now = before.get(tier, ()), after.get(tier, ())
        if was != now:
            blocks = Redline().blocks(was, now)
            html = _html(policy, f"moved-{tier}-{id}", blocks, workspace)
            yield PrintedTelling(tier, policy.outline.tiers[tier].heading, html)


def _blocks(policy: Policy, id: str, workspace: Workspace) -> dict[str, Blocks]:
    """Return what a policy tells of a clause, by tier."""
    clause = policy.clause(id)
    if clause is None or clause.omission:
        return {}
    cut = Cut(policy, policy.outline.full, prose=workspace.prose)
    return {one.tier: cut.blocks(clause, one.wording) for one in clause.tellings}


def _html(policy: Policy, prefix: str, blocks: Blocks, workspace: Workspace) -> str:
    """Print blocks as plain elements, without anything around them."""
    printer = writer("html")
    assert isinstance(printer, PasteWriter)
    around = present(policy, policy.outline.default_editions[0], workspace.prose)
    document = replace(
        around,
        body=blocks,
        masthead=replace(around.masthead, control=None),
        running=Running("", "", "", ""),
    )
    return printer.write_paste(document, prefix).decode()


def _without(organisation: Organisation, id: str) -> Organisation:
    """Return an organisation without its own edit of one clause, which it still takes."""
    fragments = (
        replace(one, edits=tuple(edit for edit in one.edits if edit.id != id))
        for one in organisation.layer.fragments
    )
    contents = organisation.profile.contents
    taken = {**contents.bring_in, id: BringIn(because="To be compared")}
    profile = organisation.profile.model_copy(
        update={"contents": contents.model_copy(update={"bring_in": taken})}
    )
    layer = replace(organisation.layer, fragments=tuple(fragments))
    return replace(organisation, layer=layer, profile=profile)
