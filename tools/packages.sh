# Which Debian packages each command needs, and how missing ones are installed.
# Sourced by quickstart.sh and test.sh.

# The main job and the window: compiler, build tools, the libraries that the simulator stands on,
# translations (libc-l10n: of what the system says of a file), SDL2 and a font with Chinese letters.
packages_main="gcc libc6-dev meson ninja-build pkg-config libgsl-dev libcjson-dev libgeos-dev
libsqlite3-dev gettext libsdl2-dev libsdl2-ttf-dev libsdl2-image-dev libfontconfig-dev fonts-noto-cjk libc-l10n"
# To build everything: importers, workbooks, both compilers, the tests.
packages_test="$packages_main check libsubunit-dev libgdal-dev libxlsxwriter-dev libopenmpi-dev openmpi-bin clang
libclang-rt-dev python3"
# What the tests themselves use: it may come while the first build runs.
packages_use="python3-jsonschema xvfb xdotool imagemagick chromium"

say() {
    printf '%s\n' "== $*" >&2
}

missing_packages() {
    for package in "$@"; do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
            printf '%s ' "$package"
    done
}

# install_packages PACKAGE…: installs those that are missing; quick when none is.
install_packages() {
    missing=$(missing_packages "$@")
    if [ -z "$missing" ]; then
        return 0
    fi
    say "installing missing Debian packages: $missing"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            say "run this as root, or install by hand: apt-get install $missing"
            return 1
        fi
        as_root=sudo
    fi
    $as_root apt-get update -q >&2 &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
            --no-install-recommends $missing >&2
}
