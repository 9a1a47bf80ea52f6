"""`kula api` as an analyst uses it: the program that is shipped, against the server that is shipped."""

import csv
import fcntl
import io
import itertools
import json
import os
import pathlib
import pty
import socket
import struct
import subprocess
import termios
from collections.abc import Callable

import pytest
from running import PATIENCE, ROLES, Running, free_port, wait_for
from test_contract import CONTRACT

DONE, FAILED, WRONG_USAGE, UNREACHABLE, NOT_ALLOWED, CHANGED_MEANWHILE = range(6)
Api = Callable[..., subprocess.CompletedProcess[str]]


def token_file(folder: pathlib.Path, token: str, mode: int = 0o600) -> pathlib.Path:
    file = folder / "token"
    file.touch(0o600)
    file.write_text(token + "\n")
    file.chmod(mode)
    return file


def asked(running: Running, *arguments: str | pathlib.Path, given: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KULA_")}
    return subprocess.run([running.kula, "api", *arguments], input=given, capture_output=True, text=True, timeout=PATIENCE, env={**clean, **environment})


@pytest.fixture
def api(country: Running, tmp_path: pathlib.Path) -> Api:
    file = token_file(tmp_path, country.token)

    def ask(*arguments: str | pathlib.Path, given: str | None = None, ending: int = DONE) -> subprocess.CompletedProcess[str]:
        told = asked(country, *arguments, given=given, KULA_SERVER=country.base, KULA_TOKEN_FILE=str(file))
        assert told.returncode == ending, (arguments, told.stdout, told.stderr)
        assert country.token not in told.stdout + told.stderr
        return told

    return ask


def read(api: Api, *arguments: str | pathlib.Path, **how: object) -> object:
    return json.loads(api(*arguments, **how).stdout)


def test_every_list_and_every_single_thing_of_the_contract_is_a_command(api: Api) -> None:
    nouns = api().stdout
    listed = 0
    for path, item in CONTRACT["paths"].items():
        operation = item.get("get")
        if not operation or "{" in path or path == "/api/v1/stream" or operation["x-permission"] in ("signing_in", "signed_in", "tokens.own"):
            continue
        words = path.removeprefix("/api/v1").strip("/").split("/")
        assert words[0] in nouns
        lines = api(*words, "--help").stdout.splitlines()
        command = next(line for line in lines if line.split("kula api ")[-1].split()[:len(words)] == words and line.split()[-1] in ("list", "get"))
        verb = command.split()[-1]
        assert operation["summary"].split()[0] in api(*words, verb, "--help").stdout
        listed += verb == "list"
        answer = api(*words, verb)
        if "application/json" in operation["responses"]["200"]["content"]:
            assert isinstance(json.loads(answer.stdout), list if verb == "list" else dict), path
    assert listed >= 7


def test_an_organisation_lives_and_dies(country: Running, api: Api, tmp_path: pathlib.Path) -> None:
    made = read(api, "organisations", "create", "--field", "name=Пример Банка Čair", "--field", "sector=banking",
                "--field", "contacts[0].name=Дежурен", "--field", "contacts[0].role=security", "--field", "contacts[0].email=soc@bank.example",
                "--field", 'networks:=[{"kind": "domain", "value": "bank.example"}]', "--reason", "Барање бр. 7")
    assert made["name"] == "Пример Банка Čair" and made["contacts"][0]["phone"] is None
    assert country.get("/api/v1/journal", deed="organisation.")["items"][0]["why"] == "Барање бр. 7"

    changed = read(api, "organisations", "change", made["id"], "--field", "notes=Забелешка", "--field", "sector=energy")
    assert (changed["notes"], changed["sector"], changed["networks"]) == ("Забелешка", "energy", made["networks"])
    assert changed["version"] == made["version"] + 1

    # A file that was read before somebody else changed the record must not undo that.
    file = tmp_path / "bank.json"
    file.write_text(json.dumps(changed | {"notes": "mine"}))
    read(api, "organisations", "change", made["id"], "--field", "notes=theirs")
    refused = api("organisations", "change", made["id"], "--from", file, ending=CHANGED_MEANWHILE)
    assert "changed meanwhile (412)" in refused.stderr and "Nothing was changed" in refused.stderr
    latest = api("organisations", "get", made["id"]).stdout
    assert json.loads(latest)["notes"] == "theirs"
    assert read(api, "organisations", "change", made["id"], "--from", "-", given=latest.replace("theirs", "ours"))["notes"] == "ours"

    assert api("organisations", "delete", made["id"], "--if-match", '"1"', ending=CHANGED_MEANWHILE).stdout == ""
    assert api("organisations", "delete", made["id"]).stdout == ""
    assert "not found (404)" in api("organisations", "get", made["id"], ending=FAILED).stderr
    assert "not found (404)" in api("organisations", "change", made["id"], "--field", "name=x", ending=FAILED).stderr


def test_what_has_no_id_changes_and_what_is_for_people_is_refused(api: Api) -> None:
    space = read(api, "national-space", "change", "--field", "prefixes=192.0.2.0/24", "--field", "prefixes=198.18.0.0/15")
    assert space["prefixes"] == ["192.0.2.0/24", "198.18.0.0/15"]
    assert "users.manage" in ROLES["for_people_only"]
    refused = api("users", "create", "--field", "name=example.analyst", "--field", "full_name=Example Analyst", "--field", "email=",
                  "--field", "language=sq", "--field", "roles=duty_analyst", ending=NOT_ALLOWED)
    assert "not allowed (403)" in refused.stderr and "users.manage" in refused.stderr


def test_files_are_imported(country: Running, api: Api, tmp_path: pathlib.Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("name,sector\nExample Bank North,banking\nExample Bank South,no-such-sector\n")
    assert read(api, "organisations", "import", rows, "--dry-run")["created"] >= 1
    assert read(api, "organisations", "import", rows)["read"] == 2
    lines = tmp_path / "rows.jsonl"
    lines.write_text('{"name": "Example Bank East", "sector": "banking"}\n{"name": "Example\n')
    report = read(api, "organisations", "import", lines)
    assert (report["created"], report["skipped"], report["rows"][0]["line"]) == (1, 1, 2)
    report = read(api, "indicators", "import", "--source", "listë", "--from", "-", given="192.0.2.250\nnonsense\n198.51.100.9\n")
    assert (report["source"], report["skipped_count"]) == ("listë", 1)
    assert [source["name"] for source in read(api, "indicators", "sources", "list")] == ["example-list", "listë"]
    missing = api("organisations", "import", tmp_path / "none.csv", ending=FAILED)
    assert "none.csv cannot be read" in missing.stderr


def test_pages_follow_each_other(country: Running, api: Api) -> None:
    country.import_organisations("name\n" + "".join(f"Example {number:04}\n" for number in range(1200)))
    first = api("organisations", "list")
    assert len(json.loads(first.stdout)) == 50 and "50 of 1202 rows; --all for every one" in first.stderr
    lines = api("organisations", "list", "--all", "--format", "jsonl").stdout.splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == len(lines) == 1202
    assert len(read(api, "organisations", "list", "--limit", "701")) == 701
    rows = list(csv.reader(io.StringIO(api("organisations", "list", "--all", "--format", "csv", "--columns", "name,id").stdout)))
    assert rows[0] == ["name", "id"] and len(rows) == 1203
    named = read(api, "organisations", "list", "--search", "0007", "--columns", "name")
    assert named == [{"name": "Example 0007"}]
    piped = subprocess.run(f"{country.kula} api organisations list --all --format jsonl | head -1", shell=True, capture_output=True, text=True,
                           timeout=PATIENCE, env={**os.environ, "KULA_SERVER": country.base, "KULA_TOKEN_FILE": str(country.data.parent / "token")})
    assert len(piped.stdout.splitlines()) == 1 and piped.stderr == ""


def on_a_terminal(command: list[str], columns: int, **environment: str) -> str:
    """What a terminal of so many columns gets."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL, env={**os.environ, **environment})
    os.close(theirs)
    got = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        got += piece
    os.close(ours)
    assert process.wait(PATIENCE) == 0
    return got.decode().replace("\r\n", "\n")


def test_a_table_fits_its_terminal_in_every_script(country: Running, api: Api) -> None:
    api("organisations", "create", "--field", "name=Општина Пример со многу долго име " * 4, "--field", "notes=x")
    command = [str(country.kula), "api", "organisations", "list"]
    for columns in (60, 100, 160):
        shown = on_a_terminal(command, columns, KULA_SERVER=country.base, KULA_TOKEN_FILE=str(country.data.parent / "token"))
        lines = shown.splitlines()
        assert lines[0].startswith("id") and len(lines) == 4 and max(map(len, lines)) <= columns, shown
    assert "Општина" in shown and "…" in shown


def test_who_may_not_is_told_so(country: Running, tmp_path: pathlib.Path) -> None:
    def ends(ending: int, saying: str, *arguments: str | pathlib.Path, **environment: str) -> None:
        told = asked(country, "--server", country.base, *arguments, **environment)
        assert (told.returncode, told.stdout) == (ending, ""), told
        assert saying in told.stderr, told.stderr
        assert "kula_" not in told.stderr.replace("kula_session", ""), told.stderr

    listing = ("organisations", "list", "--verbose")
    ends(NOT_ALLOWED, "not signed in (401)", *listing)
    file = token_file(tmp_path, "kula_" + "A" * 43)
    ends(NOT_ALLOWED, "not signed in (401)", *listing, "--token-file", file)
    token_file(tmp_path, country.make_token("status.read"))
    ends(NOT_ALLOWED, "organisations.read", *listing, "--token-file", file)
    ends(DONE, "", "raw", "HEAD", "/api/v1/status", KULA_TOKEN_FILE=str(file))
    file.chmod(0o640)
    ends(WRONG_USAGE, "is open to others than its owner (mode 0640)", *listing, "--token-file", file)
    file.chmod(0o600)
    ends(FAILED, "No such file", *listing, "--token-file", tmp_path / "none")
    ends(WRONG_USAGE, "there is no 'organisation' here", "organisation", "list")
    ends(WRONG_USAGE, "without TLS the token could be read", *listing, "--server", "http://192.0.2.1:8080")
    ends(WRONG_USAGE, "never on the command line", "raw", "GET", "/api/v1/status", "--header", "authorization: Bearer x")


def test_a_refusal_names_the_fields(api: Api) -> None:
    refused = api("organisations", "create", "--field", "name=x", "--field", 'networks:=[{"kind": "prefix", "value": "nonsense"}]', ending=FAILED)
    assert "invalid (422)" in refused.stderr and "networks[0]" in refused.stderr
    assert "in conflict (409)" in api("organisations", "create", "--field", "name=Example Hospital Lakeside", ending=FAILED).stderr
    assert "there is no field 'naem'" in api("organisations", "create", "--field", "naem=x", ending=WRONG_USAGE).stderr


def test_a_server_that_is_not_there(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    port = free_port(socket.SOCK_STREAM)
    told = subprocess.run([kula, "api", "status", "get", "--server", f"http://127.0.0.1:{port}"], capture_output=True, text=True, timeout=PATIENCE)
    assert told.returncode == UNREACHABLE and "cannot be reached" in told.stderr


def test_a_certificate_of_ones_own_authority(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=kula test",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate], check=True, capture_output=True)
    port = free_port(socket.SOCK_STREAM)
    server = subprocess.Popen([kula, "serve", "--data", tmp_path / "data", "--listen", f"127.0.0.1:{port}",
                               "--tls-certificate", certificate, "--tls-key", key], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ready(*options: str | pathlib.Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run([kula, "api", "readyz", "get", "--server", f"https://127.0.0.1:{port}", *options], capture_output=True, text=True, timeout=PATIENCE)

    try:
        wait_for(lambda: ready("--ca", certificate).returncode == DONE, "the server is ready")
        refused = ready()
        assert refused.returncode == UNREACHABLE and "is not to be believed" in refused.stderr
    finally:
        server.terminate()
        assert server.wait(PATIENCE) == 0


def test_what_is_new_comes_by_itself_and_again_after_a_restart(country: Running, api: Api, tmp_path: pathlib.Path) -> None:
    file, numbers = tmp_path / "events.jsonl", itertools.count()
    environment = {**os.environ, "KULA_SERVER": country.base, "KULA_TOKEN_FILE": str(tmp_path / "token")}

    def told_after_something_happened(so_far: int) -> bool:  # The stream tells only what happens while somebody listens.
        country.import_organisations(f"name\nExample {next(numbers)}\n")
        return file.read_text().count("\n") > so_far

    with file.open("w") as out:
        watching = subprocess.Popen([country.kula, "api", "watch"], stdout=out, stderr=subprocess.DEVNULL, env=environment)
    try:
        wait_for(lambda: told_after_something_happened(0), "an event is told")
        assert country.stop() == 0
        country.start()
        before = file.read_text().count("\n")
        wait_for(lambda: told_after_something_happened(before), "an event is told after the restart")
    finally:
        watching.terminate()
        watching.wait(PATIENCE)
    events = [json.loads(line) for line in file.read_text().splitlines()]
    assert all({"id", "event", "data"} == event.keys() for event in events)
    assert "changed" in {event["event"] for event in events}
