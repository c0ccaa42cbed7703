"""Imports WeasyPrint once, for all processes that are forked from whoever imports this."""

from contextlib import suppress

from policygen.problems import PolicygenError
from policygen.write.pdf.press import import_weasyprint

with suppress(PolicygenError):  # told by each that prints
    import_weasyprint()
