"""What a theme adds to our style sheets: its fonts, and the rules that it brings.

They were checked when the theme was read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from policygen.write.web_font import WebFont, web_fonts

if TYPE_CHECKING:
    from policygen.model.theme import Theme

Media: TypeAlias = Literal["screen", "print"]  # as CSS calls them

# The elements that take the theme's font; on screen, what is to be typed has a face of its own.
_IN_THEME_FONT: dict[Media, str] = {"print": "html, code, pre", "screen": "html"}


def theme_css(theme: Theme, media: Media, text: str = "") -> str:
    """The rules that follow ours, as CSS.

    A page on a screen carries the characters of `text`, all that it prints. Paper has the whole
    fonts of a theme; ours stand in its own sheet.
    """
    fonts = web_fonts(theme, text) if media == "screen" else _whole_fonts(theme)
    rules = [
        f'@font-face {{ font-family: "{font.family}"; font-weight: {font.weight}; '
        f"src: url(data:{font.media_type};base64,{font.data}) }}\n"
        for font in fonts
    ]
    if theme.fonts:
        rules.append(
            f'{_IN_THEME_FONT[media]} {{ font-family: "{theme.family}", '
            '"Public Sans", "Noto Sans", sans-serif }\n'
        )
    return "".join(rules) + (theme.print if media == "print" else theme.screen)


def _whole_fonts(theme: Theme) -> tuple[WebFont, ...]:
    return tuple(
        WebFont(theme.family, weight, "font/ttf", font) for weight, font in theme.fonts.items()
    )
