#!/bin/sh
# From a fresh Debian machine to a gap report: installs what is missing, builds a release, plays the
# suspicious package in the head office 20 times, and says where the report is.
set -eu
cd "$(dirname "$0")/.."
. tools/packages.sh

build=build
out=out/head-office-package
# shellcheck disable=SC2086
install_packages $packages_main
if [ ! -f "$build/build.ninja" ]; then
    say "setting up a release build in $build/"
    meson setup "$build" --buildtype=release -Dtests=disabled >&2
fi
say "building"
ninja -C "$build" >&2
say "playing the incident 20 times"
"$build/tools/muster" run scenarios/head-office/package.json --reps 20 -o "$out"
say "open $out/report.html in any browser"
