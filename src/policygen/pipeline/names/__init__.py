"""Names on the command line to profiles, versions, revisions and policies."""
