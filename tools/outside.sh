# Bring what pip cannot: the libraries that print PDF, and the programs that some tests use.
#
#   sh tools/outside.sh pdf|test PYTHON
#
# Uses apt where this user may, and otherwise says what to install. Never fails: without the libraries
# the other formats are still built, and a test without its program is skipped by name (in CI it fails).
set -eu
cd "$(dirname "$0")/.."
. tools/apt.sh

AXE=axe-core@4.14.1
OOXML=@ooxml-tools/validate@0.4.6
HTML=html-validate@9.7.1

what=$1
python=$2

has_pango() {
    "$python" -c 'import weasyprint' >/dev/null 2>&1
}

# Only a matter of speed, so it is not asked for where apt is not at hand.
has_subset() {
    "$python" -c 'import ctypes; ctypes.CDLL("libharfbuzz-subset.so.0")' >/dev/null 2>&1
}

bring_pdf() {
    if has_pango && { has_subset || ! command -v apt-get >/dev/null 2>&1; }; then
        return
    fi
    apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 || true
    has_pango && return
    {
        echo "PDF needs the Pango library, which this computer lacks. All other formats are built without it."
        echo "  Debian, Ubuntu:  apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        echo "  Fedora:          dnf install pango"
        echo "  Alpine:          apk add pango"
        echo "  macOS:           brew install pango"
    } >&2
}

# one_of COMMAND...: whether any of these is on the path
one_of() {
    for command in "$@"; do
        if command -v "$command" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

# bring PACKAGE COMMAND...: install the Debian package unless one of its commands is there
bring() {
    package=$1
    shift
    if one_of "$@" || apt_install "$package"; then return; fi
    echo "Some tests need $1, which this computer lacks (on Debian, the package $package)." >&2
}

bring_node_packages() {
    if [ "$(cat .make/node/versions 2>/dev/null)" = "$AXE $OOXML $HTML" ]; then return; fi
    if ! one_of npm; then
        echo "Some tests need the npm packages $AXE, $OOXML and $HTML: install Node.js with npm." >&2
        return
    fi
    mkdir -p .make/node
    if npm install --prefix .make/node --no-package-lock --no-audit --no-fund --loglevel=error "$AXE" "$OOXML" "$HTML" >&2; then
        echo "$AXE $OOXML $HTML" >.make/node/versions
    else
        echo "npm could not install $AXE, $OOXML and $HTML, which some tests need." >&2
    fi
}

bring_pdf
if [ "$what" = test ]; then
    bring poppler-utils pdftotext
    bring qpdf qpdf
    # Debian parts LibreOffice into packages, and soffice alone may come without those for documents and workbooks.
    if one_of apt-get; then bring libreoffice-calc localc; fi
    if one_of apt-get; then bring libreoffice-writer lowriter; else bring libreoffice-writer soffice libreoffice; fi
    # It is asked to accept and to reject tracked changes through its bridge to the system's own Python.
    if one_of apt-get && ! /usr/bin/python3 -c "import uno" 2>/dev/null; then apt_install python3-uno || true; fi
    bring pandoc pandoc
    bring chromium chromium chromium-browser google-chrome
    bring_node_packages
fi
