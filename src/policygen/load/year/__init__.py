"""What comes back in a policy's year: workbooks of facts, lists of who has signed."""
