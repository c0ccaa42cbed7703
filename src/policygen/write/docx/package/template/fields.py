"""The fields of a template, filled: content controls, and DOCPROPERTY fields, by their names."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policygen.model.word_template import control_name, field_command, property_name
from policygen.write.docx.package.xml import name, text_element, val, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policygen.write.docx.package.xml import Element

# What a filled control no longer is: a prompt, or bound to a part that a document does not carry.
_UNBOUND = ("showingPlcHdr", "dataBinding", "placeholder", "temporary")
_PROMPT = "PlaceholderText"
_BOUND_LATER = "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding"
# Fields that print a property of the file, by what they print.
_OF_FILE = ("TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS")


class FieldText(NamedTuple):
    """What a field prints, and the character style of a mark, or nothing for a value."""

    text: str
    style: str = ""


def fill_fields(root: Element, values: Mapping[str, FieldText]) -> None:
    """Fill every field of one part whose name, in small letters, is among `values`."""
    for control in list(root.iter(name("sdt"))):
        text = values.get(name_of_control(control).lower())
        if text is not None and _stands_in(control, root):
            _fill_control(control, text)
    for simple in list(root.iter(name("fldSimple"))):
        if text := _text_of_field(simple.get(name("instr"), ""), values):
            run = _run(_properties(simple), text)
            _empty(simple)
            simple.append(run)
    for paragraph in root.iter(name("p")):
        for one in _complex_fields(paragraph):
            if text := _text_of_field(one.instruction, values):
                one.fill(text)


def _stands_in(element: Element, root: Element) -> bool:
    """Tell whether an element is still there: the control around it may have been filled."""
    return any(ancestor is root for ancestor in element.iterancestors())


def _text_of_field(instruction: str, values: Mapping[str, FieldText]) -> FieldText | None:
    command, rest = field_command(instruction)
    if command == "DOCPROPERTY":
        return values.get(property_name(rest).lower())
    return values.get(command.lower()) if command in _OF_FILE else None


# --- Content controls -----------------------------------------------------------------------------


def name_of_control(control: Element) -> str:
    """Return the name of a content control, "" of one without."""
    properties = control.find(name("sdtPr"))
    if properties is None:
        return ""
    tag, alias = (
        "" if (found := properties.find(name(key))) is None else found.get(name("val"), "")
        for key in ("tag", "alias")
    )
    return control_name(tag, alias)


def _fill_control(control: Element, text: FieldText) -> None:
    """Put a text into a control, in the type that its words had."""
    properties, content = control.find(name("sdtPr")), control.find(name("sdtContent"))
    if properties is None or content is None or content.find(name("tr")) is not None:
        return
    run = _run(_properties(content), text)
    paragraph = next(content.iter(name("p")), None)
    if paragraph is None:
        _empty(content)
        content.append(run)
    else:
        _keep_only(content, paragraph)
        _empty(paragraph, keep="pPr")
        paragraph.append(run)
    for child in list(properties):
        if child.tag in {*map(name, _UNBOUND), _BOUND_LATER}:
            properties.remove(child)
        elif child.tag == name("date"):
            child.attrib.clear()  # the day that somebody chose there


def _keep_only(content: Element, paragraph: Element) -> None:
    """Leave of a control's blocks those around a paragraph; of a cell, its properties too."""
    kept = {paragraph, *paragraph.iterancestors()}
    for holder in [content, *(one for one in content.iter(name("tc")) if one in kept)]:
        for child in list(holder):
            if child not in kept and child.tag != name("tcPr"):
                holder.remove(child)


def _properties(holder: Element) -> Element | None:
    """Return how the first words of a field look; of a prompt's look, nothing is kept."""
    run = next(holder.iter(name("r")), None)
    found = None if run is None else run.find(name("rPr"))
    if found is None:
        return None
    style = found.find(name("rStyle"))
    if style is not None and style.get(name("val")) == _PROMPT:
        return None
    kept = deepcopy(found)
    for change in kept.findall(name("rPrChange")):
        kept.remove(change)
    return kept


def _run(properties: Element | None, text: FieldText) -> Element:
    properties = w("rPr") if properties is None else properties
    if text.style:
        for known in properties.findall(name("rStyle")):
            properties.remove(known)
        properties.insert(0, val("rStyle", text.style))
    return w("r", properties if len(properties) else None, text_element(text.text))


def _empty(holder: Element, keep: str = "") -> None:
    for child in list(holder):
        if child.tag != name(keep or "fldData"):
            holder.remove(child)


# --- Complex fields -------------------------------------------------------------------------------


@dataclass(slots=True)
class _ComplexField:
    """A field of several runs, from its beginning to its end."""

    instruction: str = ""
    separator: Element | None = None
    results: list[Element] = field(default_factory=list)
    end: Element | None = None

    def fill(self, text: FieldText) -> None:
        """Put a text in place of what the field showed."""
        end = self.end
        if end is None or end.getparent() is None:
            return
        shown = [run for run in self.results if run.find(name("t")) is not None]
        run = _run(_properties_of(shown[0]) if shown else _properties_of(end), text)
        for old in self.results:
            parent = old.getparent()
            if parent is not None:
                parent.remove(old)
        if self.separator is None:
            end.addprevious(w("r", w("fldChar", fldCharType="separate")))
        end.addprevious(run)


def _properties_of(run: Element) -> Element | None:
    found = run.find(name("rPr"))
    return None if found is None else deepcopy(found)


def _complex_fields(paragraph: Element) -> Iterator[_ComplexField]:
    """Yield the fields that begin and end in a paragraph, the inner ones first."""
    fields: list[_ComplexField] = []
    for run in _runs(paragraph):
        mark = run.find(name("fldChar"))
        kind = "" if mark is None else mark.get(name("fldCharType"), "")
        if kind == "begin":
            fields.append(_ComplexField())
        elif not fields:
            continue
        elif kind == "separate":
            fields[-1].separator = run
        elif kind == "end":
            ended = fields.pop()
            ended.end = run
            yield ended
        elif fields[-1].separator is None:
            fields[-1].instruction += words_of(run, "instrText")
        else:
            fields[-1].results.append(run)


def words_of(element: Element, local: str) -> str:
    """Return the characters in all elements `w:local` of one."""
    return "".join(one.text or "" for one in element.iter(name(local)))


def _runs(paragraph: Element) -> list[Element]:
    """Return the runs of a paragraph, also those in a smart tag; not those of a text box in it."""
    return [
        run
        for run in paragraph.iter(name("r"))
        if next(run.iterancestors(name("p")), None) is paragraph
    ]
