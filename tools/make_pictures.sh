#!/bin/sh
# Renew the pictures of the README and of docs/ from the finished examples and the page of `serve`.
# Needs pdftoppm (poppler), chromium, playwright and LibreOffice. Asks for policygen and python on the path.
set -eu
cd "$(dirname "$0")/.."
pdftoppm -r 80 -f 1 -singlefile -png examples/fenwick/overview.pdf docs/pictures/overview
pdftoppm -r 80 -f "${1:-6}" -singlefile -png examples/fenwick/policy.pdf docs/pictures/policy
python tools/screen_pictures.py docs/pictures
python tools/returned_pictures.py docs/pictures
python tools/asked_pictures.py docs/pictures
