"""The year after a policy is signed, one file a verb."""
