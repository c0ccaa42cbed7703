"""A clause at each of its depths as it prints, and where its words come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from policygen.compose.fold import Draft
from policygen.diff.blocks import Redline
from policygen.load.profile.profile import load_organisation
from policygen.load.records import read_records
from policygen.model.document import Blocks, Document, Running
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
from policygen.problems import Location, PolicygenError, Problem, nearest
from policygen.report.origins.trace import trace
from policygen.store.releases import read_release
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

    One that is left out is printed as it would be if it were taken.
    `moved` is what the body's own edit and the words beneath it say otherwise, marked as a redline
    from those to these; empty for a clause without such an edit. Where the words beneath have
    changed since, `beneath` is how: from those that the release `since` printed, which had no words
    of the body's own yet; empty without such a release.
    """

    entry: ClauseEntry
    printed: tuple[PrintedTelling, ...]
    trace: ClauseTrace
    moved: tuple[PrintedTelling, ...] = ()
    beneath: tuple[PrintedTelling, ...] = ()
    since: str = ""


def clause_on_page(profile: Path, id: str, workspace: Workspace) -> ClauseOnPage:
    """Return a clause as the page shows it. Raises PolicygenError, also for one not there."""
    own = workspace.for_profile(profile)
    organisation = load_organisation(profile, own.library)
    policy = policy_of_words(organisation, own)
    traced = _traced(policy, id)
    if traced.steps[-1].edit == "remove":
        return ClauseOnPage(_removed(traced), (), traced)
    entry = clause_entry(policy, id)
    moved: tuple[PrintedTelling, ...] = ()
    changed: tuple[PrintedTelling, ...] = ()
    since = ""
    if traced.own and traced.own.edit in ("replace", "extend"):
        beneath = policy_of_words(_taking(_without(organisation, id), id), own)
        moved = tuple(_redline(beneath, policy, id, own))
        if traced.own.written_against == "changed" and (
            before := _before_ours(profile, policy, id)
        ):
            since, printed_then = before
            changed = tuple(_redline(printed_then, beneath, id, own))
    if entry.omission:
        policy = _as_if_taken(organisation, id, own) or policy
    drafts = clause_drafts(organisation, id, own)
    printed = tuple(printed_tellings(policy, id, own, drafts))
    return ClauseOnPage(entry, printed, traced, moved, changed, since)


def _traced(policy: Policy, id: str) -> ClauseTrace:
    """Return where a clause of a policy comes from. Raises PolicygenError for none."""
    whole = trace(policy)
    every = (*whole.clauses, *whole.removed, *whole.left_out)
    for clause in every:
        if clause.id == id:
            return clause
    what = f'{policy.profile.name} has no clause "{id}".'
    raise PolicygenError([Problem(what, nearest(id, [one.id for one in every]), code="PG636")])


def _removed(clause: ClauseTrace) -> ClauseEntry:
    """Return a clause that a layer took out, of which nothing but its name is left."""
    is_own = clause.own is not None
    return ClauseEntry(clause.id, "", clause.title, "", clause.binding, (), (), is_own=is_own)


def _as_if_taken(organisation: Organisation, id: str, workspace: Workspace) -> Policy | None:
    """Return the policy with a clause that it leaves out; None where that lacks something."""
    try:
        return policy_of_words(_taking(organisation, id), workspace)
    except PolicygenError:
        return None


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
    around = _around(policy, workspace)
    for tier, blocks in _blocks(policy, id, workspace).items():
        told = (draft.tellings.get(tier, ()) for draft in (drafts or {}).values())
        layers = dict.fromkeys(passage.layer for passages in told for passage in passages)
        yield PrintedTelling(
            tier,
            policy.outline.tiers[tier].heading,
            _html(around, f"{tier}-{id}", blocks),
            tuple(titles.get(layer, layer) for layer in layers),
        )


def _before_ours(profile: Path, today: Policy, id: str) -> tuple[str, Policy] | None:
    """Return the newest release that printed a clause without any words of the body's own."""
    for record in reversed(read_records(profile.parent)):
        version = record.entry.version
        with suppress(PolicygenError):  # one that was tampered with says nothing
            policies = read_release(profile.parent, version).policies
            in_language = {one.language: one for one in policies}
            policy = in_language.get(today.language, policies[0])
            clause = policy.clause(id)
            if (
                clause
                and not clause.omission
                and OWN_LAYER not in {o.layer for o in clause.origins}
            ):
                return version, policy
    return None


def _redline(
    beneath: Policy, policy: Policy, id: str, workspace: Workspace
) -> Iterator[PrintedTelling]:
    before, after = (_blocks(one, id, workspace) for one in (beneath, policy))
    around = _around(policy, workspace)
    for tier in policy.outline.tiers:
        was, now = before.get(tier, ()), after.get(tier, ())
        if was != now:
            blocks = Redline().blocks(was, now)
            html = _html(around, f"moved-{tier}-{id}", blocks)
            yield PrintedTelling(tier, policy.outline.tiers[tier].heading, html)


def _blocks(policy: Policy, id: str, workspace: Workspace) -> dict[str, Blocks]:
    """Return what a policy tells of a clause, by tier."""
    clause = policy.clause(id)
    if clause is None or clause.omission:
        return {}
    cut = Cut(policy, policy.outline.full, prose=workspace.caches.prose)
    return {one.tier: cut.blocks(clause, one.wording) for one in clause.tellings}


def _around(policy: Policy, workspace: Workspace) -> Document:
    """Return a document of a policy that has nothing of its own but the look."""
    document = present(policy, policy.outline.default_editions[0], workspace.caches.prose)
    masthead = replace(document.masthead, control=None)
    return replace(document, body=(), masthead=masthead, running=Running("", "", "", ""))


def _html(around: Document, prefix: str, blocks: Blocks) -> str:
    """Print blocks as plain elements, without anything around them."""
    printer = writer("html")
    assert isinstance(printer, PasteWriter)
    return printer.write_paste(replace(around, body=blocks), prefix).decode()


def _without(organisation: Organisation, id: str) -> Organisation:
    """Return an organisation without its own edit of one clause."""
    fragments = (
        replace(one, edits=tuple(edit for edit in one.edits if edit.id != id))
        for one in organisation.layer.fragments
    )
    return replace(organisation, layer=replace(organisation.layer, fragments=tuple(fragments)))


def _taking(organisation: Organisation, id: str) -> Organisation:
    """Return an organisation that takes a clause, whatever its extent and its profile say."""
    contents = organisation.profile.contents
    taken = {**contents.bring_in, id: BringIn(because="To be read")}
    profile = organisation.profile.model_copy(
        update={"contents": contents.model_copy(update={"bring_in": taken})}
    )
    return replace(organisation, profile=profile)
