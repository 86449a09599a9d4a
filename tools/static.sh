#!/bin/sh
# clang-tidy, cppcheck and GCC's -fanalyzer over the whole tree; what a finding that stands is worth
# says docs/static-analysis.md. The first run takes an hour or so on two cores, a later one looks only
# at what has changed. It ends with a line "ok" for each tool. Arguments go to tests/static.py.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh
# shellcheck disable=SC2086
install_packages $packages_test clang-tidy cppcheck || exit 1
if [ ! -f build-static/build.ninja ]; then
    CC=gcc meson setup build-static --buildtype=plain >&2
fi
ninja -C build-static build.ninja >&2 # new files are in its list, too
exec nice -n 10 python3 tests/static.py . build-static build-static/said "$@"
