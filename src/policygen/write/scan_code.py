"""An address as a code that a telephone reads (QR, ISO/IEC 18004). The one door to segno."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from policygen.model.document import ScanCode

QUIET_ZONE = 4  # modules of paper around it, which the standard asks for
_PIXELS = 8  # to a module, of the picture
_ASCII = "".join(map(chr, range(33, 127)))  # what an address may hold as it is


def scan_svg(code: ScanCode) -> bytes:
    """Return the code as an SVG with its quiet zone, black on white in every colour scheme."""
    return _saved(
        code, kind="svg", xmldecl=False, nl=False, omitsize=True, svgclass=None, lineclass=None
    )


def scan_png(code: ScanCode) -> bytes:
    """Return the code as a PNG with its quiet zone."""
    return _saved(code, kind="png", scale=_PIXELS)


def _saved(code: ScanCode, **format: Any) -> bytes:
    data = BytesIO()
    _made(code).save(data, border=QUIET_ZONE, dark="#000", light="#fff", **format)
    return data.getvalue()


def _made(code: ScanCode) -> Any:
    """Return segno's code; it corrects as many faults as the address leaves room for."""
    import segno  # a tenth of a second for the few documents that have one

    address = quote(code.address, safe=_ASCII)
    return segno.make(address, error=code.correction, boost_error=False, micro=False)
