"""What the page of `serve` asks for: facts as a form, files of a policy, what is not known."""
