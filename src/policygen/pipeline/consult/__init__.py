"""`policygen consult`: a consultation from the draft that is sent to the answer that is given."""
