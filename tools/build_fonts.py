"""Make the theme's fonts: one full TTF per weight out of the subsets that web-font packages ship.

    python tools/build_fonts.py FOLDER [TARGET]

FOLDER holds the subset files of Public Sans, `public-sans-<subset>-<weight>-normal.woff2` (the npm package
`@fontsource/public-sans`, in its `files/`). WeasyPrint prints wrong glyphs where two `@font-face` rules of
one family and weight differ only in their range of characters, hence one file per weight. Beside it stands, for the pages of a screen, the Latin of the two weights that
they use, as WOFF2. Needs fontTools and brotli. The same input gives the same bytes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from policygen.write.web_font import LATIN, subset

SUBSETS = ("latin", "latin-ext", "vietnamese")
SCREEN = ("Regular", "Bold")
WEIGHTS = {400: "Regular", 700: "Bold", 800: "ExtraBold"}
ALIASES = {0x2011: "-", 0x2009: " ", 0x202F: "\u00a0"}  # else another font would step in for these
TARGET = Path(__file__).parents[1] / "src/policygen/write/theme/fonts"
NEEDED = (
    "ĀāĒēĪīŌōŪū"  # te reo Māori
    "ŴŵŶŷÂâÊêÎîÔôÛûẀẁẂẃỲỳ"  # Welsh
    "ÁáÉéÍíÓóÚúÀàÈèÌìÒòÙù"  # Gaelic, Irish
    "‹›“”‘’–—…•·£€©§×\u00a0"
)


def build(folder: Path, target: Path) -> None:
    """Write one TTF per weight to `target`; raise ValueError if a needed character is missing."""
    for weight, style in WEIGHTS.items():
        font = merged(
            [folder / f"public-sans-{subset}-{weight}-normal.woff2" for subset in SUBSETS]
        )
        name(font, style)
        missing = sorted(set(map(ord, NEEDED)) - set(font.getBestCmap()))
        if missing:
            raise ValueError(f"Weight {weight} lacks {' '.join(map(chr, missing))}")
        path = target / f"PublicSans-{style}.ttf"
        font.save(path, reorderTables=True)
        if style in SCREEN:
            path.with_suffix(".woff2").write_bytes(subset(path.read_bytes(), LATIN))
        print(
            f"{path.name}: {len(font.getBestCmap())} characters, {path.stat().st_size // 1024} KB"
        )


def merged(files: list[Path]) -> TTFont:
    """One font of all `files` that exist, the first of them being the model for its metrics."""
    with tempfile.TemporaryDirectory() as scratch:
        plain: list[str] = []
        for file in filter(Path.exists, files):
            font = TTFont(file, recalcTimestamp=False)
            font.flavor = None  # the merger reads plain TTF only
            plain.append(os.path.join(scratch, f"{file.stem}.ttf"))
            font.save(plain[-1])
        font = Merger().merge(plain)
        font.recalcTimestamp = False
        for table in font["cmap"].tables:
            table.cmap |= {
                code: table.cmap[ord(as_)]
                for code, as_ in ALIASES.items()
                if ord(as_) in table.cmap
            }
        font["head"].created = font["head"].modified = TTFont(plain[0])["head"].modified
        return font


def name(font: TTFont, style: str) -> None:
    """Give the font names of its own, so that no viewer takes it for an installed one."""
    names = {
        1: f"Public Sans {style}",
        2: "Regular",
        4: f"Public Sans {style}",
        6: f"PublicSans-{style}",
    }
    for key, value in names.items():
        font["name"].setName(value, key, 3, 1, 0x409)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    build(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else TARGET)
