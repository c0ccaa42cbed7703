"""The year after a policy is signed -> Documents, CSV and JSON."""
