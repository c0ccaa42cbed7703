"""A stranger's spreadsheet -> rows of texts: XLSX, CSV and the tables of a Word file, bounded."""
