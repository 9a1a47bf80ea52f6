#!/usr/bin/env python3
"""Runs clang-tidy over the product's sources: `tidy.py BUILD_FOLDER --all|--changed [SECONDS]`.

As many at a time as there are cores, the latest changed first; after SECONDS no further file is begun, and the rest is
counted. Tests are left out: their macros take most of the time, and they are judged by running.

A file that was clean is not looked at again until it, a header of ours or the rules change: build/tidy/clean remembers.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import time

TIDY = "clang-tidy-14"
REMEMBERED = pathlib.Path("build/tidy/clean")


def digest(files: list[pathlib.Path]) -> str:
    sum_ = hashlib.sha256()
    for file in files:
        sum_.update(file.read_bytes())
    return sum_.hexdigest()


def git_names(*arguments: str) -> set[pathlib.Path]:
    listed = subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout
    return {pathlib.Path(name) for name in listed.splitlines()}


def changed_files() -> set[pathlib.Path]:
    has_parent = subprocess.run(["git", "rev-parse", "-q", "--verify", "HEAD~1"], capture_output=True).returncode == 0
    names = git_names("diff", "--name-only", "HEAD~1" if has_parent else "HEAD")
    return names | git_names("ls-files", "--others", "--exclude-standard")


def latest_first(files: set[pathlib.Path]) -> list[pathlib.Path]:
    touched = subprocess.run(["git", "log", "-n", "300", "--format=", "--name-only"], check=True, capture_output=True, text=True)
    place: dict[str, int] = {}
    for name in touched.stdout.splitlines():
        place.setdefault(name, len(place))
    return sorted(files, key=lambda file: (place.get(str(file), len(place)), file))


def look_at(file: pathlib.Path, build: pathlib.Path, mark: pathlib.Path, end: float) -> str | None:
    """What is wrong with the file; None when there was no time for it."""
    if time.monotonic() > end:
        return None
    # The commands are those of g++, some of whose options clang does not use.
    for_clang = ["--extra-arg=-Wno-unused-command-line-argument", "--extra-arg=-Wno-unknown-warning-option"]
    run = subprocess.run([TIDY, "--quiet", "-p", str(build), *for_clang, str(file)], capture_output=True, text=True)
    if run.returncode == 0:
        mark.touch()
        return ""
    fault = run.stdout or run.stderr or f"{TIDY} ended with {run.returncode}"
    print(fault, file=sys.stderr, flush=True)
    return fault


def main() -> int:
    build, scope = pathlib.Path(sys.argv[1]), sys.argv[2]
    end = time.monotonic() + (float(sys.argv[3]) if len(sys.argv) > 3 else float("inf"))
    known = {pathlib.Path(entry["file"]) for entry in json.loads((build / "compile_commands.json").read_text())}
    root = pathlib.Path.cwd()
    ours = {f.relative_to(root) for f in known if f.is_relative_to(root / "src")}
    ours = {f for f in ours if "tests" not in f.parts and "testing" not in f.parts}
    wanted = latest_first(ours if scope == "--all" else ours & changed_files())
    rules = digest([pathlib.Path(".clang-tidy"), *sorted(pathlib.Path("src").rglob("*.hpp"))])
    REMEMBERED.mkdir(parents=True, exist_ok=True)
    marks = {f: REMEMBERED / hashlib.sha256(f"{f}{rules}{digest([f])}".encode()).hexdigest() for f in wanted}
    fresh = [f for f in wanted if not marks[f].exists()]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        judged = list(pool.map(lambda f: look_at(f, build, marks[f], end), fresh))
    skipped = judged.count(None)
    faulty = len([text for text in judged if text])
    print(f"clang-tidy: {len(wanted)} files, {faulty} with faults, {skipped} left for want of time", file=sys.stderr)
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
