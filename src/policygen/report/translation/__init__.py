"""A translation pack for those without a tool: a workbook."""
