"""Feeds through the real program: fetched from a real web server, dropped as files, sent; also over a kill -9."""

import contextlib
import hashlib
import hmac
import http.client
import http.server
import json
import pathlib
import select
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from typing import TypeVar

import pytest
from running import PATIENCE, Running, serving, wait_for
from signing_in import new_person
from test_contract import check

ROWS = "source.ip,classification.type\n192.0.2.1,scanner\n192.0.2.2,spam\n"
Server = TypeVar("Server", bound=http.server.HTTPServer)
LIST, ONE = "/api/v1/feeds", "/api/v1/feeds/{id}"


class Publisher(http.server.ThreadingHTTPServer):
    """A partner's web server. What it answers can be changed; what it was asked is kept."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.content, self.status, self.etag = ROWS.encode(), 200, '"1"'
        self.cut = False
        self.asked: list[dict[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/report.csv"


class Answers(http.server.BaseHTTPRequestHandler):
    server: Publisher

    def do_GET(self) -> None:
        self.server.asked.append({name.lower(): value for name, value in self.headers.items()})
        if self.server.status == 200 and self.headers.get("If-None-Match") == self.server.etag:
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(self.server.status)
        self.send_header("ETag", self.server.etag)
        self.send_header("Content-Length", str(len(self.server.content)))
        self.end_headers()
        self.wfile.write(self.server.content[:20] if self.server.cut else self.server.content)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def answering(made: Server) -> Iterator[Server]:
    with made as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def reaching(kula: pathlib.Path, tmp_path: pathlib.Path) -> Iterator[Running]:
    """A server that may fetch from this machine."""
    with serving(kula, tmp_path / "data", "--feeds-from", "127.0.0.0/8") as running:
        yield running
        assert running.stop() == 0


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with answering(Publisher()) as server:
        yield server


def add(running: Running, **feed: object) -> dict:
    status, made, _ = running.ask("POST", LIST, {"name": "partner", "title": "A partner", "format": "csv", **feed})
    check(LIST, "post", status, made)
    assert status == 201, made
    return made


def read(running: Running, feed: dict) -> dict:
    status, told, _ = running.ask("GET", f"{LIST}/{feed['id']}")
    check(ONE, "get", status, told)
    return told


def run(running: Running, feed: dict) -> None:
    status, told, _ = running.ask("POST", f"{LIST}/{feed['id']}/run", {})
    check(ONE + "/run", "post", status, told)
    assert status == 202, told


def attempts(running: Running, feed: dict, count: int) -> list[dict]:
    return wait_for(lambda: (runs := read(running, feed)["runs"]) and len(runs) >= count and runs, f"attempt {count} is told")


def events(running: Running) -> list[str]:
    command = [running.kula, "export", "events", "--data", running.data]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE).stdout.splitlines()


def test_a_list_is_fetched_once_and_asked_for_again(reaching: Running, publisher: Publisher) -> None:
    feed = add(reaching, kind="pull", url=publisher.url, headers=[{"name": "X-Key", "value": "sesame"}], expected=3600)
    assert attempts(reaching, feed, 1)[0]["outcome"] == "delivered"
    assert publisher.asked[0]["x-key"] == "sesame"
    told = read(reaching, feed)
    assert (told["health"], told["condition"], told["headers"]) == ("ok", "whole", [{"name": "X-Key", "value": None}])
    run(reaching, feed)
    assert attempts(reaching, feed, 2)[0]["outcome"] == "nothing_new"
    assert publisher.asked[1]["if-none-match"] == '"1"'
    assert len(events(reaching)) == 2
    everything = str(reaching.get("/api/v1/journal", limit=500)) + str(reaching.get(LIST))
    assert "sesame" not in everything and "feed.added" in everything


def test_what_goes_wrong_is_told(reaching: Running, publisher: Publisher) -> None:
    publisher.content = b"<!DOCTYPE html><html>Please sign in</html>"
    feed = add(reaching, kind="pull", url=publisher.url)
    attempt = attempts(reaching, feed, 1)[0]
    assert attempt["outcome"] == "failed" and "web page" in attempt["fault"]
    assert read(reaching, feed)["health"] == "failing"
    publisher.content, publisher.cut = ROWS.encode() * 1000, True
    run(reaching, feed)
    assert attempts(reaching, feed, 2)[0]["outcome"] == "failed", "what breaks off on the way is no delivery"
    publisher.cut, publisher.status = False, 503
    run(reaching, feed)
    assert attempts(reaching, feed, 3)[0]["fault"] == "the server answered 503"
    publisher.status = 200
    run(reaching, feed)
    assert attempts(reaching, feed, 4)[0]["outcome"] == "delivered"
    assert read(reaching, feed)["health"] == "ok"


def test_this_machine_is_not_reached_unless_it_was_started_for_it(country: Running, publisher: Publisher) -> None:
    feed = add(country, kind="pull", url=publisher.url)
    assert "may not be reached" in attempts(country, feed, 1)[0]["fault"]
    assert publisher.asked == []


class Proxy(http.server.ThreadingHTTPServer):
    """Leads every tunnel (RFC 9110, CONNECT) to one place, wherever it is asked to lead."""

    def __init__(self, to: tuple[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), Tunnels)
        self.to, self.asked = to, list[str]()


class Tunnels(http.server.BaseHTTPRequestHandler):
    server: Proxy

    def do_CONNECT(self) -> None:
        self.server.asked.append(self.path)
        self.close_connection = True
        with contextlib.suppress(ConnectionError), socket.create_connection(self.server.to) as beyond:
            self.send_response(200)
            self.end_headers()
            ways = {self.connection: beyond, beyond: self.connection}
            while ready := select.select(list(ways), [], [], PATIENCE)[0]:
                for way in ready:
                    if not (part := way.recv(65536)):
                        return
                    ways[way].sendall(part)

    def log_message(self, *_: object) -> None:
        pass


def test_a_proxy_of_the_environment_leads_to_https_and_only_where_it_may_be_reached(kula: pathlib.Path, tmp_path: pathlib.Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=feeds.example", "-keyout", key, "-out", certificate]
    subprocess.run(made, check=True, capture_output=True, timeout=PATIENCE)
    identity = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    identity.load_cert_chain(certificate, key)
    secure = Publisher()
    secure.socket = identity.wrap_socket(secure.socket, server_side=True)
    with answering(secure), answering(Proxy(("127.0.0.1", secure.server_port))) as proxy:
        environment = ("env", f"https_proxy=http://127.0.0.1:{proxy.server_port}")
        feed = {"kind": "pull", "url": "https://feeds.example/report.csv"}
        with serving(kula, tmp_path / "closed", prefix=environment) as running:
            assert attempts(running, add(running, **feed), 1)[0]["outcome"] == "failed"
            assert proxy.asked == [], "a private address is not connected to because a proxy is there"
            assert running.stop() == 0
        with serving(kula, tmp_path / "open", "--feeds-from", "127.0.0.1", prefix=environment) as running:
            attempt = attempts(running, add(running, **feed), 1)[0]
            assert proxy.asked == ["feeds.example:443"], "the proxy finds the name"
            assert "certificate" in attempt["fault"] and secure.asked == [], "who stands behind a proxy is believed no more than others"
            assert running.stop() == 0


def test_dropped_files_survive_a_crash(country: Running) -> None:
    feed = add(country, kind="folder")
    run(country, feed)
    folder = pathlib.Path(feed["drop_folder"])
    wait_for(folder.is_dir, "the drop folder is there")
    (folder / ".writing").write_text(ROWS)
    (folder / ".writing").rename(folder / "one.csv")
    run(country, feed)
    wait_for((folder / "taken/one.csv").exists, "the file is taken")
    country.kill()
    (folder / "taken/one.csv").rename(folder / "one.csv")  # As if it had not been put away before the crash.
    (folder / "two.csv").write_text(ROWS.replace("192.0.2.1", "192.0.2.7"))
    (folder / "page.csv").write_text("<html></html>")
    country.start()
    run(country, feed)
    wait_for((folder / "taken/two.csv").exists, "the other file is taken")
    wait_for((folder / "refused/page.csv").exists, "what is none is put aside")
    wait_for((folder / "taken/one.csv").exists, "the first one is put away")
    assert len(events(country)) == 3, "none lost, none twice"


def test_an_import_of_a_feed_s_name_is_its_delivery(country: Running, tmp_path: pathlib.Path) -> None:
    own = json.dumps({"name": "our-sensor", "reads": {"form": "csv"}, "columns": {"who": "source.ip", "what": None}, "set": {"classification.type": "scanner"}})
    for feed in ({"name": "sensor", "title": "Our sensor", "format": "csv", "mapping": own}, {"name": "feodo", "title": "Servers", "format": "feodotracker_csv"}):
        status, made, _ = country.ask("POST", LIST, {**feed, "kind": "push", "expected": 86400})
        assert status == 201, made

    def imported(text: str, *options: str) -> tuple[dict, str]:
        file = tmp_path / "given.csv"
        file.write_text(text)
        ran = subprocess.run([country.kula, "import", "--data", country.data, *options, file], capture_output=True, text=True, timeout=PATIENCE)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout), ran.stderr

    told, _ = imported("who,what\n192.0.2.9,x\n", "--source", "sensor")
    assert (told["format"], told["accepted"]) == ("our-sensor", 1)
    assert [event["source_address"] for event in country.get("/api/v1/events", feed="sensor")["items"]] == ["192.0.2.9"]
    health = {feed["name"]: feed["health"] for feed in country.get(LIST)["items"]}
    assert health == {"sensor": "ok", "feodo": "never"}
    told, _ = imported("who,what\n192.0.2.9,x\n", "--source", "sensor", "--format", "csv")
    assert told["duplicates"] == 1 and "read by `our-sensor`; it is not read again" in told["reason"]
    told, remark = imported("source.ip,classification.type\n192.0.2.8,spam\n", "--source", "sensr")
    assert told["accepted"] == 1 and "no feed and no mapping is called `sensr`" in remark

    country.stop()
    told, _ = imported("who,what\n192.0.2.10,x\n", "--source", "sensor")
    assert (told["format"], told["accepted"]) == ("our-sensor", 1), "also where no server owns the folder"
    country.start()


def test_a_partner_sends_with_a_token_of_its_own(country: Running) -> None:
    feed = add(country, kind="push")
    manager = new_person(country, "ana", "administrator")
    made = manager.done("POST", "/api/v1/tokens", {"name": "partner", "permissions": ["deliveries.send"], "organisation": None, "valid_days": 1}, expected=201)
    path = f"{LIST}/{feed['id']}/deliveries?name=report.csv"

    def send(content: str, token: str, **headers: str) -> tuple[int, dict]:
        status, told, _ = country.ask("POST", path, content, Authorization=f"Bearer {token}", Content_Type="application/octet-stream", **headers)
        check(ONE + "/deliveries", "post", status, told)
        return status, told

    status, told = send(ROWS, made["secret"])
    assert (status, told["files"][0]["accepted"]) == (200, 2)
    status, told = send(ROWS, made["secret"])
    assert (told["files"][0]["accepted"], told["files"][0]["duplicates"]) == (0, 2)
    connection = http.client.HTTPConnection(country.base.removeprefix("http://"), timeout=PATIENCE)
    connection.putrequest("POST", path)
    for name, value in {"Authorization": f"Bearer {made['secret']}", "Content-Type": "application/octet-stream", "Content-Length": str(64 * 1024 * 1024 + 1)}.items():
        connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status == 413, "before a byte of it is read"
    connection.close()
    assert country.ask("GET", LIST, Authorization=f"Bearer {made['secret']}")[0] == 403
    sent = country.get("/api/v1/journal", deed="feed.sent")["items"]
    assert {entry["actor"].split(":")[0] for entry in sent} == {"token"} and len(sent) == 2
    assert len(events(country)) == 2


class Reports(http.server.ThreadingHTTPServer):
    """Shadowserver's API and its downloads: it lists reports to whoever signs, and counts how often each is fetched."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ReportAnswers)
        self.reports: dict[str, str] = {}
        self.questions: list[dict] = []
        self.fetched: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class ReportAnswers(http.server.BaseHTTPRequestHandler):
    server: Reports

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = hmac.new(b"our-secret", body, hashlib.sha256).hexdigest()
        question = json.loads(body)
        if self.headers.get("HMAC2") != signed or question["apikey"] != "our-key":
            return self.answer(401, b'{"error": "unauthorised"}')
        self.server.questions.append({"path": self.path, **question})
        listed = [{"id": each, "type": each.split("-", 1)[1], "file": f"2026-01-30-{each.split('-', 1)[1]}-invented.csv", "timestamp": "2026-01-30"} for each in self.server.reports]
        self.answer(200, json.dumps(listed).encode())

    def do_GET(self) -> None:
        name = self.path.removeprefix("/dl/")
        self.server.fetched.append(name)
        self.answer(200, self.server.reports[name].encode())

    def answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def reports() -> Iterator[Reports]:
    with answering(Reports()) as server:
        yield server


def report(address: str) -> str:
    return f'"timestamp","ip","protocol","port"\n"2026-01-30 04:00:00","{address}","udp",53\n'


def asking(server: Reports, **told: object) -> dict:
    return {"key": "our-key", "secret": "our-secret", "downloads": server.url + "dl/", **told}


def test_shadowserver_s_api_is_asked_with_a_signature_and_each_report_fetched_once(reaching: Running, reports: Reports) -> None:
    reports.reports = {"a1-scan_dns": report("192.0.2.1"), "b2-scan_ntp": report("192.0.2.2"), "c3-scan_ssh": report("192.0.2.3")}
    feed = add(reaching, kind="shadowserver", format="auto", url=reports.url + "api2/", shadowserver=asking(reports, types=["scan_dns", "scan_ntp"], reports=["invented"]))
    first = attempts(reaching, feed, 1)[0]
    assert (first["outcome"], first["rows"]) == ("delivered", 2), first
    assert sorted(reports.fetched) == ["a1-scan_dns", "b2-scan_ntp"]
    assert reports.questions[0]["path"] == "/api2/reports/list" and reports.questions[0]["reports"] == ["invented"]
    assert {each["source"] for each in reaching.get("/api/v1/deliveries")["items"]} == {"shadowserver/scan_dns", "shadowserver/scan_ntp"}
    reaching.kill()
    reports.reports["d4-scan_dns"] = report("192.0.2.4")
    reaching.start()
    run(reaching, feed)
    wait_for(lambda: "d4-scan_dns" in reports.fetched, "the new report is fetched")
    wait_for(lambda: len(events(reaching)) == 3, "its event is there")
    assert len(reports.fetched) == 3, "none is fetched twice"
    told = read(reaching, feed)
    assert (told["shadowserver"]["key"], told["shadowserver"]["secret"], told["shadowserver"]["days"]) == (None, None, 3)
    everything = str(reaching.get("/api/v1/journal", limit=500)) + str(reaching.get(LIST))
    assert "our-key" not in everything and "our-secret" not in everything


def test_a_key_that_shadowserver_refuses_is_told(reaching: Running, reports: Reports) -> None:
    feed = add(reaching, kind="shadowserver", format="auto", url=reports.url + "api2/", shadowserver=asking(reports, secret="another"))
    assert attempts(reaching, feed, 1)[0]["fault"] == "Shadowserver refused the key or the secret"
    assert reports.fetched == [] and read(reaching, feed)["health"] == "failing"


class MispFolder(http.server.ThreadingHTTPServer):
    """A folder of events as MISP publishes it; what was asked for is kept."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), FolderAnswers)
        self.events: dict[str, dict] = {}
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/osint"

    def publish(self, number: int, timestamp: int, *addresses: str) -> str:
        uuid = f"00000000-0000-4000-8000-{number:012}"
        attributes = [{"type": "ip-dst", "value": each, "timestamp": "1769767000", "to_ids": True} for each in addresses]
        self.events[uuid] = {"uuid": uuid, "info": "Invented servers", "timestamp": str(timestamp), "Orgc": {"name": "CSIRT Example"}, "Attribute": attributes}
        return uuid + ".json"


class FolderAnswers(http.server.BaseHTTPRequestHandler):
    server: MispFolder

    def do_GET(self) -> None:
        name = self.path.removeprefix("/osint/")
        self.server.asked.append(name)
        told: object = {uuid: {key: event[key] for key in ("info", "timestamp", "Orgc")} for uuid, event in self.server.events.items()}
        if name != "manifest.json":
            told = {"Event": self.server.events.get(name.removesuffix(".json"))}
        body = json.dumps(told).encode()
        etag = hashlib.sha256(body).hexdigest()
        self.send_response(304 if self.headers.get("If-None-Match") == etag else 404 if told == {"Event": None} else 200)
        self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(b"" if self.headers.get("If-None-Match") == etag else body)

    def log_message(self, *_: object) -> None:
        pass


def test_a_folder_of_misp_is_followed_by_what_changed(reaching: Running) -> None:
    with answering(MispFolder()) as folder:
        first, second = folder.publish(1, 1769767200, "192.0.2.1", "192.0.2.2"), folder.publish(2, 1769767100, "192.0.2.3")
        feed = add(reaching, kind="misp", format="auto", url=folder.url)
        told = attempts(reaching, feed, 1)[0]
        assert (told["outcome"], told["rows"]) == ("delivered", 3), told
        assert folder.asked == ["manifest.json", second, first], "the one that was changed first is in front"
        assert (read(reaching, feed)["url"], read(reaching, feed)["format"]) == (folder.url + "/", "misp")
        run(reaching, feed)
        assert attempts(reaching, feed, 2)[0]["outcome"] == "nothing_new"
        reaching.kill()
        folder.publish(1, 1769767300, "192.0.2.1", "192.0.2.4")
        del folder.events[second.removesuffix(".json")]
        reaching.start()
        run(reaching, feed)
        wait_for(lambda: len(events(reaching)) == 4, "the address that came to the changed event is there")
        assert folder.asked[3:].count(first) == 1 and second not in folder.asked[3:], "only what changed is fetched"
        assert {each["source"] for each in reaching.get("/api/v1/deliveries")["items"]} == {"partner"}
