"""An existing policy beside the clauses: what is ranked, and what people decide."""
