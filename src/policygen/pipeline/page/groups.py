"""The pages of the facts, and which facts each asks for."""

from __future__ import annotations

from policygen.problems import DataPath

# The pages, in the order of the interview, and the facts that each asks for.
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "you": (
        "Who you are",
        (
            *("name", "short_name", "kind", "jurisdiction", "posture", "extent", "services"),
            *("elected_members", "civil_service", "local_authority"),
        ),
    ),
    "public": ("Languages and addresses", ("languages", "website", "complaints", "local_names")),
    "look": ("How it looks", ("brand",)),
    "document": ("The policy as a document", ("policy",)),
    "contacts": ("Whom readers ask", ("contacts",)),
    "channels": ("Your accounts", ("channels",)),
    "approval": ("Who says yes", ("approval",)),
    "elections": ("Elections", ("elections",)),
    "people": ("Unions and partners", ("unions", "delivery_partners", "banned_apps")),
    "professions": ("Regulated professions", ("professions",)),
    "related": ("Related policies", ("related_policies",)),
    "promises": ("What you promise", ("commitments",)),
    "sources": ("Sources you looked up", ("confirmed",)),
    "headings": ("Headings of your own", ("contents.headings",)),
}
# What the page of contents asks for (the first two), and what only the file itself can say as yet.
NOT_HERE = ("postures", "contents", "library")
SAYS = {
    "channels": "One block for each account. To add one, fill in the empty block at the end.",
    "approval": "One block for each kind of content. To add one, fill in the empty block.",
    "elections": "The periods in which your staff must take special care.",
    "sources": (
        "Nobody has looked up yet whether these say what is cited. Once approved, your policy "
        "cites only those that somebody of yours has read: say who, by role, and when."
    ),
    "headings": (
        "Only if your body demands them of every policy, such as Purpose or Duties. Tick the "
        "sections that stand under each; one heading may have all the rest."
    ),
    "promises": "The usual number holds until you write another. Write “off” to promise nothing.",
}


def group_of(path: DataPath) -> str:
    """Return the page of the form that asks for a fact; "" for one that no page asks for."""
    begins = {".".join(map(str, path[:length])) for length in (1, 2)}
    return next((key for key, (_, names) in GROUPS.items() if begins & set(names)), "")


def following_page(key: str) -> str:
    """Return the page after one, or the last itself."""
    keys = list(GROUPS)
    return keys[min(keys.index(key) + 1, len(keys) - 1)]
