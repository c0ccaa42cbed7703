"""What a theme adds to our style sheets: its fonts, and the rules that it brings.

Checked when it was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from policygen.model.theme import Theme

_LETTERS = {
    "print": "html, code, pre",
    "screen": "html",
}  # on screen, what is to be typed has a face of its own


def theme_css(theme: Theme, media: Literal["screen", "print"]) -> str:
    """The rules that follow ours, as CSS; nothing where there is no theme."""
    faces = [
        f'@font-face {{ font-family: "{theme.family}"; font-weight: {weight}; '
        f"src: url(data:font/ttf;base64,{font}) }}\n"
        for weight, font in theme.fonts.items()
    ]
    if faces:
        faces.append(
            f'{_LETTERS[media]} {{ font-family: "{theme.family}", '
            '"Public Sans", "Noto Sans", sans-serif }\n'
        )
    return "".join(faces) + (theme.print if media == "print" else theme.screen)
