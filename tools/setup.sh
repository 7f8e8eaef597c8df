#!/bin/sh
# Makes .venv ready for the Makefile: picks a Python by running it, installs the lock and this
# checkout. Does nothing when the last run came to its end and nothing has changed since; picks up
# where a broken run stopped. PYTHON=/path/to/python names an interpreter.
set -u
cd "$(dirname "$0")/.." || exit 1
root=$(pwd -P)
venv=$root/.venv
stamp=$venv/installed-lock

fresh_mb=1500 # .venv takes 720 MB, pip's downloads on their way there 250 MB
update_mb=300

case ${PYTHON:-} in
'~/'*) PYTHON=$HOME/${PYTHON#'~/'} ;;
esac
unset PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX
export PIP_USER=0 PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1

say() {
    printf '%s\n' "$@" >&2
}

fail() {
    say "presslens: $1"
    shift
    [ $# -eq 0 ] || say "$@"
    exit 1
}

# Implementation, version and executable of an interpreter, outside any virtual environment;
# nothing if it does not run (a shim without its Python, Apple's stub).
describe() {
    "$1" -c 'import sys; print("%s %d.%d %s" % (
        getattr(getattr(sys, "implementation", None), "name", "cpython"),
        sys.version_info[0], sys.version_info[1],
        getattr(sys, "_base_executable", None) or sys.executable))' 2>/dev/null </dev/null
}

# Sets `python` and succeeds if this interpreter will do; otherwise adds to `refused` why not.
suits() {
    described=$(describe "$1") && [ -n "$described" ] || {
        problem "$1 does not run"
        return 1
    }
    implementation=${described%% *}
    described=${described#* }
    version=${described%% *}
    executable=${described#* }
    case "$implementation $version" in
    'cpython 3.11' | 'cpython 3.12' | 'cpython 3.13') ;;
    'cpython '[012].* | 'cpython 3.'[0-9] | 'cpython 3.10')
        problem "$1 is Python $version, which is too old"
        return 1
        ;;
    cpython*)
        problem "$1 is Python $version, which is too new"
        return 1
        ;;
    *)
        problem "$1 is $implementation $version, not CPython"
        return 1
        ;;
    esac
    "$executable" -c 'import ensurepip, venv' >/dev/null 2>&1 </dev/null || {
        problem "$1 (Python $version) lacks its venv module; Debian, Ubuntu: apt install python$version-venv"
        return 1
    }
    python=$executable
}

problem() {
    refused="$refused
  $1"
}

choose_python() {
    refused=
    if [ -n "${PYTHON:-}" ]; then
        suits "$PYTHON" || no_python "PYTHON=$PYTHON cannot be used:"
        return
    fi
    for name in python3.13 python3.12 python3.11 python3 python; do
        rest=$PATH:
        while [ -n "$rest" ]; do
            candidate=${rest%%:*}/$name
            rest=${rest#*:}
            if [ -f "$candidate" ] && [ -x "$candidate" ] && suits "$candidate"; then
                return
            fi
        done
    done
    no_python "no suitable Python found${refused:+:}"
}

no_python() {
    fail "$1$refused" \
        "Presslens needs Python 3.11, 3.12 or 3.13 with its venv module. To install one:" \
        "  Debian, Ubuntu:  apt install python3 python3-venv" \
        "  macOS:           brew install python@3.12, or the installer from python.org" \
        "Then run the same command again; PYTHON=/path/to/python names an interpreter."
}

# Whether .venv runs, was made in this place and is of the interpreter that PYTHON asks for.
venv_stands() {
    grep -qF "$venv/bin/python" "$venv/bin/pip" 2>/dev/null || return 1
    described=$(describe "$venv/bin/python") || return 1
    case $described in
    'cpython 3.11 '* | 'cpython 3.12 '* | 'cpython 3.13 '*) ;;
    *) return 1 ;;
    esac
    [ -z "${PYTHON:-}" ] || [ "$(home_of "$PYTHON")" = "$(home_of "$venv/bin/python")" ]
}

home_of() {
    "$1" -c 'import os, sys; print(os.path.realpath(sys.base_prefix), sys.version_info[:2])' 2>/dev/null </dev/null
}

# What .venv must have been made from: compared as it is, so no hash is needed.
wanted() {
    describe "$venv/bin/python"
    cat pyproject.toml requirements.txt
}

need_space() {
    free_kb=$(df -Pk . 2>/dev/null | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9][0-9]*%.*/\1/p')
    [ -n "$free_kb" ] || return 0
    [ "$free_kb" -ge $(($1 * 1024)) ] || fail \
        "the disk that holds $root has $((free_kb / 1024)) MB free; the installation needs $1 MB." \
        "Free some space, then run the same command again."
}

make_venv() {
    choose_python
    need_space "$fresh_mb"
    say "Creating .venv with Python $version ($python)"
    rm -rf "$venv" || exit 1
    run "$python" -m venv "$venv" || explain "Python could not create .venv."
}

# Runs a command with its output as ever, and keeps a copy of its errors in $errors.
run() {
    exec 3>&1
    status=$({ { "$@" 2>&1 >&3 3>&-; echo $? >&4; } | tee "$errors" >&2; } 4>&1)
    exec 3>&-
    return "$status"
}

explain() {
    if grep -qiE 'no space left|errno 28|disk quota' "$errors"; then
        set -- "the disk is full; the installation needs $fresh_mb MB where .venv is, and 500 MB in ${TMPDIR:-/tmp}."
    elif grep -qE 'ConnectionError|ConnectTimeout|ReadTimeout|Max retries|name resolution|unreachable|ProxyError|SSLError' "$errors"; then
        set -- "pip could not reach its package index. Check the network; behind a proxy set HTTPS_PROXY, with a mirror PIP_INDEX_URL."
    elif grep -q 'No matching distribution' "$errors"; then
        set -- "there is no ready-made package for this machine. Presslens runs on Linux (x86-64, ARM64) and macOS (Apple silicon); Windows through WSL."
    fi
    fail "$1" "Then run the same command again: it goes on where this run stopped."
}

# A package that a killed pip left half written has no RECORD; pip would take it for installed.
drop_halves() {
    for about in "$venv"/lib/python*/site-packages/*.dist-info; do
        [ ! -d "$about" ] || [ -f "$about/RECORD" ] || rm -rf "$about"
    done
}

install() {
    say "Installing requirements.txt into .venv (some minutes, once)"
    rm -f "$stamp"
    drop_halves
    run "$venv/bin/python" -m pip install --no-deps --only-binary :all: -r requirements.txt ||
        explain "pip could not install requirements.txt; its own words are above."
    run "$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation -e . ||
        explain "pip could not install this checkout; its own words are above."
    wanted >"$stamp.new" && mv "$stamp.new" "$stamp" || fail "$stamp cannot be written."
}

if venv_stands; then
    wanted | cmp -s - "$stamp" && exit 0
    need_space "$update_mb"
else
    missing=yes
fi
errors=$(mktemp "${TMPDIR:-/tmp}/presslens.XXXXXX") || fail "no temporary file can be written in ${TMPDIR:-/tmp}; is the disk full?"
trap 'rm -f "$errors"' EXIT
if [ -n "${missing:-}" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    make_venv
fi
install
