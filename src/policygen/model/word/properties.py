"""The custom properties of a DOCX that say where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.model.document.imprint import Imprint

if TYPE_CHECKING:
    from collections.abc import Mapping

_PREFIX = "policygen."  # a body's records system has properties of its own


def imprint_properties(imprint: Imprint) -> dict[str, str]:
    """Return an imprint as custom properties; what is empty has none."""
    values = {
        "policy": imprint.policy,
        "organisation": imprint.organisation,
        "version": imprint.version,
        "edition": imprint.edition,
        "tiers": " ".join(imprint.tiers),
        "language": imprint.language,
        "audience": imprint.audience,
    }
    return {f"{_PREFIX}{key}": value for key, value in values.items() if value}


def imprint_of(properties: Mapping[str, str]) -> Imprint | None:
    """Return the imprint that custom properties hold, or None where they name no policy."""
    ours = (name for name in properties if name.startswith(_PREFIX))
    values = {name.removeprefix(_PREFIX): properties[name] for name in ours}
    if not values.get("policy"):
        return None
    return Imprint(
        policy=values["policy"],
        organisation=values.get("organisation", ""),
        version=values.get("version", ""),
        edition=values.get("edition", ""),
        tiers=tuple(values.get("tiers", "").split()),
        language=values.get("language", ""),
        audience=values.get("audience", ""),
    )
