"""One colour in, readable colours out."""

import pytest

from policygen.write.brand import DEFAULT, ENOUGH, NIGHT, PAPER, contrast, palette

COLOURS = ["#ffd700", "#ffffff", "#000000", "#1d4f91", "#ff0000", "#7fb2e5", "#767676", "#777777", ""]


@pytest.mark.parametrize("colour", COLOURS)
def test_text_reads_on_paper_tint_and_night(colour: str) -> None:
    made = palette(colour)
    assert contrast(made.text, PAPER) >= ENOUGH
    assert contrast(made.night, NIGHT) >= ENOUGH
    assert contrast("#16201c", made.tint) >= 12


@pytest.mark.parametrize(
    ("colour", "passes"), [("#1d4f91", True), ("#ffd700", False), ("#777777", False), ("#767676", True)]
)
def test_a_pale_colour_is_darkened_and_said_so(colour: str, passes: bool) -> None:
    made = palette(colour)
    assert made.passes is passes
    assert (made.text == colour) is passes


def test_no_colour_gives_the_default() -> None:
    assert palette().text == DEFAULT
    assert palette().tint == "#ecf2f0"
    assert palette().passes


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#1234567", "url(x)"])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="Not a colour"):
        palette(colour)
