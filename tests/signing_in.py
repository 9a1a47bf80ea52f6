"""Signing in as people do: a one-time link, a password, an authenticator app."""

import base64
import hashlib
import hmac
import http.cookies
import struct
import time
from typing import Any

from running import Running, admin

PASSWORD = "seven tall watchtowers"


def code_of(secret: str, at: float | None = None) -> str:
    """RFC 6238: six digits, SHA-1, 30 s."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    step = int((time.time() if at is None else at) // 30)
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Person:
    """Somebody with a session: asks as the desk does, with a cookie and its CSRF token."""

    def __init__(self, running: Running, name: str) -> None:
        self.running = running
        self.name = name
        self.cookie = ""
        self.csrf = ""
        self.totp = ""
        self.recovery_codes: list[str] = []
        self.session: dict[str, Any] = {}

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
        if self.csrf and method != "GET":
            headers.setdefault("X_CSRF_Token", self.csrf)
        status, answer, got = self.running.ask(method, path, body, Cookie=self.cookie, **headers)
        if "Set-Cookie" in got:
            morsel = next(iter(http.cookies.SimpleCookie(got["Set-Cookie"]).values()))
            self.cookie = f"{morsel.key}={morsel.value}"
        session = answer.get("session", answer) if isinstance(answer, dict) else {}
        if "csrf_token" in session:
            self.session, self.csrf = session, session["csrf_token"]
        return status, answer, got

    def done(self, method: str, path: str, body: Any = None, expected: int = 200) -> Any:
        status, answer, _ = self.ask(method, path, body)
        assert status == expected, (method, path, status, answer)
        return answer

    def enrol(self, link: str) -> None:
        self.done("POST", "/api/v1/enrolment", {"link": link.split("#")[1], "password": PASSWORD})
        if self.session["state"] == "second_factor_to_enrol":
            self.add_totp()

    def add_totp(self) -> None:
        self.totp = self.done("POST", "/api/v1/account/totp")["secret"]
        self.recovery_codes = self.done("PUT", "/api/v1/account/totp", {"code": code_of(self.totp)})["recovery_codes"]


def new_person(running: Running, name: str, *roles: str, organisation: str = "") -> Person:
    """Invited at the console, enrolled and signed in."""
    of = ["--organisation", organisation] if organisation else []
    person = Person(running, name)
    person.enrol(admin(running.kula, running.data, "user", "add", name, "--role", *roles, *of))
    assert person.session["state"] == "signed_in"
    return person
