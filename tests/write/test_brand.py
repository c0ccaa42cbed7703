"""One colour in, readable colours out."""

import pytest

from policygen.model.colour import DEFAULT, ENOUGH, INK, NIGHT, PAPER, contrast, palette

COLOURS = [
    "#ffd700",
    "#ffffff",
    "#000000",
    "#1d4f91",
    "#ff0000",
    "#7fb2e5",
    "#767676",
    "#777777",
    "",
]


@pytest.mark.parametrize("colour", COLOURS)
def test_text_reads_on_paper_tint_and_night(colour: str) -> None:
    made = palette(colour)
    assert contrast(made.text, PAPER) >= ENOUGH
    assert contrast(made.night, NIGHT) >= ENOUGH
    assert contrast("#16201c", made.tint) >= 12


@pytest.mark.slow
def test_whatever_the_colour_words_read_on_all_its_grounds() -> None:
    steps = (*range(0, 256, 28), 255)
    for colour in (
        f"#{red:02x}{green:02x}{blue:02x}" for red in steps for green in steps for blue in steps
    ):
        made = palette(colour)
        assert contrast(made.text, PAPER) >= ENOUGH, colour
        assert contrast(made.night, NIGHT) >= ENOUGH, colour
        assert contrast(made.words, made.field) >= ENOUGH, colour
        assert contrast(made.field, PAPER) >= 1.2, (
            colour
        )  # a cover in force does not look like a draft's


def test_a_pale_colour_stays_itself_under_dark_words() -> None:
    assert (palette("#ffe58a").field, palette("#ffe58a").words) == ("#ffe58a", INK)
    assert (palette("#1d4f91").field, palette("#1d4f91").words) == ("#1d4f91", PAPER)
    assert palette("#fffdf5").words == PAPER  # paler than this it would be bare paper


def test_a_colour_is_darkened_without_losing_its_strength() -> None:
    red, green, blue = (int(palette("#ffe58a").text[at : at + 2], 16) for at in (1, 3, 5))
    assert (max(red, green, blue), min(red, green, blue)) == (red, blue)
    assert blue < 0.2 * red  # gold; mixed with black it would be mud


@pytest.mark.parametrize(
    ("colour", "passes"),
    [("#1d4f91", True), ("#ffd700", False), ("#777777", False), ("#767676", True)],
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
