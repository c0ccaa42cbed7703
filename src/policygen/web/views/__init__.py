"""The pages: each view turns a request into calls of `pipeline` and a template."""
