"""A translation pack that came back, as XLIFF or as a workbook: read within bounds."""
