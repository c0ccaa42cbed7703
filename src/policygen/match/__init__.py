"""Which clauses may answer a passage of an existing policy, and which passages a clause."""
