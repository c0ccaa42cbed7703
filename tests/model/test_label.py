"""A label is filled once, and what fills it is never read for slots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygen.model.document import Text, Value
from policygen.model.label import fill_label, fill_label_inlines, slot_names

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
