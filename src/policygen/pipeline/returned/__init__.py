"""What came back, accepted: tried in memory, then written into the organisation's own folder."""
