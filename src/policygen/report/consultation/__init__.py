"""The papers of a consultation: letters, the form, what came back, and what was answered."""
