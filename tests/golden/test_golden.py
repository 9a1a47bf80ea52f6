"""What `kula match` prints, case by case: `FORMAT/CASE.in` beside `FORMAT/CASE.out`.

The output is standard output, sorted, then the last line of standard error (`--stats`) without its seconds.
`CASE.arguments` adds arguments. `scripts/test golden --update` writes the outputs anew.
"""

import json
import pathlib
import subprocess

import pytest

HERE = pathlib.Path(__file__).resolve().parent
CASES = sorted(HERE.glob("*/*.in"))


def run(kula: pathlib.Path, case: pathlib.Path) -> str:
    more = case.with_suffix(".arguments")
    command = [kula, "match", "--indicators", HERE / "indicators.txt", "--national", HERE / "national.txt", "--stats",
               *(more.read_text().split() if more.exists() else []), case.relative_to(HERE)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE, timeout=60)
    assert done.returncode == 0, done.stderr
    stats = json.loads(done.stderr.splitlines()[-1])
    assert stats.pop("seconds") >= 0
    return "".join(sorted(done.stdout.splitlines(keepends=True))) + json.dumps(stats, separators=(",", ":")) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_prints_what_is_expected(case: pathlib.Path, kula: pathlib.Path, request: pytest.FixtureRequest) -> None:
    expected = case.with_suffix(".out")
    printed = run(kula, case)
    if request.config.getoption("--update"):
        expected.write_text(printed)
    assert printed == expected.read_text()
