#!/usr/bin/env python3
"""Every reason that the server can answer has a text in each language of the desk: `reasons.py [--list]`.

The desk knows a reason by its own words (web/src/ui/reason.tsx): small letters and digits, everything else `_`; numbers are
`n` and `m`, what stands in back-quotes is `x`. This finds the sentences in the source of the rooms behind the API, where
they are made, and their texts in data/i18n. `--list` prints the keys. What never reaches the desk stands in
scripts/parts/reasons_apart.txt: `file-pattern: sentence`, either may be `*`; a row that is needed no more is a breach too.
"""

import fnmatch
import json
import pathlib
import re
import sys

ROOMS = ["src/knowledge/access", "src/knowledge/registry", "src/knowledge/indicators", "src/knowledge/vulnerabilities", "src/sight/events", "src/sight/intake", "src/sight/findings", "src/casework/incidents", "src/ground/net", "src/ground/journal", "src/voice/release", "src/voice/notify", "src/doors/api"]
TEXT = r'"((?:[^"\\]|\\.)*)"(?:\s*"((?:[^"\\]|\\.)*)")?'
MADE = re.compile(
    r"(?:\b(?:invalid|conflict|refused|not_found|unavailable)\(|\{(?:net::)?Status::\w+,\s*|\b(?:wrong|fault|check|must_hold|refuse|choice)\((?:[^;\"]*?,\s*|\s*\"[\w.]+\",\s*)|\breport\([^;\"]*?,\s*)"
    r"\s*(?:\"[A-Za-z_.-]+\",\s*)?(?:fmt::format\(|std::string\()?\s*" + TEXT)
BOTH = re.compile(r"\breport_all\([^;\"]*?" + TEXT + r",\s*" + TEXT)
EXPECTED = re.compile(r"\bexpect\(([^;]*)\);")  # its last text, behind a field's name
APART = pathlib.Path("scripts/parts/reasons_apart.txt")
LANGUAGES = [pathlib.Path(f"data/i18n/{language}.json") for language in ("en", "mk", "sq")]


def key_of(sentence: str) -> str:
    numbers = iter("nmop")
    general = re.sub(r"`\{\}`|`[^`]*`", "`x`", sentence)
    general = re.sub(r"\{[^}]*\}|\d+(?:,\d{3})*", lambda _: next(numbers, "z"), general)
    return re.sub(r"[^a-z0-9]+", "_", general.lower()).strip("_")


def exact_key_of(sentence: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", sentence.lower()).strip("_")


def sentences() -> dict[str, set[str]]:
    """Sentence, without the field it begins with: the files that make it."""
    found: dict[str, set[str]] = {}
    for file in sorted(f for room in ROOMS for f in pathlib.Path(room).glob("*.[ch]pp")):
        text = file.read_text()
        whole = [first + second for first, second in MADE.findall(text)]
        for arguments in EXPECTED.findall(text):
            texts = re.findall(TEXT, arguments)
            whole += ["".join(texts[-1])] if texts else []
        for one, more, several, rest in BOTH.findall(text):
            whole += [one + more, several + rest]
        for made in whole:
            # What stands before a colon has a text of its own, or is a field.
            sentence = re.sub(r"^([a-z_{}\[\].]+|X-Reason|no indicator): ", "", made)
            sentence = re.sub(r": \{\}$", "", sentence)
            if re.search("[a-z]", sentence):
                found.setdefault(sentence, set()).add(str(file))
    return found


def main() -> int:
    apart = [tuple(part.strip() for part in line.split(":", 1)) for line in APART.read_text().splitlines() if line and line[0] != "#"]
    texts = {file: json.loads(file.read_text())["reason"].keys() for file in LANGUAGES}
    used: set[tuple[str, ...]] = set()
    breaches: list[str] = []
    for sentence, files in sentences().items():
        rows = [row for row in apart if fnmatch.fnmatchcase(sentence, row[1]) and all(fnmatch.fnmatch(file, row[0]) for file in files)]
        used.update(rows)
        if rows:
            continue
        if "--list" in sys.argv:
            print(key_of(sentence), sentence, *files)
        breaches += [f"{file}: no text reason.{key_of(sentence)} for `{sentence}` of {', '.join(sorted(files))}"
                     for file, keys in texts.items() if key_of(sentence) not in keys and exact_key_of(sentence) not in keys]
    breaches += [f"{APART}: `{': '.join(row)}` is not needed" for row in apart if row not in used]
    print("\n".join(breaches) or f"{len(sentences())} reasons have their texts", file=sys.stderr)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
