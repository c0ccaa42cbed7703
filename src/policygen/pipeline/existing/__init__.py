"""A policy that the body had before: what it is matched with, and a Policy made of it."""
