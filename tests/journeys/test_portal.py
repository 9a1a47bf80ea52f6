"""The public pages: the team says who it is, and everybody reads it, without JavaScript, in three languages."""

import json
import os
import pathlib
import re
import socket
import subprocess

import pytest
from running import Running, free_port, serving, wait_for
from test_doors import curl

ROOT = pathlib.Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build/journeys"
TEAM = json.loads((ROOT / "data/demo/team.json").read_text())
PAGES = [f"/{language}{page}" for language in ("mk", "sq", "en") for page in ("/", "/contact", "/about", "/statistics")]


def tell(running: Running, **change: object) -> None:
    tag = running.ask("GET", "/api/v1/team")[2]["ETag"]
    running.change("PUT", "/api/v1/team", {**TEAM, "portal": "https://csirt.example", **change}, If_Match=tag)


@pytest.fixture
def told(country: Running) -> Running:
    tell(country)
    return country


def test_every_page_is_light_and_the_same_for_everybody(told: Running) -> None:
    for path in PAGES:
        status, headers, body = curl(told, path)
        page = body.decode()
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8"), path
        assert headers["cache-control"].startswith("public, max-age=") and "set-cookie" not in headers
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
        assert headers["vary"] == "Accept-Encoding"
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", page), path
        assert f'<html lang="{path[1:3]}">' in page
        assert all(f'hreflang="{language}" href="https://csirt.example/{language}{path[3:]}"' in page for language in ("mk", "sq", "en"))
        style = re.search(r'rel="stylesheet" href="([^"]+)"', page)[1]
        assert len(body) + len(curl(told, style)[2]) < 50_000
        with_session = curl(told, path, "--header", f"Authorization: Bearer {told.token}", "--header", "Cookie: kula_session=x")
        assert with_session[2] == body, "who asks makes no difference"
        _, packed, small = curl(told, path, "--header", "Accept-Encoding: gzip")
        assert packed["content-encoding"] == "gzip" and packed["etag"] == headers["etag"] and len(small) < 8_000
        again, kept, nothing = curl(told, path, "--header", f"If-None-Match: {headers['etag']}")
        assert (again, nothing) == (304, b"") and kept["etag"] == headers["etag"]
        assert "Example Hospital Lakeside" not in page and "hospital.example" not in page


def test_every_link_of_the_portal_leads_somewhere(told: Running) -> None:
    seen, waiting = set(), ["/", *PAGES]
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith("/desk"):
            continue
        seen.add(path)
        status, headers, body = curl(told, path)
        assert status in (200, 302), path
        if headers["content-type" if status == 200 else "location"].startswith("text/html"):
            waiting += re.findall(r'(?:href|src)="(/[^"#]*)', body.decode())
    assert {"/pgp-key.asc", "/.well-known/security.txt", "/mk/rfc2350.txt", "/favicon.svg"} <= seen
    assert all(curl(told, path.removeprefix("https://csirt.example"))[0] == 200 for path in re.findall("<loc>([^<]+)", curl(told, "/sitemap.xml")[2].decode()))


def test_the_browsers_language_leads(told: Running) -> None:
    for asked, wanted in (("sq-AL,sq;q=0.9,en;q=0.8", "/sq/"), ("de", "/mk/"), ("en-GB", "/en/")):
        status, headers, _ = curl(told, "/", "--header", f"Accept-Language: {asked}")
        assert (status, headers["location"], headers["vary"]) == (302, wanted, "Accept-Language")


def test_what_the_team_says_stands_on_the_portal_at_once(told: Running) -> None:
    before = curl(told, "/en/contact")[1]["etag"]
    tell(told, phone="+389 2 555 0123", name={"mk": "", "sq": "", "en": "Example <b>CSIRT</b>"})
    status, headers, body = curl(told, "/en/contact", "--header", f"If-None-Match: {before}")
    assert status == 200 and b'href="tel:+38925550123"' in body and b"Example &lt;b&gt;CSIRT" in body
    assert b"TLP:CLEAR" in curl(told, "/en/rfc2350.txt")[2]
    assert told.get("/api/v1/team")["missing"] == ["name.mk", "name.sq"]
    assert told.get("/api/v1/journal", subject="team:")["items"][0]["deed"] == "team.changed"


def test_programs_find_how_to_reach_the_team(told: Running) -> None:
    status, headers, body = curl(told, "/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in reversed(body.decode().splitlines()))
    assert (status, headers["content-type"]) == (200, "text/plain; charset=utf-8")
    assert fields["Contact"] == "mailto:team@csirt.example" and fields["Encryption"] == "https://csirt.example/pgp-key.asc"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", fields["Expires"])
    assert fields["Canonical"] == "https://csirt.example/.well-known/security.txt"


def test_the_key_is_what_its_fingerprint_says(told: Running, tmp_path: pathlib.Path) -> None:
    home = tmp_path / "gnupg"
    home.mkdir(mode=0o700)
    shown = subprocess.run(["gpg", "--homedir", home, "--show-keys", "--with-colons"], input=curl(told, "/pgp-key.asc")[2], capture_output=True, check=True, timeout=30).stdout.decode()
    assert re.search("^fpr:+(\\w+):", shown, re.MULTILINE)[1] == TEAM["pgp_fingerprint"]


def test_security_txt_is_signed_by_the_key_the_server_was_given(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    home, key, public = tmp_path / "gnupg", tmp_path / "signing.asc", tmp_path / "public.gpg"
    home.mkdir(mode=0o700)
    gpg = ["gpg", "--homedir", home, "--batch", "--pinentry-mode", "loopback", "--passphrase", ""]
    try:
        subprocess.run([*gpg, "--quick-gen-key", "Example CSIRT <team@csirt.example>", "ed25519", "cert", "never"], capture_output=True, check=True, timeout=30)
        primary = re.search("^fpr:+(\\w+):", subprocess.run([*gpg, "--with-colons", "--list-keys"], capture_output=True, text=True, check=True, timeout=30).stdout, re.MULTILINE)[1]
        subprocess.run([*gpg, "--quick-add-key", primary, "ed25519", "sign", "1y"], capture_output=True, check=True, timeout=30)
        key.write_bytes(subprocess.run([*gpg, "--armor", "--export-secret-subkeys", primary], capture_output=True, check=True, timeout=30).stdout)
        public.write_bytes(subprocess.run([*gpg, "--export", primary], capture_output=True, check=True, timeout=30).stdout)
        armoured = subprocess.run([*gpg, "--armor", "--export", primary], capture_output=True, text=True, check=True, timeout=30).stdout
    finally:
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "gpg-agent"], check=True, timeout=30)

    key.chmod(0o640)
    refused = subprocess.run([kula, "serve", "--data", tmp_path / "refused", "--openpgp-key", key], capture_output=True, text=True, timeout=30)
    assert refused.returncode != 0 and f"--openpgp-key {key} is open to others than its owner" in refused.stderr
    key.chmod(0o600)
    with serving(kula, tmp_path / "data", "--openpgp-key", str(key)) as running:
        tell(running, pgp_key=armoured, pgp_fingerprint="")
        assert running.get("/api/v1/team")["pgp_fingerprint"] == primary
        (tmp_path / "security.txt").write_bytes(curl(running, "/.well-known/security.txt")[2])
        verified = subprocess.run(["gpgv", "--keyring", public, "--output", tmp_path / "text", tmp_path / "security.txt"], capture_output=True, text=True, timeout=30)
        assert verified.returncode == 0, verified.stderr
        assert (tmp_path / "text").read_text().startswith("Contact: mailto:team@csirt.example\n")
        assert running.stop() == 0


def test_what_does_not_exist_is_told_as_who_asks_expects(told: Running) -> None:
    status, headers, body = curl(told, "/sq/asgje")
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8") and b'<html lang="sq">' in body
    for path in ("/api/v1/nothing", "/desk/assets/gone-12345678.js"):
        status, headers, _ = curl(told, path)
        assert (status, headers["content-type"]) == (404, "application/problem+json"), path
    assert curl(told, "/en/", "--request", "POST")[0] == 405
    assert curl(told, "/nothing", "--request", "POST")[0] == 404


def test_a_new_server_has_pages_that_say_little_and_no_empty_file(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    with serving(kula, tmp_path / "data") as running:
        for path in PAGES:
            assert curl(running, path)[0] == 200, path
        for path in ("/.well-known/security.txt", "/pgp-key.asc", "/mk/rfc2350.txt"):
            assert curl(running, path)[0] == 404, path
        assert {"email", "name", "pgp_key"} <= set(running.get("/api/v1/team")["missing"])
        assert running.stop() == 0


def test_the_pages_in_a_browser(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    listen, collect = free_port(socket.SOCK_STREAM), free_port(socket.SOCK_DGRAM)
    data = tmp_path / "data"
    demo = Running([kula, "demo", "--data", data, "--listen", f"127.0.0.1:{listen}"], listen, collect, tmp_path / "demo.log", data)
    try:
        wait_for(lambda: demo.totals()["sightings"] > 100, "the demo has a day to show", 120)
        PICTURES.mkdir(parents=True, exist_ok=True)
        seen = subprocess.run(["node", pathlib.Path(__file__).with_name("portal.mjs"), demo.base.replace("127.0.0.1", "localhost"), PICTURES], capture_output=True, text=True, timeout=600, env=os.environ)
        assert seen.returncode == 0, seen.stdout + seen.stderr
    finally:
        assert demo.stop() == 0
