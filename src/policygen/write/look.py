"""What a theme adds to our style sheets: its fonts, and the rules that it brings.

They were checked when the theme was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from policygen.model.theme import Theme

Media: TypeAlias = Literal["screen", "print"]  # as CSS calls them

# The elements that take the theme's font; on screen, what is to be typed has a face of its own.
_IN_THEME_FONT: dict[Media, str] = {"print": "html, code, pre", "screen": "html"}


def theme_css(theme: Theme, media: Media) -> str:
    """The rules that follow ours, as CSS; nothing where there is no theme."""
    faces = [
        f'@font-face {{ font-family: "{theme.family}"; font-weight: {weight}; '
        f"src: url(data:font/ttf;base64,{font}) }}\n"
        for weight, font in theme.fonts.items()
    ]
    if faces:
        faces.append(
            f'{_IN_THEME_FONT[media]} {{ font-family: "{theme.family}", '
            '"Public Sans", "Noto Sans", sans-serif }\n'
        )
    return "".join(faces) + (theme.print if media == "print" else theme.screen)
