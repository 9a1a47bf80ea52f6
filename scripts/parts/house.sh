# Sourced by every script: the project's root, and how scripts speak.
# shellcheck shell=bash
script=$(realpath "$0")
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1

say() { printf '\n== %s\n' "$*" >&2; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# The comment at the top of the calling script is its help.
help_if_asked() {
    local argument
    for argument in "$@"; do
        case $argument in
            -h | --help) sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$script"; exit 0 ;;
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
