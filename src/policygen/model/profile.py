"""Profile: the facts about one organisation, and nothing of the wording.

Every field is described for the JSON Schema and for the list of gaps; `ask` names who will know.
Texts may be maps by language where the type is `Words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from policygen.model.commitment.choice import CommitmentChoice
from policygen.model.text import (
    Colour,
    Day,
    Email,
    Language,
    Line,
    OneOrSeveral,
    Url,
    Words,
)

# What makes a yes necessary: that content binds the body, is urgent, takes sides, or is news.
ContentClass: TypeAlias = Literal["routine", "promise", "crisis", "politics", "figures"]
Slug = Annotated[Line, Field(json_schema_extra={"examples": ["council"]})]


# What a logo may be, by the ending of its file.
LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


# Whom to ask about a contact's details, where the contact itself names nobody better.
CONTACTS_OWN_TEAM = "the contact's own team"


def ask(who: str, description: str, alias: str | None = None) -> Any:
    """Describe an optional fact, and say who in the organisation will know it.

    `alias` is its name in a profile, where that is a word of Python's own.
    """
    return Field(default=None, description=description, json_schema_extra={"ask": who}, alias=alias)


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a block by the names that a profile has for them, such as `class`."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


class _Block(BaseModel):
    # A block is built with the profile that holds it, not once more for itself as it is imported.
    # Therefore the defaults below are made without a check, which would build theirs.
    model_config = ConfigDict(
        extra="forbid", frozen=True, serialize_by_alias=True, defer_build=True
    )


class Contact(_Block):
    """Whom to reach, by role and never by a person's name."""

    role: Words | None = ask(CONTACTS_OWN_TEAM, "role")
    email: Email | None = ask(CONTACTS_OWN_TEAM, "email address")
    phone: Line | None = ask(CONTACTS_OWN_TEAM, "phone number")


class Contacts(_Block):
    """The people whom a policy sends its readers to.

    Give roles and shared mailboxes, never people's names.
    """

    press_office: Contact | None = ask("the communications team", "press office")
    legal: Contact | None = ask("the legal team", "legal team")
    records: Contact | None = ask("the records or information team", "records team")
    data_protection: Contact | None = ask("the data protection officer", "data protection contact")
    security: Contact | None = ask("the security team", "security team")
    human_resources: Contact | None = ask("human resources", "human resources")
    safeguarding: Contact | None = ask("the safeguarding lead", "safeguarding lead")
    out_of_hours: Contact | None = ask("the communications team", "out-of-hours contact")


class Assessment(_Block):
    """What somebody found who looked at what the policy does to people."""

    date: Day = Field(description="the day on which it was made")
    url: Url | None = ask("whoever made it", "address")
    found: Words | None = ask("whoever made it", "findings")


class ConsultationDates(_Block):
    """When people may comment on the policy, and until when what they sent is kept."""

    opens: Day | None = ask("the policy's owner", "first day for comments")
    closes: Day | None = ask("the policy's owner", "last day for comments")
    keep_until: Day | None = ask("the data protection officer", "last day that comments are kept")

    @field_validator("closes", "keep_until")
    @classmethod
    def _in_order(cls, value: date | None, info: ValidationInfo) -> date | None:
        before = {"closes": "opens", "keep_until": "closes"}[info.field_name or ""]
        earlier = info.data.get(before)
        if value and earlier and value < earlier:
            raise PydanticCustomError(
                "consultation_order",
                "This day stands before `{before}`, {earlier}: put right whichever is wrong.",
                {"before": before, "earlier": earlier.isoformat()},
            )
        return value


class Control(_Block):
    """The policy as a document: its number, its status, who owns and approves it."""

    number: Line | None = ask("whoever keeps the register of policies", "policy number")
    version: Line | None = ask("the policy's owner", "version")
    status: Literal["draft", "consultation", "approved", "superseded"] = Field(
        default="draft", description="how far it has come"
    )
    owner: Contact | None = ask("the head of communications", "owner")
    approver: Contact | None = ask("the policy's owner", "approver")
    approved_at: Words | None = ask("the policy's owner", "where and when it was approved")
    issued: Day | None = ask("the policy's owner", "date of issue")
    review_by: Day | None = ask("the policy's owner", "date to review it by")
    published_at: Url | None = ask("the web team", "address where the policy is published")
    equality_assessment: Assessment | None = ask("the equality lead", "equality assessment")
    privacy_assessment: Assessment | None = ask("the data protection officer", "privacy assessment")
    consultation: ConsultationDates | None = ask("the policy's owner", "consultation")

    @field_validator("review_by")
    @classmethod
    def _after_issue(cls, value: date | None, info: ValidationInfo) -> date | None:
        issued = info.data.get("issued")
        if value and issued and value < issued:
            raise PydanticCustomError(
                "review_before_issue",
                "The review date stands before the date of issue, {issued}: "
                "put right whichever is wrong.",
                {"issued": issued.isoformat()},
            )
        return value


class Channel(_Block):
    """An account that speaks for the organisation."""

    platform: Line = Field(description="where the account is, such as Facebook")
    handle: Line | None = ask("the account's owner", "handle of an account")
    purpose: Words | None = ask("the account's owner", "purpose of an account")
    owner: Words | None = ask("the communications team", "owner of an account")
    languages: tuple[Language, ...] = Field(default=(), description="the languages that it speaks")
    staffed_hours: Words | None = ask("the account's owner", "staffed hours of an account")
    response_time: Words | None = ask("the account's owner", "response time of an account")
    moderation: Literal["before", "after", "none"] | None = ask(
        "the account's owner", "moderation of an account"
    )
    status: Literal["active", "paused", "closed"] = Field(
        default="active", description="whether it is in use"
    )


class Approval(_Block):
    """Who clears one kind of content, and within what time."""

    content: Words = Field(description="what is cleared")
    class_: ContentClass | None = ask("the policy's owner", "its class", alias="class")
    approver: Words = Field(description="who clears it")
    within: Words = Field(description="within what time, such as 1 working day")


class Election(_Block):
    """A poll, with the first and the last day of the period that it restricts."""

    event: Words = Field(description="what is voted on")
    starts: Day = Field(description="the first day")
    ends: Day = Field(description="the last day")

    @field_validator("ends")
    @classmethod
    def _after_start(cls, value: date, info: ValidationInfo) -> date:
        starts = info.data.get("starts")
        if starts and value < starts:
            raise PydanticCustomError(
                "ends_before_start",
                "The period ends before it starts, on {starts}: put right whichever is wrong.",
                {"starts": starts.isoformat()},
            )
        return value


class Profession(_Block):
    """A regulated profession that works here, whose own guidance applies too."""

    name: Words = Field(description="who they are, such as social workers")
    regulator: Line = Field(description="whose rules they keep")
    guidance: Url | None = ask("human resources", "address of the regulator's guidance")


class RelatedPolicy(_Block):
    """Another policy that a reader may need."""

    title: Words = Field(description="its title")
    url: Url | None = ask("whoever keeps the register of policies", "address of a related policy")


class BringIn(_Block):
    """A section or a clause that the body takes beyond its extent."""

    because: Line = Field(description="why")


class LeaveOut(_Block):
    """A section or a clause that the body leaves out, and its own document that covers it."""

    because: Line = Field(description="why")
    see: RelatedPolicy | None = ask("the policy's owner", "the document that covers it")
    cleared_by: Line | None = ask("the policy's owner", "who cleared it, where and when")


# What stands behind the sections, and may stand under a heading of the body's own.
BACK_MATTER = ("commitments", "sources", "history")


class OwnHeading(_Block):
    """A heading that the body demands of every policy, and the sections that stand under it."""

    title: Words = Field(description="its words, such as Duties")
    sections: tuple[Line, ...] = Field(
        default=(), description="its sections; also sources, commitments and history"
    )
    rest: bool = Field(default=False, description="whether all other sections stand under it")
    text: Words | None = Field(default=None, description="one line that stands under it")
    see: RelatedPolicy | None = ask("the policy's owner", "the document that covers it")


class ContentsChoice(_Block):
    """What goes into the policy beside its extent, and the order of its sections.

    Sections and clauses are named by their ids, as `policygen list` shows them.
    """

    order: tuple[Line, ...] = Field(default=(), description="the sections that come first")
    headings: tuple[OwnHeading, ...] = Field(
        default=(), description="the headings that the body demands, in their order"
    )
    bring_in: dict[Line, BringIn] = Field(
        default={}, description="what the policy has beyond its extent"
    )
    leave_out: dict[Line, LeaveOut] = Field(default={}, description="what the policy does without")

    def in_order(self, sections: Sequence[str]) -> list[str]:
        """Return sections in the order of the headings, or else those of `order` first."""
        if not self.headings:
            leading = [id for id in dict.fromkeys(self.order) if id in sections]
            return [*leading, *(id for id in sections if id not in leading)]
        named = {id for heading in self.headings for id in heading.sections}
        rest = [id for id in sections if id not in named]
        placed: dict[str, None] = {}
        for heading in self.headings:
            placed.update(dict.fromkeys(id for id in heading.sections if id in sections))
            placed.update(dict.fromkeys(rest if heading.rest else ()))
        return list({**placed, **dict.fromkeys(rest)})

    def leaves_out(self, clause: str) -> str:
        """Return the id under `leave_out` that speaks of a clause, its own or its section's, or "".

        The nearest statement decides: about the clause, about its section.
        """
        for id in (clause, clause.partition(".")[0]):
            if id in self.bring_in:
                return ""
            if id in self.leave_out:
                return id
        return ""


class LibraryChoice(_Block):
    """The folders of templates that this policy is made with, above those of policygen.

    Then no command needs --templates. Each is a path from this file's folder, like ../../words.
    """

    templates: tuple[Line, ...] = Field(
        default=(), description="folders of templates, each stacked above those before it"
    )
    version: Line | None = Field(
        default=None, description="the policygen whose words somebody here has read last"
    )


class Confirmation(_Block):
    """Who looked up a source that nobody had confirmed, and found that it says what is cited."""

    by: Words = Field(description="who confirmed it, by role")
    on: Day = Field(description="on which day")


class BrandFile(_Block):
    """What the organisation brings to the look. The logo is a file in the profile's own folder."""

    logo: Line | None = ask("the design team", "logo file")
    colour: Colour | None = ask("the design team", "brand colour")


class Profile(_Block):
    """The facts about one organisation. Only the first five fields are required."""

    name: Line = Field(description="The organisation's full name")
    short_name: Words = Field(description='How the wording calls it: "the council"')
    kind: Slug = Field(description="The kind of body, such as council or department")
    jurisdiction: OneOrSeveral = Field(
        description="Whose law applies, such as england, or several, such as [england, wales]",
        json_schema_extra={"examples": ["england", ["england", "wales"]]},
    )
    posture: Slug = Field(description="How cautious or open: cautious, balanced or pioneering")

    postures: dict[str, Line] = Field(default={}, description="Another posture for single sections")
    extent: Slug | None = ask(
        "the policy's owner", "how far the policy goes, such as core, usual or everything"
    )
    contents: ContentsChoice = ContentsChoice.model_construct()
    commitments: dict[Line, CommitmentChoice] = Field(
        default={},
        description="Promises that differ from the usual: number, on or off",
    )
    services: tuple[Line, ...] = Field(
        default=(),
        description="What the examples speak of, the most important first",
    )
    confirmed: dict[Line, Confirmation] = Field(
        default={},
        description="Sources by their ids that the body has looked up, which the library has not",
    )
    library: LibraryChoice = LibraryChoice.model_construct()
    languages: tuple[Language, ...] = Field(
        default=(), description="The languages it publishes in, first read first"
    )
    local_names: dict[Language, Line] = Field(default={}, description="The name in other languages")
    website: Url | None = ask("the web team", "website")
    complaints: Url | None = ask("the complaints team", "address of the complaints page")
    brand: BrandFile = BrandFile.model_construct()
    policy: Control = Control.model_construct()
    contacts: Contacts = Contacts.model_construct()
    channels: tuple[Channel, ...] = ()
    approval: tuple[Approval, ...] = ()
    elected_members: bool = Field(
        default=False, description="Whether there are councillors or other elected members"
    )
    civil_service: bool | None = ask("human resources", "whether its staff are civil servants")
    local_authority: bool | None = ask("the legal team", "whether it is a local authority in law")
    elections: tuple[Election, ...] = ()
    unions: tuple[Line, ...] = Field(default=(), description="The unions that are recognised here")
    professions: tuple[Profession, ...] = ()
    delivery_partners: tuple[Line, ...] = Field(
        default=(), description="Bodies that deliver services in its name"
    )
    banned_apps: tuple[Line, ...] = Field(
        default=(), description="Apps that nobody may use for its work"
    )
    related_policies: tuple[RelatedPolicy, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """The places whose law applies: each has a stack of its own."""
        one_or_several = self.jurisdiction
        return (one_or_several,) if isinstance(one_or_several, str) else one_or_several


# The facts about a body itself that are answered with yes or no.
YES_OR_NO = tuple(
    name for name, info in Profile.model_fields.items() if info.annotation in (bool, bool | None)
)
