"""A label is filled once, and what fills it is never read for slots."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from organisations import ROOT

from policygen.model.document import Text, Value
from policygen.model.outline.label import fill_label, fill_label_inlines, slot_fault, slot_names

NAMES = ["{page}", "{0.__class__}", "{", "}}", "%s %(name)s", "\\1 \\g<0>", "<b>A*B</b>", "{other}"]


@pytest.mark.parametrize("name", NAMES)
def test_a_value_is_never_a_template(name: str) -> None:
    assert fill_label("{name} and {other}", name=name, other="x") == f"{name} and x"


@given(st.text(), st.text())
def test_values_stand_as_they_are(one: str, two: str) -> None:
    assert fill_label("<{one}|{two}>", one=one, two=two) == f"<{one}|{two}>"
    filled = fill_label_inlines("{one}: {two}.", one=(Value("a", one),), two=(Text(two),))
    assert filled == (Value("a", one), Text(": "), Text(two), Text("."))


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("Page {page} of {pages}", {"page", "pages"}),
        ("none", set()),
        ("{0}", {"{"}),
        ("{a.b}", {"{"}),
        ("{a!r}", {"{"}),
        ("{a", {"{"}),
        ("{a} }", {"a", "{"}),
        ("{{a}}", {"a", "{"}),
    ],
)
def test_braces_that_are_no_slot_are_told(label: str, names: set[str]) -> None:
    assert slot_names(label) == names


@pytest.mark.parametrize(
    ("label", "fault"),
    [
        ("Page {page}", ""),
        ("Page", ""),
        ("{pgae}", "holds {pgae}, which nothing fills in"),
        ("{page.__class__}", "holds a brace that belongs to no slot"),
        ("{page:>9999999}", "holds a brace that belongs to no slot"),
        ("page}", "holds a brace that belongs to no slot"),
    ],
)
def test_a_label_with_the_wrong_slots(label: str, fault: str) -> None:
    assert slot_fault(label, {"page", "pages"}) == fault


@pytest.mark.slow
def test_no_text_of_a_file_is_ever_a_template() -> None:
    """Labels are filled by `fill_label`; `str.format` is left to constants of the module."""
    wrong = []
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                receiver = node.func.value
                constant = isinstance(receiver, ast.Name) and receiver.id.isupper()
                if node.func.attr == "format_map" or (node.func.attr == "format" and not constant):
                    wrong.append(f"{path.name}:{node.lineno}")
            elif isinstance(node, ast.ImportFrom) and node.module == "string":
                names = {alias.name for alias in node.names}
                wrong += [f"{path.name}:{node.lineno}"] if names & {"Template", "Formatter"} else []
    assert wrong == []
