"""The words of the letters, the form and the papers of a consultation: data of the library."""

from __future__ import annotations

from dataclasses import dataclass

# What the program fills into the words, by the names of their slots.
SLOTS = frozenset(
    {
        *("organisation", "organisation_name", "version", "opens", "closes", "keep_until"),
        *("owner", "email", "unions", "period", "equality", "privacy", "changes"),
        *("time", "day", "found", "before"),
    }
)


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A paragraph of a letter, or a list under a line; `heading` stands above it."""

    text: str = ""
    heading: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterWords:
    """A letter: its title, the line under it, and what it says."""

    title: str
    lead: str
    body: tuple[LetterPart, ...]


@dataclass(frozen=True, slots=True)
class FormWords:
    """The comment form: its title and lead, how to fill it in, and the heads by which it is read.

    `whole` is what the row for the policy as a whole is called.
    """

    title: str
    lead: str
    body: tuple[LetterPart, ...]
    reference: str
    name: str
    speaks_for: str
    clause: str
    says: str
    comment: str
    wording: str
    id: str
    whole: str


@dataclass(frozen=True, slots=True)
class LetterPhrases:
    """What fills a slot of a letter, by how things are: a union is there or none, and so on."""

    no_unions: str
    period: str
    assessed_equality: str
    assessed_privacy: str
    no_equality: str
    no_privacy: str
    changes: str


@dataclass(frozen=True, slots=True)
class ConsultationWords:
    """All words of a consultation's letters and form, in one language."""

    language: str  # BCP 47
    covering: LetterWords
    unions: LetterWords
    form: FormWords
    phrases: LetterPhrases
