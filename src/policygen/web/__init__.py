"""The page for people who do not program: thin views over `pipeline`, for one user on one computer.

`app.py` lists every address; `security.py` says who may ask; `views/` has a file for each page.
"""
