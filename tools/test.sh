#!/bin/sh
# The same set-up as quickstart.sh, then every test: a release build with unit, property and command
# tests, the unit tests again under the address and undefined-behaviour sanitizers, and the same run
# under both compilers (with MUSTER_ALL_COMPILERS=1 also without optimisation). The last line says
# how many passed and failed.
set -u
cd "$(dirname "$0")/.."
. tools/packages.sh

# shellcheck disable=SC2086
install_packages $packages_test || exit 1
# shellcheck disable=SC2086
install_packages $packages_use &
installing=$!

# set_up FOLDER OPTIONS…: a build folder, made once.
set_up() {
    folder=$1
    shift
    if [ ! -f "$folder/build.ninja" ]; then
        meson setup "$folder" "$@" >&2 || exit 1
    fi
}

# tested FOLDER OPTIONS…: builds and tests there; results are counted at the end.
tested() {
    folder=$1
    shift
    say "testing in $folder/"
    ninja -C "$folder" >&2 || exit 1
    if [ -n "$installing" ]; then
        wait "$installing" || exit 1
        installing=
    fi
    meson test -C "$folder" --no-rebuild --print-errorlogs "$@" >&2 || true
}

set_up build-test --buildtype=release
# One more at a time than there are processors: the window's test mostly waits.
tested build-test --num-processes $(($(nproc) + 1))
CC=clang set_up build-sanitize --buildtype=plain -Doptimization=2 -Db_sanitize=address,undefined \
    "-Dc_args=-gline-tables-only -fno-sanitize-recover=all -fsanitize-address-use-after-return=never" \
    -Db_lundef=false -Dopenmp=disabled -Dgdal=disabled
tested build-sanitize --suite unit --suite fuzz
say "the same run under two compilers"
python3 tests/compilers.py . build-compilers build-test build-sanitize >build-compilers.txt
cat build-compilers.txt >&2
python3 tests/count.py build-test build-sanitize build-compilers.txt
