"""From the first start to a signed-in team: no default password anywhere, second factors, sessions that end."""

import pathlib
import socket
import subprocess

import pytest
from running import Running, admin, free_port, serving
from signing_in import PASSWORD, Person, code_of, new_person


def test_the_first_administrator_comes_by_a_one_time_link(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    data = tmp_path / "data"
    link = admin(kula, data, "init", "--name", "first")  # Before any server ran.
    admin(kula, data, "user", "add", "--role", "duty_analyst", "--", "second")
    assert link.startswith("/desk/welcome#")
    with serving(kula, data) as running:
        person = Person(running, "first")
        person.enrol(link)
        assert person.session["state"] == "signed_in"
        assert "users.manage" in person.session["permissions"]
        assert len(person.recovery_codes) == 10
        again = Person(running, "first")
        assert again.ask("POST", "/api/v1/enrolment", {"link": link.split("#")[1], "password": PASSWORD})[0] == 404
        refused = subprocess.run([kula, "admin", "init", "--data", data], capture_output=True, text=True, timeout=30)
        assert refused.returncode == 1 and "there is an administrator" in refused.stderr
        assert running.stop() == 0


def test_a_password_alone_opens_nothing_for_the_team(country: Running) -> None:
    person = new_person(country, "ana", "duty_analyst")
    person.done("DELETE", "/api/v1/session", expected=204)
    assert person.ask("GET", "/api/v1/session")[0] == 401
    later = Person(country, "ana")
    assert later.done("POST", "/api/v1/session", {"name": "Ana", "password": PASSWORD})["state"] == "second_factor_needed"
    assert later.ask("GET", "/api/v1/status")[0] == 401
    before = later.cookie
    assert later.ask("POST", "/api/v1/session/totp", {"code": code_of(person.totp)})[0] == 401, "each code counts once"
    assert later.done("POST", "/api/v1/session/recovery-code", {"code": person.recovery_codes[0]})["state"] == "signed_in"
    assert later.cookie != before, "the secret is another one once more is allowed"
    assert later.ask("GET", "/api/v1/status")[0] == 200
    third = Person(country, "ana")
    third.done("POST", "/api/v1/session", {"name": "ana", "password": PASSWORD})
    assert third.ask("POST", "/api/v1/session/recovery-code", {"code": person.recovery_codes[0]})[0] == 401


def test_sessions_are_listed_and_ended_from_elsewhere(country: Running) -> None:
    person = new_person(country, "ana", "duty_analyst")
    other = Person(country, "ana")
    other.done("POST", "/api/v1/session", {"name": "ana", "password": PASSWORD})
    other.done("POST", "/api/v1/session/recovery-code", {"code": person.recovery_codes[0]})
    sessions = person.done("GET", "/api/v1/account/sessions")["items"]
    assert len(sessions) == 2 and [session["current"] for session in sessions].count(True) == 1
    theirs = next(session["id"] for session in sessions if not session["current"])
    person.done("DELETE", f"/api/v1/account/sessions/{theirs}", expected=204)
    assert other.ask("GET", "/api/v1/status")[0] == 401
    assert person.ask("GET", "/api/v1/status")[0] == 200
    admin(country.kula, country.data, "user", "deactivate", "ana")
    assert person.ask("GET", "/api/v1/status")[0] == 401
    assert Person(country, "ana").ask("POST", "/api/v1/session", {"name": "ana", "password": PASSWORD})[0] == 401


def test_what_a_restart_keeps_and_what_a_revoked_token_may(country: Running) -> None:
    person = new_person(country, "ana", "head_of_team")
    token = country.make_token("status.read")
    assert country.stop() == 0
    country.start()
    assert person.ask("GET", "/api/v1/users")[0] == 200
    everything, country.token = country.token, token
    assert country.ask("GET", "/api/v1/status")[0] == 200
    assert country.ask("GET", "/api/v1/organisations")[0] == 403
    identity = next(line.split("\t")[0] for line in admin(country.kula, country.data, "token", "list").splitlines() if line.split("\t")[3] == "status.read")
    admin(country.kula, country.data, "token", "revoke", identity)
    assert country.ask("GET", "/api/v1/status")[0] == 401
    country.token = everything


@pytest.mark.parametrize("password", ["short", "passwordpassword", "ana ana ana ana"])
def test_a_weak_password_is_refused_with_a_reason(country: Running, password: str) -> None:
    link = admin(country.kula, country.data, "user", "add", "ana", "--role", "duty_analyst")
    status, answer, _ = Person(country, "ana").ask("POST", "/api/v1/enrolment", {"link": link.split("#")[1], "password": password})
    assert status == 422 and answer["errors"][0]["field"] == "password", answer


def test_the_trail_holds_and_is_verified_offline(country: Running, tmp_path: pathlib.Path) -> None:
    person = new_person(country, "ana", "head_of_team")
    status, checkpoint, _ = person.ask("POST", "/api/v1/journal/checkpoints")
    assert status == 200
    kept = tmp_path / "checkpoint"
    kept.write_text(checkpoint)
    deeds = [entry["deed"] for entry in person.done("GET", "/api/v1/journal?limit=500")["items"]]
    for deed in ("user.invited", "user.enrolled", "user.totp_added", "session.began", "organisation.created", "source.imported", "token.made"):
        assert deed in deeds, (deed, deeds)
    everything = str(person.done("GET", "/api/v1/journal?limit=500"))
    assert PASSWORD not in everything and person.totp not in everything
    assert country.stop() == 0
    verify = [country.kula, "verify", "journal", "--data", country.data, "--checkpoint", kept]
    done = subprocess.run(verify, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    subprocess.run(["sqlite3", country.data / "kula.sqlite", "update journal_entry set deed = 'nothing.happened' where sequence = 3"], check=True)
    done = subprocess.run(verify, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and "3" in done.stdout, done.stdout + done.stderr
    country.start()


def test_nobody_hands_on_what_they_may_not_do(country: Running) -> None:
    person = new_person(country, "ana", "administrator")
    wish = {"name": "monitoring", "permissions": ["sightings.read"], "organisation": None, "valid_days": 7}
    assert person.ask("POST", "/api/v1/tokens", wish)[0] == 422, "an administrator reads no sightings"
    assert person.ask("POST", "/api/v1/tokens", {**wish, "permissions": ["users.manage"]})[0] == 422, "a token is no person"
    made = person.done("POST", "/api/v1/tokens", {**wish, "permissions": ["status.read"]}, expected=201)
    country.token = made["secret"]
    assert country.ask("GET", "/api/v1/status")[0] == 200
    assert country.ask("GET", "/api/v1/users")[0] == 403


def test_a_demos_folder_serves_nobody_else(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    demo, own = tmp_path / "demo", tmp_path / "own"
    listen = f"127.0.0.1:{free_port(socket.SOCK_STREAM)}"
    running = subprocess.Popen([kula, "demo", "--data", demo, "--listen", listen], stdout=subprocess.PIPE, text=True)
    assert "An invented country" in running.stdout.readline()
    running.terminate()
    assert running.wait(30) == 0
    refused = subprocess.run([kula, "serve", "--data", demo, "--listen", listen], capture_output=True, text=True, timeout=30)
    assert refused.returncode == 1 and "passwords are public" in refused.stderr
    admin(kula, own, "init")
    refused = subprocess.run([kula, "demo", "--data", own, "--listen", listen], capture_output=True, text=True, timeout=30)
    assert refused.returncode == 1 and "people of its own" in refused.stderr
    refused = subprocess.run([kula, "demo", "--listen", "0.0.0.0:0"], capture_output=True, text=True, timeout=30)
    assert refused.returncode == 2 and "loopback only" in refused.stderr
