"""A page that needs nothing else, for whoever may not come in."""

from __future__ import annotations

from html import escape


def plain_page(title: str, text: str, *, link: bool = False) -> str:
    """Return a page of a heading and a line, with a link to the start for whoever may go there."""
    onward = '<p><a href="/">Go to your policies</a></p>' if link else ""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} – policygen</title></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(text)}</p>{onward}</main></body></html>"
    )
