"""Web and email addresses: what is one, and what is wrong with one that is not.

Checking takes time in proportion to the length.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import AddressValueError, IPv6Address

_LONGEST_URL = 2_000  # characters; a browser takes about as many
_LONGEST_HOST = 253
_LONGEST_LABEL = 63
_LONGEST_LOCAL_PART = 64
_NOT_IN_ADDRESSES = frozenset('<>"\\`')  # a program would end the address there, or read it anew
_AUTHORITY_END = re.compile("[/?#]")
_LABEL = re.compile(r"\w(?:[\w-]*+(?<=\w))?")  # letters of any alphabet, digits, inner hyphens
_USER = re.compile(r"[\w.!$&'()*+,;=:%~-]*")
# RFC 5322's atom, with letters of any alphabet.
_LOCAL_WORD = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+")
_NOT_A_URL = "This is not a web address: write it in full, like https://www.fenwick.example."
_NOT_AN_EMAIL = "This is not an email address: write it like comms@fenwick.example."


def url_fault(text: str) -> str:
    """Return why a text is no web address, as "fault: cure", or "" for one."""
    scheme, separator, rest = text.partition("://")
    if not separator or scheme.lower() not in ("http", "https"):
        return _NOT_A_URL
    if len(text) > _LONGEST_URL:
        return f"This web address is too long: keep it within {_LONGEST_URL:,} characters."
    if reason := _stray_character(text):
        return reason
    user, _, place = _authority(rest).rpartition("@")
    host, port = _split_port(place)
    if not _USER.fullmatch(user) or not _is_host(host):
        return _NOT_A_URL
    if port and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65_536):
        return (
            "The port of this web address is no number from 1 to 65535: correct it or leave it out."
        )
    return ""


def email_fault(text: str) -> str:
    """Return why a text is no email address, as "fault: cure", or "" for one."""
    local, at, domain = text.partition("@")
    if not at or len(local) > _LONGEST_LOCAL_PART or _stray_character(text):
        return _NOT_AN_EMAIL
    if not all(_LOCAL_WORD.fullmatch(word) for word in local.split(".")):
        return _NOT_AN_EMAIL
    dotted = "." in domain.rstrip(".")
    if not dotted or not _is_domain(domain) or len(domain.rpartition(".")[2]) < 2:
        return _NOT_AN_EMAIL
    return ""


def normal_url(url: str) -> str:
    """Return a web address with its scheme in small letters: what follows keeps its letters."""
    scheme, separator, rest = url.partition("://")
    return scheme.lower() + separator + rest


def url_host(url: str) -> str:
    """Return the host of a web address, without a user or a port.

    An IPv6 address keeps its brackets.
    """
    place = _authority(url.partition("://")[2]).rpartition("@")[2]
    return _split_port(place)[0]


def _authority(rest: str) -> str:
    """What stands in an address between the scheme and the path."""
    return _AUTHORITY_END.split(rest, maxsplit=1)[0]


def _split_port(place: str) -> tuple[str, str]:
    """Host and port of `www.fenwick.example:8080`, or of `[::1]:8080`."""
    if place.startswith("["):
        host, bracket, rest = place.partition("]")
        return host + bracket, rest.removeprefix(":")
    host, _, port = place.partition(":")
    return host, port


def _is_host(host: str) -> bool:
    """Tell whether a text is a name, an IPv4 address, or an IPv6 address in brackets."""
    if not host.startswith("["):
        return _is_domain(host)
    if not host.endswith("]"):
        return False
    try:
        IPv6Address(host[1:-1])
    except AddressValueError:
        return False
    return "%" not in host


def _is_domain(name: str) -> bool:
    """Tell whether a text is labels parted by single dots: `intranet`, `māori.example`."""
    if len(name) > _LONGEST_HOST:
        return False
    labels = name.removesuffix(".").split(".")
    return all(len(label) <= _LONGEST_LABEL and _LABEL.fullmatch(label) for label in labels)


def _stray_character(text: str) -> str:
    """Return what is wrong with the first character that no address holds, or ""."""
    for character in text:
        if character.isspace():
            return "This web address has a space in it: write %20, or take the space out."
        if unicodedata.category(character) in ("Cf", "Cc"):
            return "This web address has an invisible character in it: type it again."
        if character in _NOT_IN_ADDRESSES:
            return f"This web address has a {character} in it: write %{ord(character):02X} for it."
    return ""
