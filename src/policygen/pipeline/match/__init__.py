"""`policygen match`: an existing policy beside the clauses, one file a step."""
