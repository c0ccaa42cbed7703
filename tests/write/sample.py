"""One invented council's policy as Documents: every block and inline of the model, in every layout.

`sample_document()` is the input of the writers' tests. Its values are hostile on purpose: what a writer
prints of `HOSTILE` must be exactly these characters, in a heading, in a table cell and in a link.
"""

from __future__ import annotations

from datetime import date

from policygen.model.document import (
    Aside,
    AsideKind,
    Block,
    Blocks,
    Brand,
    Break,
    ClauseBlock,
    Code,
    CodeBlock,
    Column,
    Columns,
    Contents,
    Deleted,
    Document,
    DoDont,
    Emphasis,
    Foreign,
    Gap,
    Group,
    Heading,
    Imprint,
    Inline,
    Inlines,
    Inserted,
    Link,
    List,
    ListItem,
    Mark,
    Masthead,
    Meta,
    Paragraph,
    Quiet,
    Revision,
    Role,
    Row,
    Running,
    ScanCode,
    Strong,
    Table,
    Tag,
    Text,
    Topic,
    Value,
)

HOSTILE = "A & B <script> *x* {{ y }} | z"
COUNCIL = "Harbour & Hills District Council"
MAORI = "Te Kaunihera ā-Rohe o ngā Puke me te Whanga"
TITLE = "Social media policy"
LOGO = (
    b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>"
    b"<path fill='#1d4f91' d='M2 18L9 6l4 7 3-4 6 9z'/></svg>"
)
GAP = "gap 1"
ADDRESS = "https://www.harbour-hills.example/social"
CODE_WORDS = f"Code to scan: it leads to {ADDRESS}"
_GAP = Gap("contacts.press_office.phone", "press office phone", GAP, "gap-1")


def sample_document(layout: str = "book", in_force: bool = True) -> Document:
    """Return the sample in `layout` (book, brief or poster), approved or as a draft."""
    edition, reader, blocks = {
        "book": ("Full story", "the people who put it into practice", _book),
        "brief": ("Snapshot", "policy officials and managers", _brief),
        "poster": ("Overview", "everyone", _poster),
    }[layout]
    status = "approved" if in_force else "draft for comment"
    number = "HHDC-COM-07, version 2.0"
    return Document(
        meta=Meta(
            title=f"{TITLE}: {edition.lower()}. {COUNCIL}",
            author=COUNCIL,
            subject=TITLE,
            description=f"{TITLE}, for {reader}.",
            language="en-NZ",
            keywords=("social media", "policy", HOSTILE),
            dated=date(2026, 12, 7),
        ),
        layout=layout,
        masthead=Masthead(
            organisation=COUNCIL,
            local_names=(("mi", MAORI),),
            title=TITLE,
            lead=f"The {edition.lower()}, for {reader}",
            edition=edition,
            status=Tag(f"{edition}: version 2.0, {status}", in_force),
            cover=layout == "book",
            depth=(
                ("Overview", "1 page, for everyone", layout == "poster"),
                ("Snapshot", "2 pages, for managers", layout == "brief"),
                ("Full story", "This document", layout == "book"),
            ),
            control=_control(in_force) if layout == "book" else None,
        ),
        running=Running(
            organisation=COUNCIL if in_force else "Draft for comment: not in force",
            part=f"{TITLE}: {edition.lower()}",
            control=f"{number}, {status}. A printed copy can be out of date.",
            page="Page {page} of {pages}",
        ),
        body=blocks(),
        brand=Brand("#1d4f91", LOGO, "image/svg+xml"),
        in_force=in_force,
        imprint=Imprint("0f" * 32, "harbour-hills", "2.0", edition.lower(), ("rule",), "en-NZ"),
    )


# --- Short hands -------------------------------------------------------------------------------------


def _inlines(*parts: str | Inline) -> Inlines:
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def _p(*parts: str | Inline, role: Role = Role.BODY, change: Revision | None = None) -> Paragraph:
    return Paragraph(_inlines(*parts), role, change)


def _item(*parts: str | Inline, anchor: str = "", change: Revision | None = None) -> ListItem:
    return ListItem((_p(*parts),), anchor, change)


def _row(*cells: str | Inline | Inlines, change: Revision | None = None) -> Row:
    return Row(tuple(cell if isinstance(cell, tuple) else _inlines(cell) for cell in cells), change)


def _strong(text: str) -> Strong:
    return Strong((Text(text),))


def _link(href: str, text: str) -> Link:
    return Link(href, (Text(text),))


def _control(in_force: bool) -> Table:
    tag = (
        Tag("Approved", True)
        if in_force
        else Tag("Draft for comment until 20 November 2026", False)
    )
    return Table(
        None,
        (
            _row("Status", tag),
            _row("Policy and version", "HHDC-COM-07, version 2.0"),
            _row("Owner", "Communications Manager, social@harbour-hills.example"),
            _row("Approved by", "Chief Executive, at the meeting of 3\u00a0December\u00a02026"),
            _row("Issued", "7\u00a0December\u00a02026"),
            _row("Review by", "7\u00a0December\u00a02027"),
            _row(
                "Current version",
                _link("https://www.harbour-hills.example/social", "harbour-hills.example/social"),
            ),
        ),
    )


def _strip() -> Table:
    return Table(
        _row("Policy", "Owner", "Review by", "Newer version at"),
        (
            _row(
                "HHDC-COM-07, version 2.0",
                "Communications Manager",
                "7\u00a0December\u00a02027",
                "harbour-hills.example/social",
            ),
        ),
        strip=True,
    )


def _ask(level: int = 2) -> Group:
    def column(question: str, team: str, phone: str | Inline) -> Column:
        return Column((_p(_strong(question), Break(), team, Break(), phone),))

    return Group(
        "ask",
        (
            Heading(level, _inlines("Who to ask"), "ask", listed=False),
            _p("Tell us early. Honest mistakes are mended, not punished.", role=Role.HINT),
            Columns(
                (
                    column("Not sure?", "Communications team", "ext 4100"),
                    column(
                        "Gone wrong?",
                        "Duty officer, any hour",
                        _link("tel:+6491234567", "09 123 4567"),
                    ),
                    column("Feeling unsafe?", "Health and safety", "ext 4150"),
                    column(
                        "Records or privacy?",
                        "Press office",
                        _GAP,
                    ),
                )
            ),
        ),
        role="ask",
    )


# --- Book: the full story ----------------------------------------------------------------------------


def _book() -> Blocks:
    return (
        Group("front", (Contents("Contents"), *_front()), role="front"),
        _identity(),
        _accounts(),
        _welsh(),
        _gaps(),
        _sources(),
    )


def _front() -> Blocks:
    return (
        Heading(2, _inlines("How to read this policy"), "how-to-read", listed=False),
        _p("Cite a clause by its number and this version: “clause 1.2, version 2.0”."),
        Table(
            _row("Word", "What it means here"),
            (
                _row("Must", "A rule. The clause says why, or names the law behind it."),
                _row("Should", "Do it unless you have a good reason, and can say what it was."),
                _row("May", "You have permission. Nobody needs to ask first."),
            ),
        ),
    )


def _identity() -> Group:
    return Group(
        "identity",
        (
            Heading(2, _inlines("Who you are online"), "identity", "1"),
            _p("On council business, say that you work here.", role=Role.LEAD),
            _affiliation(),
            _pseudonyms(),
            _security(),
            ClauseBlock(
                "identity.new",
                (
                    Heading(
                        3, _inlines("A clause of the second policy only"), "identity.new", "1.4"
                    ),
                    _p("All of it is new."),
                    List((_item("And so is this."),)),
                ),
                change=Revision.INSERTED,
            ),
        ),
        role="section",
    )


def _affiliation() -> ClauseBlock:
    say = _p(
        "“",
        Foreign("mi", (Text("Kia ora"),)),
        ", I work on tracks for the council. The river path opens again on Friday.”",
    )
    not_say = _p(
        "“As a local, I think whoever runs the tracks is doing a brilliant job!” from someone who runs them."
    )
    return ClauseBlock(
        "you-online.declare-affiliation",
        (
            Heading(3, _inlines("Say that you work here"), "you-online.declare-affiliation", "1.1"),
            _p("For everyone.", role=Role.REMARK),
            _p(
                "You may speak online about the work you know. When you do, you must say that you work for ",
                Value("organisation.name", COUNCIL),
                ". Readers weigh what you say by who you are, and they ",
                Emphasis((Text("find out"),)),
                " in the end. A line in your profile is enough for everyday talk.",
            ),
            _p(
                "Source ",
                _link("#source-1", "1"),
                ". How it is done: ",
                Link("#law.records", (Text("handbook 14.3"),), "handbook"),
                ".",
                role=Role.REMARK,
            ),
            DoDont(Aside(AsideKind.DO, "Do", (say,)), Aside(AsideKind.DONT, "Do not", (not_say,))),
        ),
    )


def _pseudonyms() -> ClauseBlock:
    return ClauseBlock(
        "identity.pseudonyms",
        (
            Heading(
                3,
                _inlines("Names that are not your own"),
                "identity.pseudonyms",
                "1.2",
                change=Revision.INSERTED,
            ),
            _p(
                "A nickname is fine for your own life. You must not use one to ",
                Deleted((Text("praise the council"),)),
                Inserted((Text("praise, defend or attack the council"),)),
                ". Assume that any account can be traced.",
            ),
            _p("This paragraph is only in the second policy.", change=Revision.INSERTED),
            _p("This paragraph is only in the first policy.", change=Revision.DELETED),
            Aside(
                AsideKind.WORDING,
                "Words to copy",
                (
                    _p(
                        "I work for ",
                        Value("organisation.name", COUNCIL),
                        ". These views are mine.",
                    ),
                ),
                change=Revision.INSERTED,
            ),
        ),
    )


def _security() -> ClauseBlock:
    return ClauseBlock(
        "you-online.security-exception",
        (
            Heading(
                3, _inlines("When being named is not safe"), "you-online.security-exception", "1.3"
            ),
            _p(
                "You need not name yourself where it would put you at risk. Agree another way first."
            ),
            List(
                (
                    _item(
                        "Ask the ",
                        Strong((Text("Wellbeing "), Emphasis((Text("Lead"),)))),
                        " first.",
                    ),
                    ListItem(
                        (
                            _p("Agree how you will sign:"),
                            List(
                                (_item("as your team, or"), _item("by your first name only.")),
                                ordered=False,
                            ),
                        )
                    ),
                    _item("Start again each year.", change=Revision.DELETED),
                ),
                ordered=True,
                start=1,
            ),
            Heading(
                4, _inlines("What happens next"), "you-online.security-exception.next", listed=False
            ),
            _p("They answer within 2 working days, or at once if there is a threat."),
            Aside(
                AsideKind.EXAMPLE,
                "Worked example",
                (_p("A dog control officer was followed home. She signs as “the animal team”."),),
            ),
            Aside(
                AsideKind.QUOTE,
                "What the code says",
                (_p("Staff act with a spirit of service to the community."),),
            ),
            _p("For everyone. Source ", _link("#source-2", "2"), ".", role=Role.REMARK),
        ),
    )


def _accounts() -> Group:
    return Group(
        "accounts",
        (
            Heading(
                2,
                _inlines("Our accounts, and those of ", Value("partner", HOSTILE)),
                "accounts",
                "2",
            ),
            _p("Every account has an owner, and is staffed or closed.", role=Role.LEAD),
            ClauseBlock(
                "accounts.register",
                (
                    Heading(3, _inlines("One list of every account"), "accounts.register", "2.1"),
                    _p(
                        "An account that speaks for us must be on this register. It belongs to the council."
                    ),
                    _register(),
                    Aside(
                        AsideKind.NOTE,
                        "Note",
                        (_p("None of these accounts is watched overnight."),),
                    ),
                    _p(
                        "Write to ",
                        _link(
                            "mailto:social@harbour-hills.example", "social@harbour-hills.example"
                        ),
                        ", or read ",
                        Link(
                            "https://www.harbour-hills.example/a?b=1&c=2",
                            (Strong((Text(HOSTILE),)),),
                        ),
                        ", never ",
                        _link("javascript:alert(1)", "this trap"),
                        ".",
                    ),
                    _p(
                        "For account owners. ",
                        Quiet((Text("Reviewed each July."),)),
                        role=Role.REMARK,
                    ),
                ),
            ),
            ClauseBlock(
                "accounts.closing",
                (
                    Heading(3, _inlines("Closing an account"), "accounts.closing", "2.2"),
                    _p(
                        "Name the copy of its posts after the account, as in ",
                        Code("records/<account>.zip"),
                        ":",
                    ),
                    CodeBlock("records/\n    harbour-hills.zip   # {{ y }} & <b>\n"),
                    _p("Tell people:", role=Role.LABEL),
                    List((_item("where to go instead"), _item("from which day")), ordered=False),
                    _p("Start the list again at three:"),
                    List((_item("third"), _item("fourth")), ordered=True, start=3),
                ),
            ),
        ),
        role="section",
    )


def _register() -> Table:
    rows = tuple(
        _row(
            f"Account {n}: HarbourHills{n}",
            "News and questions" if n % 2 else "Parks and places",
            HOSTILE if n == 7 else "Digital Officer",
            "8am to 6pm",
            f"{1 + n % 3} working days",
            change={3: Revision.INSERTED, 4: Revision.DELETED}.get(n),
        )
        for n in range(1, 26)
    )
    return Table(
        _row("Account", "What it is for", "Owner", "Weekdays", "First reply"),
        rows,
        caption=_inlines("The register on 7\u00a0December\u00a02026"),
        wide=True,
    )


def _welsh() -> Group:
    return Group(
        "iaith",
        (
            Heading(2, _inlines("Yr iaith Gymraeg"), "iaith", "3"),
            ClauseBlock(
                "iaith.ateb",
                (
                    Heading(3, _inlines("Ateb yn Gymraeg"), "iaith.ateb", "3.1"),
                    _p("Atebwn yn Gymraeg pan ofynnir yn Gymraeg: dŵr, tŷ, môr, gŵyl."),
                ),
            ),
            ClauseBlock(
                "iaith.reo",
                (
                    Heading(3, _inlines("Te reo Māori"), "iaith.reo", "3.2"),
                    _p("Ka whakautu mātou i roto i te reo Māori: ā, ē, ī, ō, ū."),
                ),
                language="mi",
            ),
        ),
        role="section",
        language="cy",
    )


def _gaps() -> Group:
    entry = _item(
        Gap(_GAP.path, _GAP.label, GAP), " Press office phone. Wanted in 3.", anchor="gap-1"
    )
    return Group(
        "gaps",
        (
            Heading(2, _inlines("Still to be given"), "gaps"),
            Heading(3, _inlines("The communications team"), listed=False),
            List((entry,)),
        ),
        role="gaps",
    )


def _sources() -> Group:
    return Group(
        "sources",
        (
            Heading(2, _inlines("Sources"), "sources"),
            List(
                (
                    _item(
                        "Our code of conduct for staff, 2025. Checked 2\u00a0November\u00a02026.",
                        anchor="source-1",
                    ),
                    _item(
                        "Health and Safety at Work Act 2015. ",
                        Tag("Not yet checked", False),
                        anchor="source-2",
                    ),
                ),
                ordered=True,
            ),
        ),
        role="sources",
    )


# --- Brief: the snapshot -----------------------------------------------------------------------------


def _brief() -> Blocks:
    titles = (
        "Taking part",
        "Who you are online",
        "Work and home",
        "Keeping confidences",
        "Elections",
        f"Partners such as {HOSTILE}",
        "Answering people",
        "When it goes wrong",
    )
    topics: tuple[Block, ...] = tuple(
        _topic(str(n), title) for n, title in enumerate(titles, start=1)
    )
    return (*topics, _ask(), _strip())


def _topic(number: str, title: str) -> Topic:
    essentials = List(
        (
            _item("Speak about the work you know. No need to ask."),
            _item(
                "Ask before you promise, spend or take sides, in English or in ",
                Foreign("mi", (Text("te reo"),)),
                ".",
            ),
            _item("Managers back the people who know the subject."),
        )
    )
    facts = (
        ("Who decides", _inlines(_strong("Wellbeing Lead"), Break(), "for every exception")),
        ("By when", _inlines(_strong("2 working days"), Break(), "At once, if there is a threat")),
    )
    return Topic(f"topic-{number}", number, _inlines(title), (essentials,), facts)


# --- Poster: the overview ----------------------------------------------------------------------------


def _poster() -> Blocks:
    return (
        Group(
            "principles",
            (Heading(2, _inlines("Five principles"), "principles"), Columns(tuple(_principles()))),
            role="section",
        ),
        Group("chart", _chart(), role="chart"),
        Columns(
            (
                _rules(
                    Mark.MAY,
                    "You may",
                    "Speak about your work",
                    "Answer questions in your field",
                    "Put right a mistake you see",
                ),
                _rules(
                    Mark.THINK,
                    "Think first",
                    "Am I senior, or close to this?",
                    "Has everyone pictured agreed?",
                    "Did AI help? Say so",
                ),
                _rules(
                    Mark.NEVER,
                    "Never",
                    "Share private information",
                    "Take political sides for us",
                    f"Promise {HOSTILE}",
                ),
            )
        ),
        _ask(),
        Columns((Column((_p("Scan it."),)), Column((ScanCode(ADDRESS, CODE_WORDS),)))),
        _strip(),
    )


def _principles() -> list[Column]:
    words = {
        "Be credible": "Get it right. Show your source.",
        "Be consistent": "Be as civil as at the front counter.",
        "Be responsive": "Listen, answer, and pass it on.",
        "Be integrated": "Match what we say elsewhere.",
        "Be a public servant": "Serve everyone. Say who you work for.",
    }
    return [Column((_p(_strong(title), Break(), text),)) for title, text in words.items()]


def _chart() -> Blocks:
    return (
        Heading(2, _inlines("Should I post this?"), "chart"),
        _p("Start at 1. A yes takes you down. A no takes you across.", role=Role.HINT),
        Table(
            _row("Step", "Question", "If the answer is no"),
            (
                _row(
                    "1",
                    "Is it about us, or about the work you do for us?",
                    "It is your own life. Post as yourself.",
                ),
                _row(
                    "2",
                    "Is it public, or yours to release?",
                    "Do not post. Ask the team that holds it.",
                ),
                _row(
                    "3",
                    "Is it true, fair and respectful?",
                    "Check it, or change it. Then start again.",
                ),
                _row(
                    "4", "Does it stay out of party politics?", "Do not post. This holds all year."
                ),
                _row(
                    "5",
                    "Will readers know you work here?",
                    "Say so first. Not safe for you? Ask us how.",
                ),
                _row(
                    "6",
                    "Does it keep to what is already decided?",
                    "Get a yes first, within 1 working day.",
                ),
            ),
            wide=True,
        ),
        _p(_strong("Post it."), " Then stay for the replies.", role=Role.LEAD),
    )


def _rules(mark: Mark, title: str, *rules: str) -> Column:
    return Column(
        (Heading(2, _inlines(title), mark=mark), List(tuple(_item(rule) for rule in rules)))
    )
