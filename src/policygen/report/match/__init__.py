"""An existing policy beside the clauses: a worksheet as a Document, JSON, CSV and XLSX."""
