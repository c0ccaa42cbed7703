# Sourced by its neighbours. Installs Debian packages where this user may, and is silent about what went well.

# apt_install PACKAGE...: returns 1 where there is no apt, no right to use it, or no such package.
apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        return 1
    fi
    echo "Installing with apt: $*" >&2
    mkdir -p .make
    # The lists may be old or absent. Where one of them cannot be renewed, the others may do.
    $as_root apt-get -qq -o DPkg::Lock::Timeout=120 update >.make/apt.log 2>&1 || true
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=120 \
        install --no-install-recommends "$@" >>.make/apt.log 2>&1 && return 0
    echo "apt could not install them; the end of .make/apt.log says why:" >&2
    tail -n 3 .make/apt.log >&2
    return 1
}
