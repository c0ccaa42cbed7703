"""What was promised and kept -> the papers of a review, and the empty log."""
