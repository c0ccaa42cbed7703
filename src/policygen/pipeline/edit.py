"""`policygen edit`: a clause's present words into the organisation's own folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from policygen.compose.composer import unfilled_clauses
from policygen.compose.fold import Draft, fingerprint
from policygen.compose.places.origins import join_fingerprints
from policygen.lint.unprinted import left_out_words
from policygen.load.files import TEXT_LIMIT, read_regular
from policygen.load.profile.profile import load_organisation
from policygen.model.fragment import Organisation
from policygen.model.outline.outline import Outline
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.names.numbers import id_of_number, is_number
from policygen.pipeline.workspace import Workspace
from policygen.problems import Level, Location, Message, PolicygenError, Problem, nearest
from policygen.store.files import File, write_files
from policygen.store.ready import refuse_example


@dataclass(frozen=True, slots=True)
class OwnEdit:
    """Where an organisation's new edit of a clause stands, and the tiers that it tells."""

    location: Location
    clause: str
    tiers: tuple[str, ...]
    is_binding: bool


def edit(
    profile: Path, id: str, workspace: Workspace, *, because: str = "", cleared_by: str = ""
) -> OwnEdit:
    """Write a clause's present words, unfilled, as a stamped edit under the organisation's own.

    Raises PolicygenError: for an unknown clause, for one that the organisation edits already or
    leaves out, and for a binding one without its reason and who cleared it. Then nothing is
    written.
    """
    refuse_example(profile)
    workspace = workspace.for_profile(profile)
    organisation = load_organisation(profile, workspace.library)
    if is_number(id):
        id = id_of_number(compose_organisation(organisation, workspace).policies[0], id)
    drafts = clause_drafts(organisation, id, workspace)
    draft = next(iter(drafts.values()))
    _check_not_edited(organisation, draft)
    location = organisation.location(("contents", "leave_out"))
    if unprinted := tuple(left_out_words(organisation, id, location, Level.ERROR)):
        raise PolicygenError(unprinted)
    require_record(drafts, because, cleared_by)
    outline = workspace.library.outline
    section = id.partition(".")[0]
    path = profile.parent / f"{section}.md"
    before = read_regular(path, TEXT_LIMIT).decode() if path.exists() else ""
    above = text_above(before)
    record, name = (because, cleared_by), ClauseName(draft.title.text)
    source = edit_source_text(drafts, tier_texts(drafts, outline), outline, record, name)
    write_files([File(path.name, f"{above}{source}".encode())], path.parent)
    tiers = {tier for each in drafts.values() for tier in each.tellings}
    in_order = tuple(tier for tier in outline.tiers if tier in tiers)
    location = Location(str(path), above.count("\n") + 1)
    return OwnEdit(location, id, in_order, is_binding(drafts))


def clause_drafts(organisation: Organisation, id: str, workspace: Workspace) -> dict[str, Draft]:
    """Return a clause unfilled, in each place where it stands. Raises PolicygenError for none."""
    library, cache = workspace.library, workspace.caches.compose
    drafts = unfilled_clauses(library, organisation, cache, id.partition(".")[0])
    if id not in drafts:
        drafts = unfilled_clauses(library, organisation, cache)
        what = f'{organisation.profile.name} has no clause "{id}".'
        raise PolicygenError([Problem(what, nearest(id, drafts), code="PG636")])
    return drafts[id]


def _check_not_edited(organisation: Organisation, draft: Draft) -> None:
    own = [origin for origin in draft.origins if origin.layer == "organisation"]
    if own:
        location = Location(own[-1].path, own[-1].line, 1)
        what = f'"{draft.id}" is edited here already.'
        raise PolicygenError([Problem(what, "Change the words there.", location, code="PG658")])


def is_binding(drafts: Mapping[str, Draft]) -> bool:
    """Tell whether a clause is binding in any place; then every place has its record."""
    return any(draft.binding for draft in drafts.values())


def require_record(drafts: Mapping[str, Draft], because: str, cleared_by: str) -> None:
    """Raise PolicygenError for a binding clause without its reason and who cleared it."""
    draft = next(iter(drafts.values()))
    if is_binding(drafts) and not (because and cleared_by):
        record = "is binding: its words are replaced on the record only."
        what = Message(f'"{draft.id}" {record}', on_page=f"“{draft.title.text}” {record}")
        mend = Message(
            "Say why with --because, and who cleared it, where and when, with --cleared-by.",
            on_page="Say why, and who cleared it, where and when.",
        )
        if because:
            mend = Message(
                "Say who cleared it, where and when, with --cleared-by.",
                on_page="Say who cleared it, where and when.",
            )
        raise PolicygenError([Problem(what, mend, draft.title.location, code="PG657")])


def text_above(before: str) -> str:
    """Return what a file holds, ready for a clause to stand below it."""
    return f"{before.rstrip()}\n\n" if before.strip() else ""


def tier_texts(drafts: Mapping[str, Draft], outline: Outline) -> dict[str, str]:
    """Return the unfilled words of a clause by tier, those of several places as one."""
    texts: dict[str, str] = {}
    for tier in outline.tiers:
        told = {place: _text(one, tier) for place, one in drafts.items() if tier in one.tellings}
        if told:
            texts[tier] = _joined_text(told, len(drafts))
    return texts


@dataclass(frozen=True, slots=True)
class ClauseName:
    """What an edit calls a clause: its title, and its label where that is another than below."""

    title: str
    label: str = ""


def edit_source_text(
    drafts: Mapping[str, Draft],
    texts: Mapping[str, str],
    outline: Outline,
    record: tuple[str, str],
    name: ClauseName,
) -> str:
    """Return a stamped edit as it stands in a fragment: heading, slip, each tier's words.

    `drafts` are the clause in each place, by place; `texts` its words by tier; `record` says why,
    and who cleared it; the latter stands in the edit of a binding clause alone.
    """
    because, cleared_by = (" ".join(said.split()) for said in record)  # each is a line of a slip
    draft = next(iter(drafts.values()))
    slip = {"label": name.label, "change": "replace"}
    # Nobody was asked to clear another clause, though it may be accepted in the same run as one.
    slip |= {"because": because, "cleared-by": cleared_by if is_binding(drafts) else ""}
    slip["was"] = join_fingerprints(map(fingerprint, drafts.values()))
    keys = "".join(f"- {key}: {value}\n" for key, value in slip.items() if value)
    tiers = "".join(
        f"\n### {outline.tiers[tier].heading}\n\n{text}\n" for tier, text in texts.items()
    )
    return f"## {name.title} {{#{draft.id}}}\n\n{keys}{tiers}"


def _text(draft: Draft, tier: str) -> str:
    return "\n\n".join(passage.text.strip("\n") for passage in draft.tellings[tier])


def _joined_text(texts: Mapping[str, str], places: int) -> str:
    """Return the texts of a tier, by place, as one: where places differ, each on its condition.

    `places` is the number of all places of the body; some may tell nothing in this tier.
    """
    places_by_text: dict[str, list[str]] = {}
    for place, text in texts.items():
        places_by_text.setdefault(text, []).append(place)
    if len(places_by_text) == 1 and len(texts) == places:
        return next(iter(places_by_text))
    blocks = (
        f"{{% if organisation.jurisdiction in {where} %}}\n{text}\n{{% endif %}}"
        for text, where in places_by_text.items()
    )
    return "\n\n".join(blocks)
