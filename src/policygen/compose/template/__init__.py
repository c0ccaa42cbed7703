"""The templates in wording: what they may say, and how they are compiled."""
