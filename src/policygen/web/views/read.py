"""What is only looked at: the overview, what is unknown or wrong, editions, files."""

from __future__ import annotations

from importlib.resources import files
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from policygen.pipeline.page.groups import GROUPS
from policygen.pipeline.page.printed import endings, print_file, print_zip, printables
from policygen.pipeline.page.profiles import folder_state
from policygen.pipeline.page.ready import every_fault, still_unknown, unknown_list
from policygen.pipeline.page.tried import show_tried
from policygen.pipeline.page.undo import undo_save
from policygen.problems import PolicygenError, Problem
from policygen.web.asked import Asked, address, go_to
from policygen.web.pages import framed, html_page, sent_file

_FONTS = "write/theme/fonts"
# Only these, by name: no path is made of what was asked for.
_FILES = {
    "page.css": ("web/static", "text/css"),
    "page.js": ("web/static", "text/javascript"),
    "icon.svg": ("web/static", "image/svg+xml"),
    "htmx.min.js": ("web/static", "text/javascript"),
    "PublicSans-Regular.woff2": (_FONTS, "font/woff2"),
    "PublicSans-Bold.woff2": (_FONTS, "font/woff2"),
}


def overview_page(asked: Asked) -> Response:
    """Show the parts of the work, and how far each has come."""
    problems: tuple[Problem, ...] = ()
    unknown = 0
    try:
        groups = still_unknown(asked.body.file, asked.session.workspace)
        unknown = sum(len(one.facts) for one in groups)
    except PolicygenError as error:
        problems = error.problems
    return html_page(
        "overview.html",
        asked,
        groups=GROUPS,
        unknown=unknown,
        problems=problems,
        begun="begun" in asked.query,
    )


def undo_page(asked: Asked) -> Response:
    """Undo the last save, and go back to where that was asked for."""
    undone = undo_save(asked.own_body.file, asked.typed.get("save", ""))
    here = asked.typed.get("here", "")
    if here.startswith(f"{address('body', asked.body.name)}/"):  # a page of this policy, none else
        return RedirectResponse(f"{here}?undone={quote(undone)}", 303)
    return go_to("body", asked.body.name, undone=undone)


def changed_line(asked: Asked) -> Response:
    """Return a line for a page that is open, where a file of its policy is another by now."""
    is_changed = folder_state(asked.body.file) != asked.names["state"]
    return html_page("changed.html", asked, is_changed=is_changed)


def check_page(asked: Asked) -> Response:
    """List every Problem, each leading to its field."""
    problems = every_fault(asked.body.file, asked.session.workspace, asked.session.day())
    return html_page("check.html", asked, problems=problems)


def unknown_page(asked: Asked) -> Response:
    """Show what is not known yet, for each of those who will know."""
    groups = still_unknown(asked.body.file, asked.session.workspace)
    return html_page("unknown.html", asked, groups=groups)


def unknown_text(asked: Asked) -> Response:
    """Return the list as a plain text, to be put into a message."""
    text = unknown_list(asked.body, asked.session.workspace)
    headers = {"content-disposition": 'attachment; filename="still-unknown.txt"'}
    return PlainTextResponse(text, headers=headers)


def preview_page(asked: Asked) -> Response:
    """Show one edition, and lead to the others."""
    every = printables(asked.body.file, asked.session.workspace)
    wanted = asked.query.get("edition", "")
    shown = next((one for one in every if one.stem == wanted), every[0])
    profile_text = asked.session.read(asked.body)
    at = asked.query.get("at", "")
    return html_page(
        "preview.html", asked, every=every, shown=shown, profile_text=profile_text, at=at
    )


def edition_frame(asked: Asked) -> Response:
    """Return an edition as the page that would be published, for a frame that runs nothing.

    Where it is asked for a form that nobody has saved, it is as that would make it.
    """
    stem, workspace = asked.names["stem"], asked.session.workspace
    tried = asked.session.shown(asked.body, asked.query.get("tried", ""))
    if tried:
        return framed(show_tried(tried, stem, workspace))
    file = print_file(asked.body.file, f"{stem}.html", workspace)
    if file is None:
        raise HTTPException(404)
    return framed(file.data)


def downloads_page(asked: Asked) -> Response:
    """List each edition in each format."""
    every = printables(asked.body.file, asked.session.workspace)
    return html_page("downloads.html", asked, every=every, endings=endings())


def file_download(asked: Asked) -> Response:
    """Return one file of the policy, printed now."""
    name = asked.names["file"]
    printed = print_file(asked.body.file, name, asked.session.workspace)
    if printed is None:
        raise HTTPException(404, "This policy has no such file.")
    return sent_file(printed.data, f"{asked.body.name}-{name}")


def zip_download(asked: Asked) -> Response:
    """Return every usual edition in every format, in a zip."""
    data = print_zip(asked.body.file, asked.session.workspace)
    return sent_file(data, f"{asked.body.name}.zip")


def static_file(asked: Asked) -> Response:
    """Return one of the files. Raises HTTPException for any other."""
    name = asked.names["file"]
    if name not in _FILES:
        raise HTTPException(404)
    folder, media_type = _FILES[name]
    data = files("policygen").joinpath(folder, name).read_bytes()
    return Response(data, media_type=media_type)
