"""Facts asked of those who know them: sent out as a workbook, and written into the profile."""
