"""The year after a policy is signed -> Documents, CSV, JSON and calendar."""
