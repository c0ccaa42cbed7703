"""Words as they are looked for: in small letters, without endings and without those of grammar."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_GRAMMAR = """
    a an and any are as at be been being but by can could did do does doing done each either else
    etc for from get had has have having he her here hers him his how i if in into is it its itself
    just let may me might more most must my no nor not of off on one only onto or other our ours out
    over own per shall she should so some such than that the their theirs them then there these they
    this those through to too under until up upon us very was we were what when where which while
    who whom whose why will with within without would you your yours also however therefore whether
    about above after again all always am because before below between both during few further
"""
_STOP = frozenset(_GRAMMAR.split())
# Endings that are taken off, the longest first, where at least so many letters stay.
_ENDINGS = (
    ("ational", "ate", 3), ("isation", "ise", 3), ("ization", "ise", 3), ("fulness", "ful", 3),
    ("iveness", "ive", 3), ("ousness", "ous", 3), ("ations", "ate", 3), ("ation", "ate", 3),
    ("ments", "", 4), ("ment", "", 4), ("nesses", "", 4), ("ness", "", 4), ("ities", "", 4),
    ("ity", "", 4), ("ising", "ise", 3), ("izing", "ise", 3), ("ised", "ise", 3),
    ("ized", "ise", 3), ("izes", "ise", 3), ("ize", "ise", 3), ("ings", "", 3), ("ing", "", 3),
    ("ies", "y", 2), ("ied", "y", 2), ("ally", "al", 3), ("edly", "", 3), ("ly", "", 4),
    ("ers", "er", 3), ("ed", "", 3), ("sses", "ss", 2), ("xes", "x", 2), ("ches", "ch", 2),
    ("shes", "sh", 2), ("s", "", 3),
)  # fmt: skip

# Words that policies use for one thing: each is looked for as the first of its line.
_ALIKE = """
    staff employee employees worker workers personnel workforce
    manager supervisor supervisors
    resident citizen citizens constituent constituents
    account channel channels
    post tweet tweets posting postings
    answer reply replies respond response responses
    delete remove removal erase
    forbid forbidden prohibit prohibited prohibition
    breach violate violation contravene contravention
    discipline disciplinary sanction sanctions
    dismiss dismissal termination terminated
    approve approval authorise authorize authorisation authorization
    abuse abusive bully bullying harass harassment harassing intimidation
    discriminatory discrimination racist sexist homophobic hateful
    offensive obscene profane profanity vulgar indecent
    defamation defamatory libel libellous slander
    advertise advertising advertisement commercial promotional
    photograph photographs photo photos picture pictures image images
    video film footage
    child children minor minors youth
    password passwords credential credentials passcode login
    hack hacked compromised takeover hijacked
    impersonate impersonation fake
    election elections purdah
    mistake mistakes error errors inaccuracy
    crisis emergency emergencies
    journalist journalists reporter reporters press
    law laws legislation statute statutory legal
    retention retain retained archive archived archiving preserve
    monitor monitoring surveillance
    whistleblower whistleblowing
    train training course courses
    copyright intellectual
    complaint complaints complain
"""


def stems(text: str) -> list[str]:
    """Return the words of a text as they are looked for, in their order."""
    found = (_bare(word) for word in _WORD.findall(text.lower()))
    every = (_stem(word) for word in found if word not in _STOP and len(word) > 1)
    return [_SAME.get(stem, stem) for stem in every]


def _bare(word: str) -> str:
    """Return a word without what an apostrophe adds: `council's`, `don't`."""
    return re.split("['’]", word)[0]


def _stem(word: str) -> str:
    """Return a word without its ending, and without an e or a doubled letter that this leaves."""
    for ending, instead, least in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                break
            word = word[: -len(ending)] + instead
            if not instead and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _by_first() -> dict[str, str]:
    """Return the stem of each line's first word, by the stems of the others."""
    lines = (line.split() for line in _ALIKE.strip().splitlines())
    return {_stem(word): _stem(first) for first, *others in lines for word in others}


_SAME = _by_first()
