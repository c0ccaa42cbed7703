"""The first page of a site: every edition of a policy, and each file with its format and size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import PurePosixPath

from policygen.model import document as doc
from policygen.model.document import Block, Blocks, Text
from policygen.model.language import capitalise
from policygen.model.outline.label import fill_label
from policygen.model.policy import Policy
from policygen.present.cut import Cut
from policygen.present.front_matter import (
    document_lead,
    document_title,
    make_brand,
    make_masthead,
    make_meta,
    make_running,
    version_and_status,
)
from policygen.store.files import File
from policygen.write.writer import writer

_READ = "html"  # the format that a title leads to
_KILOBYTE, _MEGABYTE = 1_000, 1_000_000


def site_index(policies: Sequence[Policy], files: Sequence[File]) -> doc.Document:
    """Lay out the page that leads to `files`, those of the editions of one policy.

    It speaks the first of its languages; what is in another stands under it, in that language.
    """
    first = policies[0]
    cut = Cut(first, first.outline.full)
    parts = (tuple(_editions(policy, files)) for policy in policies)
    others = (policy.language for policy in policies[1:])
    languages = ("", *others)
    body = [
        replace(group, language=language)
        for language, groups in zip(languages, parts, strict=True)
        for group in groups
    ]
    return doc.Document(
        meta=_meta(cut),
        layout="brief",
        masthead=_masthead(cut),
        running=make_running(cut),
        body=tuple(body),
        brand=make_brand(first),
        in_force=first.profile.policy.status == "approved",
    )


def _meta(cut: Cut) -> doc.Meta:
    title = f"{document_title(cut)}. {cut.policy.profile.name}"
    return replace(make_meta(cut), title=title, description=f"{title}. {cut.labels['site_lead']}")


def _masthead(cut: Cut) -> doc.Masthead:
    status = doc.Tag(
        capitalise(version_and_status(cut)), solid=cut.policy.profile.policy.status == "approved"
    )
    whose = make_masthead(cut)
    return doc.Masthead(
        organisation=whose.organisation,
        local_names=whose.local_names,
        title=document_title(cut),
        lead=cut.labels["site_lead"],
        edition="",
        status=status,
    )


def _editions(policy: Policy, files: Sequence[File]) -> Iterator[doc.Group]:
    """Yield each edition in one language, in the order of the outline, with its files."""
    keys = list(policy.outline.editions)
    spoken = [file for file in files if file.language == policy.language]
    spoken.sort(key=lambda file: (keys.index(file.edition), file.audience))
    for (edition, audience), made in groupby(spoken, lambda file: (file.edition, file.audience)):
        cut = Cut(policy, policy.outline.editions[edition], audience=audience)
        yield _edition(cut, sorted(made, key=lambda file: (file.format != _READ, file.format)))


def _edition(cut: Cut, files: Sequence[File]) -> doc.Group:
    stem = PurePosixPath(files[0].path).stem
    is_read_here = files[0].format == _READ
    title = (doc.Link("", (Text(cut.title),), stem),) if is_read_here else (Text(cut.title),)
    items = tuple(doc.ListItem((doc.Paragraph((_download(cut, file),)),)) for file in files)
    blocks: Blocks = (
        doc.Heading(2, title, stem),
        *_lead(cut),
        doc.List(items),
    )
    return doc.Group(stem, blocks, "edition")


def _lead(cut: Cut) -> Iterator[Block]:
    """Yield the line that an edition has under its title."""
    if lead := document_lead(cut):
        yield doc.Paragraph((Text(lead),))


def _download(cut: Cut, file: File) -> doc.Link:
    extension = writer(file.format).extension
    stem = PurePosixPath(file.path).name.removesuffix(f".{extension}")
    format = cut.labels.get(f"format_{file.format}", file.format.upper())
    size = _size(len(file.data))
    words = fill_label(cut.labels["site_file"], edition=cut.title, format=format, size=size)
    return doc.Link("", (Text(words),), stem, extension)


def _size(count: int) -> str:
    """Return a number of bytes as people read it."""
    if count >= _MEGABYTE:
        return f"{count / _MEGABYTE:.1f} MB"
    return f"{max(1, round(count / _KILOBYTE))} kB"
