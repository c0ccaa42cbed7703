#!/bin/sh
# Renew the README's pictures from the finished examples. Needs pdftoppm (poppler), chromium and playwright.
set -eu
cd "$(dirname "$0")/.."
pdftoppm -r 80 -f 1 -singlefile -png examples/fenwick/overview.pdf docs/pictures/overview
pdftoppm -r 80 -f "${1:-6}" -singlefile -png examples/fenwick/policy.pdf docs/pictures/policy

# A page on a screen, in the fonts of this computer.
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
policygen diff fenwick rauporoa --out "$made/report.html"
mkdir -p "$made/profiles"
cp -r profiles/fenwick "$made/profiles/ours"
( cd "$made" && exec policygen serve --no-open >"$made/address" 2>/dev/null ) &
serving=$!
trap 'kill $serving; rm -rf "$made"' EXIT
until [ -s "$made/address" ]; do sleep 0.2; done
python - "$made/report.html" "$(cat "$made/address")" <<'PICTURE'
import shutil, sys
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    page = browser.new_page(viewport={"width": 1160, "height": 800})
    page.set_default_timeout(0)
    page.goto(f"file://{sys.argv[1]}#view=sides&at=permission.clearance")
    page.screenshot(path="docs/pictures/changes.png")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(sys.argv[2])
    page.wait_for_url("**/")
    page.goto(f"{sys.argv[2].partition('/?')[0]}/body/ours/facts/channels")
    page.wait_for_timeout(2_000)
    page.screenshot(path="docs/pictures/page.png")
PICTURE
