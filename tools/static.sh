#!/bin/sh
# clang-tidy, cppcheck and GCC's -fanalyzer over the whole tree; what a finding that stands is worth
# says docs/static-analysis.md. The first run takes an hour or so on two cores, a later one looks only
# at what has changed. It ends with a line "ok" for each tool. Arguments go to tests/static.py.
set -eu
cd "$(dirname "$0")/.."
if [ ! -f build-static/build.ninja ]; then
    CC=gcc meson setup build-static --buildtype=plain >&2
fi
exec nice -n 10 python3 tests/static.py . build-static build-static/said "$@"
