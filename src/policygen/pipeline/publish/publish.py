"""Policies to finished files in memory: every edition in every format, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from policygen.lint.budget import pages_fault
from policygen.lint.look.glyphs import missing_glyphs
from policygen.lint.look.word_template import word_template_faults
from policygen.lint.published import long_address
from policygen.model.document import Document, Imprint
from policygen.model.policy import Policy, policy_digest, policy_to_json
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import (
    is_emptied,
    is_told_in_its_language,
    lacking_fact,
    present,
)
from policygen.present.navigation import with_translations
from policygen.problems import Level, Message, PolicygenError, Problem, errors
from policygen.store.built.part import BuildInputs, left_over, part_file, read_part
from policygen.store.files import File, remove_files, write_files
from policygen.write.writer import Paged, Partial, default_formats, writer


@dataclass(frozen=True, slots=True)
class Publication:
    """Every file that one profile or release gives, and the Problems that did not stop it.

    `name` is that of its folder: the organisation's, or fenwick@1.0.
    """

    name: str
    policies: tuple[Policy, ...]
    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    documents: Mapping[str, Document]  # what was printed, by the file's name without its ending
    whole: bool = True  # every format is there, and lacks nothing; one may lack its library


def publish(
    name: str,
    policies: Sequence[Policy],
    workspace: Workspace,
    editions: Sequence[str] = (),
    formats: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    audience: str = "",
) -> Publication:
    """Print a policy, in each of its languages, into the folder `name`.

    With an `audience`, each edition is cut to what these readers need, and stands beside the file
    that is not cut. Raises PolicygenError.
    """
    by_language = _by_language(policies, editions or _default_editions(policies[0], audience))
    formats = formats or default_formats()
    # The first language's files bear no tag.
    suffixes = {one.language: f".{one.language}" if n else "" for n, one in enumerate(policies)}
    press = _Press(name, workspace, suffixes, by_language, audience)
    press.problems += problems
    for policy in policies:
        press.problems += missing_glyphs(policy, workspace.caches.lint.glyphs)
        press.problems += word_template_faults(policy)
    press.problems += long_address(policies[0])
    for policy in policies:
        press.print_policy(policy, press.suffixes[policy.language], formats)
    found = tuple(dict.fromkeys((*press.problems, *press.lacking)))
    printed = {file.format for file in press.files}
    whole = not press.lacking and printed.issuperset(formats)
    files = tuple(press.files)
    return Publication(name, tuple(policies), files, found, press.documents, whole=whole)


def require_formats(publication: Publication, formats: Iterable[str]) -> None:
    """Raise PolicygenError when a format could not be printed: a release holds every one."""
    missing = set(formats) - {file.format for file in publication.files}
    if missing:
        names = ", ".join(sorted(missing))
        what = f"A release holds all that is published, and this one would lack {names}."
        mend = Message(
            "Install what is missing, or name the formats that you publish with --format.",
            on_page="Install what is missing and release it then, "
            "or tick below that you release it without.",
        )
        raise PolicygenError([*publication.problems, Problem(what, mend, code="PG550")])


def save_publication(
    publication: Publication, out: Path, fingerprint: str = "", listed: Sequence[str] = ()
) -> tuple[Path, ...]:
    """Write all of one profile's files, and its part of the manifest.

    Raises PolicygenError; then nothing is changed. `fingerprint` is that of the build, taken before
    it began; a build that lacks a format bears none. `listed` are the paths that the manifest has
    of it. `renew_manifest` ends a run.
    """
    name, files = publication.name, publication.files
    policy = publication.policies[0]
    inputs = BuildInputs(
        policy.profile_digest, policy.library_digest, fingerprint if publication.whole else ""
    )
    earlier = read_part(out, name)
    listed = (*listed, *(earlier["files"] if earlier else ()))
    gone = left_over(out, listed, (file.path for file in files))
    part = part_file(name, files, inputs, publication.problems, earlier)
    written = tuple(write_files((*files, part), out)[:-1])
    remove_files(gone)
    return written


def _default_editions(policy: Policy, audience: str) -> tuple[str, ...]:
    """Return the editions that are built when nobody names one, and that an audience may have."""
    outline = policy.outline
    keys = outline.default_editions
    return tuple(key for key in keys if outline.can_be_cut(outline.editions[key], audience))


def _by_language(policies: Sequence[Policy], editions: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the editions that are made in each language.

    The first language has all of them; any other those of which a quarter is told in it, for a
    title alone in another language serves nobody.
    """
    first, *others = policies
    found = {first.language: tuple(editions)}
    for policy in others:
        found[policy.language] = tuple(
            key for key in editions if is_told_in_its_language(policy, key)
        )
    return found


@dataclass(slots=True)
class _Press:
    """Prints one policy after another, and gathers the files and the Problems."""

    name: str
    workspace: Workspace
    suffixes: Mapping[str, str]  # of file names, by language
    editions: Mapping[str, Sequence[str]]  # by language
    audience: str = ""
    files: list[File] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lacking: list[Problem] = field(default_factory=list)  # what a format could not show

    def print_policy(self, policy: Policy, suffix: str, formats: Sequence[str]) -> None:
        """One language of a policy: policy.json, and each of its editions in every format."""
        editions = self.editions[policy.language]
        path = f"{self.name}/policy{suffix}.json"
        data = policy_to_json(policy)
        self.files.append(File(path, data, language=policy.language))
        audiences = {edition: self._audience_of(policy, edition) for edition in editions}
        without = {e: fact for e in audiences if (fact := lacking_fact(policy, e))}
        self.problems += (_no_fact(policy, edition, fact) for edition, fact in without.items())
        emptied = [e for e, audience in audiences.items() if is_emptied(policy, e, audience)]
        self.problems += (_nothing_to_print(policy, e) for e in emptied if e not in without)
        printed = [edition for edition in editions if edition not in (*emptied, *without)]
        # Only what is made in this run is linked to: nothing says what else will stand beside it.
        # Cuts for one audience are not, for they may lack what another leads to.
        files = {} if self.audience else {edition: f"{edition}{suffix}" for edition in printed}
        imprint = self._imprint(policy, policy_digest(data))
        documents = {}
        for edition in printed:
            audience = audiences[edition]
            document = present(policy, edition, self.workspace.caches.prose, audience, files)
            own = replace(
                imprint,
                edition=edition,
                tiers=policy.outline.editions[edition].tiers,
                audience=audience,
            )
            others = {
                language: f"{edition}{self._readers(policy, edition)}{ending}"
                for language, ending in self.suffixes.items()
                if edition in self.editions[language]
            }
            documents[edition] = with_translations(replace(document, imprint=own), others)
            stem = f"{edition}{self._readers(policy, edition)}{suffix}"
            self.documents[stem] = documents[edition]
        for format in formats:
            try:
                self._print_format(policy, suffix, documents, format)
            except PolicygenError as error:
                if errors(error.problems):
                    raise
                self.problems += error.problems  # a missing library costs its own format only

    def _imprint(self, policy: Policy, digest: str) -> Imprint:
        """Return what the imprints of all editions share."""
        folder, _, _ = self.name.partition("@")  # a release is fenwick@1.0
        version = policy.profile.policy.version or ""
        return Imprint(digest, folder, version, "", (), policy.language)

    def _audience_of(self, policy: Policy, edition: str) -> str:
        """Return whom an edition is cut for: nobody, where it is for these readers already."""
        return "" if policy.outline.editions[edition].audience else self.audience

    def _readers(self, policy: Policy, edition: str) -> str:
        """Return what the name of a file says of the readers that its edition is cut for."""
        audience = self._audience_of(policy, edition)
        return f".for-{audience}" if audience else ""

    def _print_format(
        self, policy: Policy, suffix: str, documents: Mapping[str, Document], format: str
    ) -> None:
        printer = writer(format)
        for edition, document in documents.items():
            audience = self._audience_of(policy, edition)
            file_name = f"{edition}{self._readers(policy, edition)}{suffix}.{printer.extension}"
            self.workspace.on_step(file_name)
            pages = 0
            if isinstance(printer, Paged):
                data, pages, lacking = printer.print_pages(document)
                self.lacking += lacking
            else:
                data = printer.write(document)
            path = f"{self.name}/{file_name}"
            self.files.append(File(path, data, edition, format, policy.language, audience))
            if isinstance(printer, Partial):
                self.lacking += printer.lacking(document)
            if not audience:  # a budget is that of the whole edition
                self.problems += pages_fault(policy, edition, pages)


def _no_fact(policy: Policy, edition: str, fact: str) -> Problem:
    name = policy.profile.name
    what = f"{name}: the profile has no {fact}, so the edition {edition} is not made."
    mend = f"Write them under `{fact}` in the profile, if there are any."
    return Problem(what, mend, level=Level.WARNING, code="PG569")


def _nothing_to_print(policy: Policy, edition: str) -> Problem:
    what = f"{policy.profile.name}: the edition {edition} has nothing to print, and is not made."
    mend = "This policy leaves out all that it tells: bring it back, or ask for another edition."
    return Problem(what, mend, level=Level.WARNING, code="PG639")
