#!/bin/sh
# Renew the README's pictures from the finished examples. Needs pdftoppm (poppler).
set -eu
cd "$(dirname "$0")/.."
pdftoppm -r 80 -f 1 -singlefile -png examples/fenwick/overview.pdf docs/pictures/overview
pdftoppm -r 80 -f "${1:-12}" -singlefile -png examples/fenwick/full-story.pdf docs/pictures/full-story
