"""What the files of a template lead to: what a document carries, leaves behind, or may not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import normpath

from policygen.model.address import email_fault, url_fault
from policygen.model.word_template.archive import UnsoundTemplate, WordTemplateFault

_EXTERNAL = "External"
# Kinds of relationship, by the last part of their addresses.
_CARRIED_NAMED = """
    officeDocument styles numbering settings fontTable font theme header footer footnotes
    endnotes image hyperlink diagramData diagramLayout diagramQuickStyle diagramColors
    diagramDrawing
"""
CARRIED = frozenset(_CARRIED_NAMED.split())
# What Word works with and no document needs. An attached template is a path on somebody's computer.
_LEFT_BEHIND_NAMED = """
    attachedTemplate glossaryDocument customXml customXmlProps webSettings stylesWithEffects
    comments commentsExtended commentsIds commentsExtensible people printerSettings
    core-properties extended-properties custom-properties thumbnail keyMapCustomizations
    attachedToolbars classificationlabels extensibility webextensiontaskpanes webextension
    mailMergeSource mailMergeHeaderSource recipientData documenttasks origin signature
"""
_LEFT_BEHIND = frozenset(_LEFT_BEHIND_NAMED.split())
_REFUSED = {
    "vbaProject": "a macro",
    "wordVbaData": "a macro",
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "control": "an ActiveX control",
    "activeXControlBinary": "an ActiveX control",
    "aFChunk": "another file within it",
    "subDocument": "a link to another document",
    "frame": "a link to another page",
    "chart": "a chart with a workbook behind it",
    "video": "a film",
    "audio": "a sound",
    "media": "a film or a sound",
}
_AWAY = "Take it out, and save the template again: a policy carries nothing that runs or fetches."


def relation_kind(relation: Mapping[str, str]) -> str:
    """Return the kind of a relationship: `image` of `http://.../relationships/image`."""
    return relation.get("Type", "").rpartition("/")[2]


def relation_faults(relations: list[dict[str, str]]) -> Iterator[WordTemplateFault]:
    """Yield what a template may not lead to."""
    for relation in relations:
        kind = relation_kind(relation)
        if kind in _LEFT_BEHIND:
            continue
        target = relation.get("Target", "")
        if kind not in CARRIED:
            held = _REFUSED.get(kind, f'what a policy cannot carry ("{kind[:30]}")')
            yield WordTemplateFault(f"The template holds {held}.", _AWAY, "PG432")
        elif relation.get("TargetMode") == _EXTERNAL:
            if kind != "hyperlink":
                what = f"The template fetches from elsewhere: {_shortened(target)}."
                mend = "In Word, under File, Info, Edit Links to Files, break the link."
                yield WordTemplateFault(what, mend, "PG432")
            elif fault := link_fault(target):
                yield fault


def link_fault(target: str) -> WordTemplateFault | None:
    """Return why a template may not link to an address, or None where it may."""
    scheme, _, rest = target.partition(":")
    if not target or target.startswith(("#", "\\l", "\\o")):
        return None
    if scheme.lower() == "mailto" and not email_fault(rest.partition("?")[0]):
        return None
    if scheme.lower() in ("http", "https") and not url_fault(target):
        return None
    what = f"The template links to {_shortened(target)}, which is no web or mail address."
    return WordTemplateFault(what, "Link to an address of the web, or take the link out.", "PG432")


def target_path(source: str, relation: Mapping[str, str]) -> str:
    """Return the path that a relationship of the file `source` leads to. Raises UnsoundTemplate."""
    target = relation.get("Target", "")
    folder = source.rpartition("/")[0]
    path = normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
    path = path.lstrip("/")
    if path.startswith("..") or "\\" in path:
        raise UnsoundTemplate("A path in the template leads out of it.")
    return path


def _shortened(address: str) -> str:
    return address if len(address) <= 60 else f"{address[:57]}..."
