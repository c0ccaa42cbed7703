"""`policygen consult collate`: all that came back into one log, which only grows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policygen.load.consultation.kept import KEPT_FOLDER
from policygen.load.consultation.people import read_people
from policygen.load.consultation.record import PEOPLE_FOLDER, newest_consultation, read_log
from policygen.load.files import plain_name
from policygen.model.consultation.collation import ClauseResponses
from policygen.model.consultation.log import ConsultationLog
from policygen.model.consultation.record import Erasure, KeptFile, LogEntry, Response
from policygen.model.consultation.respondent import NamedFile, RespondentBook
from policygen.model.given_file import GivenFile
from policygen.model.policy import Policy
from policygen.pipeline.consult.incoming import IncomingFile, IncomingResponse, read_incoming
from policygen.pipeline.consult.sent import SentRelease
from policygen.pipeline.workspace import Workspace
from policygen.problems import Message, PolicygenError, Problem
from policygen.review.collation.collate import collate
from policygen.review.collation.respondents import (
    RespondentRegister,
    is_longer_name,
    is_named,
)
from policygen.store.consultation import log_file, people_file
from policygen.store.files import File, write_files
from policygen.store.lock import folder_locks


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of a file beside what it says: who sent it, for which body, and when it came.

    An empty name or body is taken from the file. Unless somebody `is_sure`, nothing is added where
    nobody surely knows whose words those are: what is in the log stays in it.
    """

    name: str = ""
    body: str = ""
    received: date | None = None
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Collated:
    """A consultation after its collation: the policy that was sent, the log, what is new in it.

    `notes` are what somebody should know of the files. With `is_doubtful`, one of them says that
    nobody surely knows whose words those are, and nothing is in the log yet.
    """

    policy: Policy
    log: ConsultationLog
    clauses: tuple[ClauseResponses, ...]
    added: int = 0
    notes: tuple[str, ...] = ()
    is_doubtful: bool = False


_NOBODY = Sender()


def collate_files(
    profile: Path,
    files: Sequence[Path | GivenFile],
    workspace: Workspace,
    sender: Sender = _NOBODY,
    version: str = "",
    *,
    dry_run: bool = False,
    step: Callable[[str], None] = lambda name: None,
) -> Collated:
    """Add what some files say to the log of a consultation, the newest or that of a version.

    A file that is in the log already adds nothing, nor does what somebody has said before. `step`
    is called with the name of each file as its turn comes. Raises PolicygenError with the Problems
    of all files; then nothing is written.
    """
    workspace = workspace.for_profile(profile)
    sender = replace(sender, name=plain_name(sender.name), body=plain_name(sender.body))
    folder = newest_consultation(profile.parent, version)
    with folder_locks([folder]):  # nobody else adds to the log between reading and writing
        log = read_log(folder)
        sent = SentRelease(profile.parent, log.consultation.version, workspace)
        incoming = _read_all(files, sent, step)
        collector = _Collector(log, read_people(folder / PEOPLE_FOLDER))
        for one in incoming:
            collector.take(one, sender)
        is_doubtful = collector.is_doubtful and not sender.is_sure
        dry_run = dry_run or is_doubtful
        if collector.added and not dry_run:
            write_files(collector.files(folder), folder)
            log = read_log(folder)
        elif collector.added:
            people = {one.id: one for one in collector.register.people}
            entries = (*log.entries, *collector.added)
            log = ConsultationLog(log.consultation, log.last, entries, people)
    new = sum(isinstance(one, Response) for one in collector.added)
    clauses = collate(log.responses, sent.order)
    return Collated(sent.policies[0], log, clauses, new, tuple(collector.notes), is_doubtful)


def _read_all(
    files: Iterable[Path | GivenFile], sent: SentRelease, step: Callable[[str], None]
) -> list[IncomingFile]:
    found: list[IncomingFile] = []
    problems: list[Problem] = []
    for source in files:
        step(source.name)
        try:
            found.append(read_incoming(source, sent))
        except PolicygenError as error:
            problems += error.problems
    if problems:
        raise PolicygenError(problems)
    return found


class _Collector:
    """Gathers what is new in some files, as entries of the log; `notes` are what to say of them."""

    def __init__(self, log: ConsultationLog, book: RespondentBook) -> None:
        used = [one.respondent for one in log.entries if isinstance(one, Response | Erasure)]
        self.register = RespondentRegister(book.people, used)
        self.added: list[LogEntry] = []
        self.notes: list[str] = []
        self.is_doubtful = False  # whether a note asks whose words those are
        self._log = log
        self._known = set(log.files)
        self._last = max((one.id for one in log.responses), default=0)
        self._said = {(one.respondent, *one.content) for one in log.responses}
        self._files = {one.sha256: one for one in book.files}
        self._given: dict[str, GivenFile] = {}

    def take(self, file: IncomingFile, sender: Sender) -> None:
        """Take one file."""
        sha256 = hashlib.sha256(file.given.data).hexdigest()
        if sha256 in self._known:
            self.notes.append(f"{file.given.name} is in the log already.")
            return
        self._known.add(sha256)
        self._given[sha256] = file.given
        self.added.append(KeptFile(sha256, len(file.given.data), sender.received))
        before = len(self.added)
        # All who wrote in it, nothing new too: it is erased with the name of each.
        authors = [one.author for one in file.responses] or [""]
        writers = [self._writer(author, sha256, file, sender) for author in authors]
        if not (sender.name or file.sender or any(map(is_named, authors))):
            self._doubt(_nameless(file))
        if (
            file.body is None
            and file.sender
            and not sender.name
            and not all(map(is_named, authors))
        ):
            self._doubt(_taken_for(self._writer("", sha256, file, sender), file))
        name = plain_name(file.given.name)
        if not sender.name:  # else somebody has said whose it is
            self._note_namesakes(name, dict.fromkeys(writers))
        self._files[sha256] = NamedFile(sha256, name, tuple(dict.fromkeys(writers)))
        for respondent, one in zip(writers, file.responses, strict=False):
            self._add(one, sha256, respondent)
        if len(self.added) == before:
            again = "nothing that is not in the log already" if file.responses else "nothing"
            self.notes.append(f"{file.given.name} says {again}.")
        if file.losses:
            self.notes.append(_lossy(file))

    def _doubt(self, note: str) -> None:
        self.notes.append(note)
        self.is_doubtful = True

    def _writer(self, author: str, sha256: str, file: IncomingFile, sender: Sender) -> str:
        """Return the id of an author in a file, or of whoever sent it."""
        is_told_apart = is_longer_name(sender.name, author)  # Sam Iqbal, Highways
        name = author if is_named(author) and not is_told_apart else sender.name or file.sender
        # Two files may have one name, and need not be of one person.
        name = name or f"{file.given.stem} ({sha256[:6]})"
        return self.register.id_of(name, sender.body or file.body)

    def _note_namesakes(self, name: str, writers: Iterable[str]) -> None:
        """Note a private person who is taken to have written in another file too, by their name."""
        people = {one.id: one for one in self.register.people}
        for id in writers:
            earlier = [one.name for one in self._files.values() if id in one.respondents]
            if earlier and not people[id].body:
                self.notes.append(_namesake(id, name, earlier[-1]))

    def _add(self, one: IncomingResponse, sha256: str, respondent: str) -> None:
        """Add a response, if it says anything new."""
        response = Response(
            self._last + 1,
            sha256,
            one.clause,
            one.kind,
            respondent,
            one.date,
            one.before,
            self.register.without_names(one.after, one.before),
            self.register.without_names(one.said),
            one.fact,
        )
        key = (respondent, *response.content)
        if key not in self._said:
            self._said.add(key)
            self._last += 1
            self.added.append(response)

    def files(self, folder: Path) -> list[File]:
        """Return every file that is to be written."""
        book = RespondentBook(tuple(self.register.people), tuple(self._files.values()))
        kept = [
            File(f"{KEPT_FOLDER}/{sha256}{given.ending}", given.data)
            for sha256, given in self._given.items()
        ]
        return [*kept, people_file(book), log_file(folder, self._log, self.added)]


def _namesake(id: str, name: str, earlier: str) -> Message:
    what = f"{id} wrote in {earlier} and in {name}, for both bear one name"
    return Message(
        f'{what}. If they are two people, tell them apart before you collate: --from "Name, Team".',
        on_page=f"{what}. If they are two people, say beside the file who sent it: “Name, Team”.",
    )


def _nameless(file: IncomingFile) -> Message:
    what = f"{file.given.name} does not say whose it is"
    write = "write it into people/respondents.yaml"
    return Message(
        f"{what}: give --from, or {write}.", on_page=f"{what}: say beside the file who sent it."
    )


def _taken_for(id: str, file: IncomingFile) -> Message:
    """Return the note on what bears no name in a copy that one person alone is named in.

    It may have been passed on: the director edits the lawyer's copy, with tracking off.
    """
    author = f"{file.sender}, the only author in it ({id} in the log)"
    what = f"What bears no name in {file.given.name} is taken for the words of {author}"
    return Message(
        f"{what}. If it is somebody else's, say so before you collate: --from NAME.",
        on_page=f"{what}. If it is somebody else's, say beside the file who sent it.",
    )


def _lossy(file: IncomingFile) -> Message:
    things, them = ("things", "them") if file.losses > 1 else ("thing", "it")
    what = f"{file.given.name} holds {file.losses} {things} that no policy can hold"
    return Message(
        f"{what}: `policygen review` lists {them}.",
        on_page=f"{what}: the page Review lists {them}.",
    )
