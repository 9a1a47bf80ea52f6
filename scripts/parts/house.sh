# Sourced by every script: the project's root, Node's place, and how scripts speak.
# shellcheck shell=bash
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1

# Where Debian's Node.js is too old for the desk's tools, scripts/setup puts a newer one here.
export PATH="$PWD/build/toolchain/node_modules/.bin:$PATH"

say() { printf '\n== %s\n' "$*" >&2; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# The comment at the top of the calling script is its help.
help_if_asked() {
    local argument
    for argument in "$@"; do
        case $argument in
            -h | --help) sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"; exit 0 ;;
        esac
    done
}

# build PRESET [TARGET...]: configures where necessary, then builds.
build() {
    local preset=$1
    shift
    [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >&2
    cmake --build --preset "$preset" ${@:+--target "$@"} >&2
}
