"""Rows of cells as a file for spreadsheets: a workbook (XLSX), or CSV."""
