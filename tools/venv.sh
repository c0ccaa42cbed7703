# Make the virtual environment and install policygen into it, with the versions of constraints.txt.
#
#   sh tools/venv.sh VENV [EXTRAS]
#
# PYTHON=... chooses the interpreter; otherwise the first suitable one on the path is taken.
set -eu
cd "$(dirname "$0")/.."
. tools/apt.sh

venv=$1
extras=${2:-}

# Runs it, because a version manager may put commands on the path that do not work.
suitable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3 python}; do
        if suitable "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    {
        echo "policygen needs Python 3.11, 3.12 or 3.13, and none is on the path."
        echo "Found: $(python3 --version 2>/dev/null || echo no python3 at all)."
        echo "Install one, or say where it is: make PYTHON=/path/to/python3.12 ..."
        echo "  Debian 12, Ubuntu:  apt install python3 python3-venv"
        echo "  Fedora:             dnf install python3.12"
        echo "  Alpine:             apk add python3"
        echo "  macOS:              brew install python@3.12"
    } >&2
    return 1
}

if ! suitable "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if ! apt_install "$package"; then
            echo "This Python cannot make virtual environments: Debian and Ubuntu ship that part apart." >&2
            echo "Install it and run make again:  apt install $package" >&2
            exit 1
        fi
    fi
    echo "Making $venv with $("$python" --version)" >&2
    "$python" -m venv --clear "$venv"
fi

echo "Installing policygen${extras:+ with what $extras need} into $venv" >&2
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    --constraint constraints.txt --editable ".${extras:+[$extras]}"
