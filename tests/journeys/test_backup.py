"""What is kept is not lost: backups of a server in use, restored on both databases, whenever something is killed."""

import pathlib
import random
import re
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest
from postgresql import new_database, postgresql
from read_backup import read_backup
from running import Running, admin, serving, wait_for
from signing_in import PASSWORD, Person, code_of, new_person
from traffic import exports
from traffic.flows import Flow

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(kula: pathlib.Path, *arguments: str | pathlib.Path, expected: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([kula, *arguments], capture_output=True, text=True, timeout=300)
    assert done.returncode == expected, (arguments, done.returncode, done.stdout, done.stderr)
    return done


def back_up(kula: pathlib.Path, running: Running, to: pathlib.Path, *options: str | pathlib.Path) -> pathlib.Path:
    done = run(kula, "backup", "--data", running.data, "--to", to, *options)
    print(f"backup: {done.stderr.splitlines()[0]}")
    return pathlib.Path(done.stdout.strip())


def restore(kula: pathlib.Path, file: pathlib.Path, data: pathlib.Path, *options: str | pathlib.Path) -> None:
    done = run(kula, "restore", file, "--data", data, *options)
    print(f"restore: {done.stderr.splitlines()[0]}")


class Writers:
    """People who add organisations, and a router, until it is over."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._add, args=(number,)) for number in range(2)] + [threading.Thread(target=self._send)]
        self.faults: list[object] = []

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        assert not self.faults

    def _add(self, writer: int) -> None:
        count = 0
        while not self._stop.is_set():
            count += 1
            content = {"name": f"Example Organisation {writer} {count}", "tlp": "amber", "networks": [], "contacts": []}
            content |= dict.fromkeys(("short_name", "sector", "website", "notes"))
            status, answer, _ = self._running.ask("POST", "/api/v1/organisations", content)
            if status != 201:
                self.faults.append(answer)

    def _send(self) -> None:
        while not self._stop.wait(0.005):
            now = time.time()
            self._running.send(exports.v5([Flow("192.0.2.1", "198.51.100.7", first=now - 1, last=now)], now=now))


def organisations(running: Running) -> int:
    return running.get("/api/v1/organisations", limit=1)["total"]


def column(parts: dict[str, bytes], table: str, place: int) -> list[str]:
    return [row.split("\t")[place] for row in parts[f"table/{table}"].decode().splitlines()]


def assert_consistent(file: pathlib.Path, passphrase: str | None = None) -> int:
    """Each organisation that was added has its entry in the trail, and each entry its organisation; how many."""
    _, parts = read_backup(file, passphrase)
    names = dict(zip(column(parts, "organisation", 0), column(parts, "organisation", 1)))
    added = {identity for identity, name in names.items() if name.startswith("Example Organisation")}
    told = {subject.removeprefix("organisation:") for subject, deed in zip(column(parts, "journal_entry", 4), column(parts, "journal_entry", 3)) if deed == "organisation.created"}
    assert told - (names.keys() - added) == added
    return len(added)


def test_a_server_in_use_is_backed_up_and_restored(kula: pathlib.Path, country: Running, tmp_path: pathlib.Path) -> None:
    places = tmp_path / "backups"
    places.mkdir()
    with Writers(country):
        wait_for(lambda: organisations(country) > 20, "much is written")
        for number in range(3):
            before = organisations(country)
            file = back_up(kula, country, places / f"{number}.kula-backup")
            after = organisations(country)
            assert before <= assert_consistent(file) + 2 <= after
            assert "is whole" in run(kula, "verify", "backup", file).stdout
        by_name = back_up(kula, country, places, "--keep", "2")
        assert re.fullmatch(r"kula-\d{8}T\d{6}\.\d{3}Z\.kula-backup", by_name.name)

    refused = run(kula, "restore", file, "--data", tmp_path / "again", expected=1)
    assert "--secret-key FILE" in refused.stderr and not (tmp_path / "again").exists()
    wrong = tmp_path / "wrong.key"
    wrong.write_bytes(bytes(32))
    wrong.chmod(0o600)
    assert "another secret key" in run(kula, "restore", file, "--data", tmp_path / "again", "--secret-key", wrong, expected=1).stderr
    restore(kula, file, tmp_path / "again", "--secret-key", country.data / "secret.key")
    assert "The trail holds" in run(kula, "verify", "journal", "--data", tmp_path / "again").stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "backups", "data", "data.log", "wrong.key"]
    with serving(kula, tmp_path / "again") as again:
        assert organisations(again) == assert_consistent(file) + 2
        again.token = country.token
        assert again.ask("GET", "/api/v1/status")[0] == 200, "tokens are the same"
        busy = run(kula, "restore", file, "--data", again.data, "--without-secret-key", expected=1)
        assert "is in use" in busy.stderr
        assert again.stop() == 0


def test_a_sealed_backup_holds_all_that_is_needed(kula: pathlib.Path, country: Running, tmp_path: pathlib.Path) -> None:
    person = new_person(country, "ana", "head_of_team")
    enrolled = time.time() // 30  # Each code counts once.
    secret = tmp_path / "passphrase"
    secret.write_text("seven tall watchtowers\n")
    secret.chmod(0o600)
    made = run(kula, "backup", "--make-key", tmp_path / "opening.key")
    configuration = tmp_path / "kula.toml"
    configuration.write_text(f'data = "{country.data}"\nlisten = "127.0.0.1:8080"\nkeep-days = 30\n')
    refused = run(kula, "backup", "--data", country.data, "--to", tmp_path / "clear", "--with-secret-key", expected=1)
    assert "only into a sealed backup" in refused.stderr and not (tmp_path / "clear").exists()
    file = tmp_path / "sealed"
    run(kula, "backup", "--config", configuration, "--to", file, "--with-secret-key", "--passphrase-file", secret, "--recipient", made.stdout.strip())
    assert b"Lakeside" not in file.read_bytes()
    opening, parts = read_backup(file, "seven tall watchtowers")
    assert opening["holds"] == {"configuration": True, "secret_key": True}
    assert parts["secret_key/secret.key"] == (country.data / "secret.key").read_bytes()
    assert parts["configuration/kula.toml"] == configuration.read_bytes()
    assert "passphrase is needed" in run(kula, "verify", "backup", file, expected=1).stderr
    secret.write_text("seven small watchtowers\n")
    assert "does not open it" in run(kula, "restore", file, "--data", tmp_path / "again", "--passphrase-file", secret, expected=1).stderr
    restore(kula, file, tmp_path / "again", "--key", tmp_path / "opening.key")
    assert (tmp_path / "again/restored/kula.toml").read_bytes() == configuration.read_bytes()
    assert (tmp_path / "again").stat().st_mode & 0o777 == 0o700
    with serving(kula, tmp_path / "again") as again:
        later = Person(again, "ana")
        assert later.done("POST", "/api/v1/session", {"name": "ana", "password": PASSWORD})["state"] == "second_factor_needed"
        wait_for(lambda: time.time() // 30 > enrolled, "there is another code", 40)
        assert later.done("POST", "/api/v1/session/totp", {"code": code_of(person.totp)})["state"] == "signed_in"
        assert again.stop() == 0


@pytest.fixture
def large(kula: pathlib.Path, tmp_path: pathlib.Path) -> Iterator[Running]:
    """So much that there is time to kill something in the middle."""
    with serving(kula, tmp_path / "data") as running:
        running.import_indicators([f"203.0.{i // 256}.{i % 256}" for i in range(40_000)])
        yield running
        assert running.stop() == 0


def kill_within(command: list[str | pathlib.Path], seconds: float) -> bool:
    """Whether it was killed before its end."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(random.uniform(0, seconds))
        return False
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True


def test_whatever_is_killed_leaves_nothing_or_all(kula: pathlib.Path, large: Running, tmp_path: pathlib.Path) -> None:
    places = tmp_path / "places"
    places.mkdir()
    begun = time.monotonic()
    whole = back_up(kula, large, places / "whole")
    length = time.monotonic() - begun
    killed = 0
    for number in range(12):
        killed += kill_within([kula, "backup", "--data", large.data, "--to", places / f"{number}"], length)
        if (places / f"{number}").exists():
            run(kula, "verify", "backup", places / f"{number}")
            (places / f"{number}").unlink()
        assert [path.name for path in places.iterdir()] == ["whole"]
    assert killed, "some were killed in the middle"
    assert large.ask("GET", "/readyz")[0] == 200

    key = large.data / "secret.key"
    begun = time.monotonic()
    restore(kula, whole, tmp_path / "again", "--secret-key", key)
    length = time.monotonic() - begun
    killed = 0
    for number in range(8):
        data = places / f"data-{number}"
        killed += kill_within([kula, "restore", whole, "--data", data, "--secret-key", key], length)
        if not data.exists():
            restore(kula, whole, data, "--secret-key", key)
        assert run(kula, "verify", "journal", "--data", data).stdout == run(kula, "verify", "journal", "--data", tmp_path / "again").stdout
        assert not list(places.glob("*.restoring"))
    assert killed, "some were killed in the middle"


def test_postgresql_is_backed_up_in_use_and_takes_what_sqlite_told(kula: pathlib.Path, country: Running, tmp_path: pathlib.Path) -> None:
    with postgresql() as server:
        first, second = new_database(server, "first"), new_database(server, "second")
        moved = back_up(kula, country, tmp_path / "of-sqlite")
        count = organisations(country)
        key = country.data / "secret.key"
        restore(kula, moved, tmp_path / "moved", "--database", first, "--secret-key", key)
        refused = run(kula, "restore", moved, "--data", tmp_path / "no", "--database", first, "--secret-key", key, expected=1)
        assert "is not empty" in refused.stderr and not (tmp_path / "no").exists()
        with serving(kula, tmp_path / "moved", "--database", first) as running:
            running.token = country.token
            assert organisations(running) == count
            with Writers(running):
                wait_for(lambda: organisations(running) > count + 10, "much is written")
                file = back_up(kula, running, tmp_path / "of-postgresql", "--database", first)
            count = assert_consistent(file) + count
            assert running.stop() == 0
        restore(kula, file, tmp_path / "second", "--database", second, "--secret-key", key)
        restore(kula, file, tmp_path / "sqlite", "--secret-key", key)
        trails = [run(kula, "verify", "journal", "--data", tmp_path / "second", "--database", second).stdout, run(kula, "verify", "journal", "--data", tmp_path / "sqlite").stdout]
        assert "The trail holds" in trails[0] and trails[0] == trails[1]
        with serving(kula, tmp_path / "second", "--database", second) as running:
            assert organisations(running) == count
            assert running.stop() == 0


def make_older(data: pathlib.Path) -> None:
    """As a Kula left it that knew no sightings."""
    scripts = "".join(path.read_text() for path in (ROOT / "src/sight/events/migrations").glob("*.sql"))
    sql = "".join(f"drop table {table};" for table in re.findall(r"create table (\w+)", scripts))
    subprocess.run(["sqlite3", data / "kula.sqlite", sql + "delete from schema_migration where room = 'events'"], check=True)


def test_an_older_database_is_backed_up_before_it_is_upgraded(kula: pathlib.Path, country: Running, tmp_path: pathlib.Path) -> None:
    data = country.data
    assert country.stop() == 0
    assert "nothing to upgrade" in run(kula, "upgrade", "--data", data).stdout
    make_older(data)
    for command in (["admin", "user", "list"], ["verify", "journal"]):
        assert "kula upgrade" in run(kula, *command, "--data", data, expected=1).stderr
    done = run(kula, "upgrade", "--data", data)
    print(f"upgrade: {done.stderr.splitlines()[0]}")
    assert "events 0001_sighting" in done.stdout
    backups = list((data / "backups").iterdir())
    assert len(backups) == 1 and str(backups[0]) in done.stdout
    assert "table/sighting" not in read_backup(backups[0])[1]

    make_older(data)
    subprocess.run(["sqlite3", data / "kula.sqlite", "create table sighting (id text)"], check=True)
    failed = run(kula, "upgrade", "--data", data, expected=1)
    assert "To go back" in failed.stderr
    newest = max((data / "backups").iterdir())
    assert f"kula restore {newest} --data {data}.before --secret-key {data}/secret.key" in failed.stderr
    restore(kula, backups[0], tmp_path / "before", "--secret-key", data / "secret.key")
    assert (tmp_path / "before/journal.key").read_bytes() == (data / "journal.key").read_bytes()
    with serving(kula, tmp_path / "before") as again:
        assert organisations(again) == 2
        assert "upgraded: events 0001_sighting" in again.log.read_text(), "the server does it by itself, after a backup"
        assert len(list((tmp_path / "before/backups").iterdir())) == 1
        assert again.stop() == 0
    subprocess.run(["sqlite3", data / "kula.sqlite", "drop table sighting"], check=True)
    country.start()


def test_what_cannot_be_done_is_said(kula: pathlib.Path, country: Running, tmp_path: pathlib.Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert "holds no kula.sqlite" in run(kula, "backup", "--data", tmp_path / "nothing", "--to", tmp_path / "a", expected=1).stderr
    file = back_up(kula, country, tmp_path / "a")
    assert "is there already" in run(kula, "backup", "--data", country.data, "--to", file, expected=1).stderr
    assert "cannot be made" in run(kula, "backup", "--data", country.data, "--to", tmp_path / "missing/a", expected=1).stderr
    assert "lies in the data folder" in run(kula, "backup", "--data", country.data, "--to", country.data / "a", expected=1).stderr
    run(kula, "backup", "--data", country.data, expected=2)
    run(kula, "restore", file, expected=2)
    file.write_bytes(file.read_bytes()[:-1])
    assert "damaged or cut off" in run(kula, "restore", file, "--check", expected=1).stderr
    assert "No such file" in run(kula, "restore", tmp_path / "b", "--data", tmp_path / "c", expected=1).stderr
    assert admin(kula, country.data, "role", "list")


def test_a_configuration_file_tells_what_the_command_line_does_not(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    configuration = tmp_path / "kula.toml"
    configuration.write_text(f'data = "{tmp_path}/data"\nkeep-megabytes = 77\ncollect = ["127.0.0.1:0", "127.0.0.1:0"]\nkeep-days = 7\n')
    with serving(kula, tmp_path / "data", "--config", str(configuration), "--keep-days", "8") as running:
        retention = running.get("/api/v1/status")["retention"]
        assert (retention["days"], retention["megabytes"]) == (8, 77)
        assert running.stop() == 0
    configuration.write_text('datta = "x"\n')
    assert "datta" in run(kula, "serve", "--config", configuration, expected=2).stderr


def test_the_server_makes_a_backup_a_day_by_itself(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    places = tmp_path / "places"
    places.mkdir()
    recipient = run(kula, "backup", "--make-key", tmp_path / "opening.key").stdout.strip()
    with serving(kula, tmp_path / "data", "--backup-to", str(places), "--backup-recipient", recipient) as running:
        file = wait_for(lambda: next(places.iterdir(), None), "the first one is made")
        run(kula, "verify", "backup", file, "--key", tmp_path / "opening.key")
        assert running.stop() == 0
    with serving(kula, tmp_path / "data", "--backup-to", str(places)) as running:
        assert running.stop() == 0
    assert list(places.iterdir()) == [file], "one a day"
