"""Which edition a reader is sent to for a clause that the one in hand does not tell."""

from __future__ import annotations

from policygen.model.outline.outline import Edition
from policygen.model.policy import Policy


def edition_telling(policy: Policy, here: Edition, id: str) -> tuple[str, Edition]:
    """Return the key and the edition to read a clause in: as deep as here, and no longer.

    One that is built by default comes first, then one that tells the clause in each of this
    edition's tiers that it is told in, then the one of the fewest tiers.
    """
    outline = policy.outline
    clause = policy.clause(id)
    tiers = {telling.tier for telling in clause.tellings} if clause else set()
    wanted = tiers & set(here.tiers)

    def rank(keyed: tuple[str, Edition]) -> tuple[bool, int, int]:
        _, edition = keyed
        lacking = wanted - set(edition.tiers)
        return not edition.default, len(lacking), len(edition.tiers)

    telling = [
        (key, edition)
        for key, edition in outline.editions.items()
        if edition.whole and outline.form(edition) == "clauses" and tiers & set(edition.tiers)
    ]
    return min(telling, key=rank, default=("", outline.full))
