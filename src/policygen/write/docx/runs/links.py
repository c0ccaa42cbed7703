"""Addresses that a link of Word may lead to."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from policygen.write.docx.package.xml import xml_characters

_HOST_FOLLOWS = {"http": True, "https": True, "mailto": False, "tel": False}


def external_target(href: str) -> str:
    """Return a web, mail or telephone address as a relationship's target; "" for any other."""
    href = xml_characters(href).strip()
    try:
        parts = urlsplit(href)
        parts.port  # noqa: B018  (reading it raises for a port that is none)
    except ValueError:
        return ""
    if parts.scheme not in _HOST_FOLLOWS:
        return ""
    if _HOST_FOLLOWS[parts.scheme] and not parts.netloc:
        return ""
    # Word calls a file broken whose relationships hold spaces, quotes or brackets.
    return quote(href.encode("utf-8", "replace"), safe="%:/?#@!$&'()*+,;=~-._[]")
