"""The pages, one a file: each turns a request into calls of `pipeline` and a template."""
