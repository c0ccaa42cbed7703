"""A clause that was moved to another section: written there as the organisation's own.

The id of a clause names its section, so it gets a new one; where it stood, it is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from policygen.compose.fold import Draft
from policygen.model.fragment import Reference
from policygen.model.outline.outline import Outline
from policygen.pipeline.edit import text_above, tier_texts
from policygen.pipeline.returned.own_words import OwnWords
from policygen.pipeline.returned.stretches import own_origin

_NEXT = re.compile(r"^##? ", re.MULTILINE)


def own_text_of(drafts: Mapping[str, Draft], new_id: str, after: str, outline: Outline) -> str:
    """Return a clause as it stands now, unfilled, as one of the organisation's own with a new id.

    `drafts` are the clause in each place, by place; it follows the clause or section `after`.
    """
    draft = next(iter(drafts.values()))
    keys = "".join(f"- {key}: {value}\n" for key, value in _slip(draft, after) if value)
    texts = tier_texts(drafts, outline)
    tiers = "".join(
        f"\n### {outline.tiers[tier].heading}\n\n{text}\n" for tier, text in texts.items()
    )
    return f"## {draft.title.text} {{#{new_id}}}\n\n{keys}{tiers}"


def without_clause(
    drafts: Mapping[str, Draft], own: OwnWords, because: str
) -> dict[Path, str] | None:
    """Return the organisation's files without a clause: what it says of it, and what is beneath.

    `because` says why it goes, where a layer beneath has it. None where a comment of the
    organisation's own stands among its words, which would go with them.
    """
    draft = next(iter(drafts.values()))
    path = own.profile.parent / f"{draft.id.partition('.')[0]}.md"
    files: dict[Path, str] = {}
    if origin := own_origin(drafts):
        path = Path(origin.path)
        text = own.text(path)
        start = sum(len(line) + 1 for line in text.split("\n")[: origin.line - 1])
        following = _NEXT.search(text, start + 1)
        end = following.start() if following else len(text)
        if "<!--" in text[start:end]:
            return None
        files[path] = text[:start] + text[end:]
    if draft.origins[0].layer != "organisation":
        source = (
            f"## {draft.title.text} {{#{draft.id}}}\n\n- change: remove\n- because: {because}\n"
        )
        files[path] = text_above(files.get(path, own.text(path))) + source
    return files


def _slip(draft: Draft, after: str) -> Iterator[tuple[str, str]]:
    yield "label", draft.label.text if draft.label else ""
    yield "after", after
    yield "grade", draft.grade
    yield "audience", ", ".join(draft.audience)
    yield "under", draft.under
    yield "when", draft.when.text if draft.when else ""
    yield "asks", ", ".join(draft.asks)
    yield from (("source", _source(one)) for one in draft.sources)


def _source(reference: Reference) -> str:
    return f"{reference.source} {reference.locator}".strip()
