#!/usr/bin/env python3
"""Runs clang-tidy over the product's sources, as many at a time as there are cores: `tidy.py BUILD_FOLDER --all|--changed`.

Tests are left out: their macros take most of the time, and they are judged by running.

A file that was clean is not looked at again until it, a header of ours or the rules change: build/tidy remembers.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys

TIDY = "clang-tidy-14"
REMEMBERED = pathlib.Path("build/tidy")


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


def look_at(file: pathlib.Path, build: pathlib.Path, mark: pathlib.Path) -> str:
    run = subprocess.run([TIDY, "--quiet", "-p", str(build), str(file)], capture_output=True, text=True)
    if run.returncode == 0:
        mark.touch()
        return ""
    return run.stdout or run.stderr


def main() -> int:
    build, scope = pathlib.Path(sys.argv[1]), sys.argv[2]
    known = {pathlib.Path(entry["file"]) for entry in json.loads((build / "compile_commands.json").read_text())}
    root = pathlib.Path.cwd()
    ours = {f.relative_to(root) for f in known if f.is_relative_to(root / "src")}
    ours = {f for f in ours if "tests" not in f.parts and "testing" not in f.parts}
    wanted = sorted(ours if scope == "--all" else ours & changed_files())
    rules = digest([pathlib.Path(".clang-tidy"), *sorted(pathlib.Path("src").rglob("*.hpp"))])
    REMEMBERED.mkdir(parents=True, exist_ok=True)
    marks = {f: REMEMBERED / hashlib.sha256(f"{f}{rules}{digest([f])}".encode()).hexdigest() for f in wanted}
    fresh = [f for f in wanted if not marks[f].exists()]
    print(f"clang-tidy: {len(fresh)} files to look at, {len(wanted) - len(fresh)} known to be clean", file=sys.stderr)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints = [text for text in pool.map(lambda f: look_at(f, build, marks[f]), fresh) if text]
    print("\n".join(complaints), file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
