#!/bin/sh
# Called by `meson install`: pages of the manual in both languages, and completion for bash and zsh,
# made by the program itself from the tables that --help prints.
#
# usage: install-manual.sh MUSTER DATADIR
set -eu
muster=$1
data=$MESON_INSTALL_DESTDIR_PREFIX/$2

# pages LANGUAGE FOLDER
pages() {
    mkdir -p "$2"
    "$muster" --lang "$1" --help=man >"$2/muster.1"
    for command in $("$muster" --help=bash); do
        "$muster" "$command" --lang "$1" --help=man >"$2/muster-$command.1"
    done
}

pages en "$data/man/man1"
pages zh "$data/man/zh_CN/man1"
mkdir -p "$data/bash-completion/completions" "$data/zsh/site-functions"
"$muster" completion bash --lang en >"$data/bash-completion/completions/muster"
"$muster" completion zsh --lang en >"$data/zsh/site-functions/_muster"
