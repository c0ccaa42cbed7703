"""What many respondents said, as one: who is who, and how their edits fit together."""
