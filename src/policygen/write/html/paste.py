"""An edition to be pasted into a page of an intranet: plain elements, headings from level 2.

A web system has its own styles, and other parts with ids of their own. So what is pasted has no
class, style or script, and each of its ids opens with a prefix.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from policygen.write.html.blocks import HtmlBody, collect_anchors
from policygen.write.html.inlines import LinkTargets

if TYPE_CHECKING:
    from policygen.model.document import Document

# In our own markup a value of an attribute holds no ">" and no quote.
_TAG = re.compile(r"<[a-z][^>]*>")
_LOOKS = re.compile(r' (?:class|style|title|tabindex|data-[a-z]+|aria-[a-z]+)="[^"]*"')
_PLACE = re.compile(r' (id="|href="#)')
_BARE_SPAN = re.compile(r"<span>([^<]*)</span>")


def render_paste(document: Document, prefix: str) -> str:
    """Return the words of a document without the page around them.

    Links to files beside it lose their link and keep their words, for nothing stands beside it
    there.
    """
    targets = LinkTargets(collect_anchors(document.body), has_files=False)
    body = HtmlBody(targets, contents_apart=True, has_codes=False)
    control = document.masthead.control
    blocks = (*((control,) if control else ()), *document.body)
    running = document.running
    names = filter(None, (running.organisation, running.control))
    head = "".join(f"{escape(name)}. " for name in names).rstrip()
    head = f"<p>{head}</p>\n" if head else ""
    markup = _TAG.sub(lambda tag: _plain_tag(tag[0], prefix), body.render(blocks))
    while (bare := _BARE_SPAN.sub(r"\1", markup)) != markup:
        markup = bare
    language = escape(document.meta.language)
    return f'<div lang="{language}">\n{head}{markup}\n</div>\n'


def _plain_tag(tag: str, prefix: str) -> str:
    """Return a tag without what says how it looks, its places named apart from all others."""
    return _PLACE.sub(lambda place: f" {place[1]}{escape(prefix)}-", _LOOKS.sub("", tag))
