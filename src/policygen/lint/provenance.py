"""What stands behind the words: stale edits, edits without a stamp, sources that nobody has confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model.policy import Policy
from policygen.problems import Level, Place, Problem


def provenance(policy: Policy) -> Iterator[Problem]:
    """Everything about where the words and their sources come from."""
    yield from _stale(policy)
    yield from _unstamped(policy)
    yield from _sources(policy)


def _stale(policy: Policy) -> Iterator[Problem]:
    for id, origin in policy.origins():
        if origin.stale:
            what = f'"{id}": the words beneath this edit have changed since it was written.'
            mend = (
                f"Read both (`policygen explain`), mend the edit, then run `policygen accept {id}`."
            )
            yield Problem(what, mend, Place(origin.path, origin.line, 1), Level.WARNING)


def _unstamped(policy: Policy) -> Iterator[Problem]:
    for id, origin in policy.origins():
        if origin.layer == "organisation" and origin.edit != "add" and not origin.was:
            what = f'"{id}": nothing says which words this edit was written against.'
            mend = f"Run `policygen accept {id}`, and `check` will tell you when they change."
            yield Problem(what, mend, Place(origin.path, origin.line, 1), Level.ADVICE)


def _sources(policy: Policy) -> Iterator[Problem]:
    for status, what, mend in (
        (
            "unverified",
            "not yet confirmed",
            "Confirm them, and set status and checked_on in sources.yaml.",
        ),
        (
            "superseded",
            "superseded",
            "Cite what took their place, or say in the wording that they are a pattern only.",
        ),
    ):
        ids = [source.id for source in policy.sources if source.status == status]
        if ids:
            yield Problem(
                f"{len(ids)} cited sources are {what}: {', '.join(ids)}.",
                mend,
                Place(policy.profile.name),
                Level.ADVICE,
            )
