"""A consultation: what was sent, who said what to which clause, and what was answered."""
