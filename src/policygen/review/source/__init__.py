"""What came back for a clause or a section, written into the unfilled words it was printed from."""
