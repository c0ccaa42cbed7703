"""What `init` asks, in its order. Each question is an option of the command line too.

Nothing heavy is imported here: the command line makes its options of this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

ProfileKeys: TypeAlias = tuple[str, ...]  # the keys that lead to a value of the profile


@dataclass(frozen=True, slots=True)
class Question:
    """One question, about one fact. `needs` is a fact without which it is not asked."""

    fact: ProfileKeys
    text: str
    hint: str = ""
    required: bool = False
    many: bool = False  # several answers, parted by commas
    listed: bool = False  # asked only where the library has a list to choose from
    by_kind: bool = False  # only of the kinds that ask it (`asks` in their layer.yaml)
    needs: ProfileKeys = ()

    @property
    def name(self) -> str:
        """What the answer is called: owner_role, press_office_email, colour."""
        return "_".join(key for key in self.fact if key not in ("policy", "contacts", "brand"))

    @property
    def option(self) -> str:
        """The same on the command line: --owner-role."""
        return "--" + self.name.replace("_", "-")


def _contact(fact: ProfileKeys, who: str, whose: str, example: str) -> tuple[Question, Question]:
    role, email = (*fact, "role"), (*fact, "email")
    return (
        Question(
            role,
            f'{who} Give a role, never a person\'s name, so that it completes "ask ...".',
            f"such as {example}",
        ),
        Question(
            email,
            f"What is the shared mailbox of {whose}?",
            "such as team@thornby.example",
            needs=role,
        ),
    )


QUESTIONS = (
    Question(
        ("name",),
        "What is your organisation's full name?",
        "such as Thornby Town Council",
        required=True,
    ),
    Question(
        ("short_name",),
        "What should the policy call you in a sentence?",
        "such as the council, or the trust",
        required=True,
    ),
    Question(
        ("jurisdiction",),
        "Whose law applies to you?",
        "a number or a name from the list",
        required=True,
    ),
    Question(
        ("kind",), "Which kind of body are you?", "a number or a name from the list", required=True
    ),
    Question(
        ("elected_members",),
        "Do you have councillors or other elected members?",
        "yes or no",
        by_kind=True,
    ),
    Question(
        ("civil_service",),
        "Do your staff belong to the civil service (some countries say the public service)?",
        "yes or no",
        by_kind=True,
    ),
    Question(
        ("local_authority",),
        "Does the law treat you as a local authority?",
        "yes or no",
        by_kind=True,
    ),
    Question(
        ("posture",),
        "How freely may your staff post?",
        "a number or a name from the list",
        required=True,
    ),
    Question(
        ("extent",),
        "How much should your policy cover?",
        "a number or a name from the list",
        listed=True,
    ),
    Question(
        ("services",),
        "What should the examples in your policy speak of?",
        "numbers or names from the list, with commas, the most important first",
        many=True,
        listed=True,
    ),
    Question(
        ("languages",),
        "Which languages do you publish in?",
        "the first read first, with commas, such as en-GB, cy",
        many=True,
    ),
    Question(
        ("website",), "What is the address of your website?", "such as https://www.thornby.example"
    ),
    *_contact(
        ("policy", "owner"), "Who owns this policy?", "the owner", "the Head of Communications"
    ),
    *_contact(
        ("contacts", "press_office"),
        "Who answers journalists?",
        "the press office",
        "the press office",
    ),
    *_contact(("contacts", "legal"), "Who gives legal advice?", "the legal team", "legal services"),
    *_contact(
        ("contacts", "records"),
        "Who looks after your records?",
        "the records team",
        "the records team",
    ),
    Question(
        ("unions",), "Which unions do you recognise?", "with commas, such as UNISON, GMB", many=True
    ),
    Question(
        ("brand", "colour"), "What is your brand colour?", "six digits after a #, such as #1d4f91"
    ),
    Question(
        ("brand", "logo"),
        "Where is your logo? It is copied beside the profile.",
        "an SVG or a PNG file",
    ),
)
