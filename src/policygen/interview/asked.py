"""Every fact of a profile as a question in plain words, for somebody who reads no manual."""

from __future__ import annotations

from policygen.facts.described import describe_fact
from policygen.interview.questions import QUESTIONS
from policygen.model.language import capitalise
from policygen.problems import DataPath

_ROLE = "A role or a team, never a person's name."
_BY_FACT = {".".join(question.fact): question for question in QUESTIONS}
_TEXTS = {
    "policy.number": "Which number does the policy have in your register?",
    "policy.approved_at": "Where and when was the policy approved?",
    "policy.issued": "On which day is the policy issued?",
    "policy.review_by": "By which day must the policy be reviewed?",
    "policy.published_at": "At which address is the policy published?",
    "policy.equality_assessment.date": "On which day was the equality assessment made?",
    "policy.equality_assessment.url": "At which address is the equality assessment?",
    "policy.equality_assessment.found": "What did the equality assessment find?",
    "policy.privacy_assessment.date": "On which day was the privacy assessment made?",
    "policy.privacy_assessment.url": "At which address is the privacy assessment?",
    "policy.privacy_assessment.found": "What did the privacy assessment find?",
    "policy.consultation.opens": "On which day can people begin to comment on the draft?",
    "policy.consultation.closes": "On which day do comments on the draft close?",
    "policy.consultation.keep_until": "Until which day do you keep the comments?",
    "complaints": "What is the address of the page on which people complain?",
    "delivery_partners": "Which other bodies deliver services in your name?",
    "banned_apps": "Which apps may nobody use for your work?",
    "local_names": "What is the name of your organisation?",
    "name": "What is the full name of your organisation?",
}
_HELP = {
    "policy.number": "such as COM-014",
    "policy.approved_at": "such as Cabinet, 3 December 2026",
    "policy.equality_assessment.found": "In one sentence, as staff would read it",
    "policy.privacy_assessment.found": "In one sentence, as staff would read it",
    "banned_apps": "such as TikTok",
}


def asked_text(path: DataPath) -> str:
    """Return a fact as a question: "What is the shared mailbox of the records team?"."""
    name = ".".join(map(str, path))
    if name in _TEXTS:
        return _TEXTS[name]
    if name in _BY_FACT:
        return _BY_FACT[name].text
    label = describe_fact(name).label
    block = label.rpartition(f" {_last_words(path)}")[0]
    the = block if block == "human resources" else f"the {block}"
    match path[-1]:
        case "role":
            return f'How should the policy name {the}, so that it completes "ask ..."? {_ROLE}'
        case "email":
            return f"What is the shared mailbox of {the}?"
        case "phone":
            return f"What is the phone number of {the}?"
    is_clause = label.startswith(("whether", "where", "how"))
    return capitalise(label) if is_clause else f"What is the {label}?"


def asked_help(path: DataPath) -> str:
    """Return an example of an answer, or ""."""
    name = ".".join(map(str, path))
    if name in _HELP:
        return _HELP[name]
    if name in _BY_FACT and not _BY_FACT[name].many:
        return _BY_FACT[name].hint
    match path[-1]:
        case "email":
            return "such as team@thornby.example"
        case "phone":
            return "such as 01632 960 100"
        case "url" | "published_at" | "complaints" | "guidance":
            return "such as https://www.thornby.example/page"
    return ""


def _last_words(path: DataPath) -> str:
    return {"role": "role", "email": "email address", "phone": "phone number"}.get(
        str(path[-1]), ""
    )
