"""An organisation's findings in feed readers: Atom and JSON Feed over curl with a token as the password, read by parsers that are not ours."""

import datetime
import email.utils
import html.parser
import json
import pathlib
import subprocess
import uuid
import xml.etree.ElementTree as ET
from urllib.parse import urlsplit

import pytest
from importing import line
from running import ROLES, Running
from signing_in import new_person
from test_constituent_api import OTHERS, OWN, TOKENS, Country, Program
from test_contract import CONTRACT, check

ROOT = pathlib.Path(__file__).resolve().parents[2]
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "<script>alert(1)</script> ]]> & \"'"


@pytest.fixture
def house(country: Running, tmp_path: pathlib.Path) -> Country:
    return Country(country, tmp_path)


class Reader:
    """A feed reader: it knows HTTP Basic and nothing else."""

    def __init__(self, running: Running, organisation: str, secret: str) -> None:
        self.base, self.organisation, self.secret = running.base, organisation, secret

    def path(self, ending: str) -> str:
        return f"/api/v1/organisations/{self.organisation}/findings.{ending}"

    def curl(self, path: str, *options: str) -> tuple[int, dict[str, list[str]], str]:
        command = ["curl", "-sS", "-i", "--http1.1", "-u", f"anybody:{self.secret}", *options, self.base + path]
        head, _, body = subprocess.run(command, capture_output=True, timeout=30, check=True).stdout.decode().partition("\r\n\r\n")
        status, *fields = head.split("\r\n")
        headers: dict[str, list[str]] = {}
        for field in fields:
            name, _, value = field.partition(": ")
            headers.setdefault(name.lower(), []).append(value)
        return int(status.split()[1]), headers, body

    def atom(self, query: str = "") -> ET.Element:
        status, headers, body = self.curl(self.path("atom") + query)
        assert status == 200 and headers["content-type"] == ["application/atom+xml; charset=utf-8"], (status, body)
        feed = ET.fromstring(body)
        valid_atom(feed)
        return feed

    def json(self, query: str = "") -> dict:
        status, headers, body = self.curl(self.path("json") + query)
        assert status == 200 and headers["content-type"] == ["application/feed+json; charset=utf-8"], (status, body)
        check("/api/v1/organisations/{id}/findings.json", "get", 200, json.loads(body))
        return json.loads(body)


def only(parent: ET.Element, name: str) -> ET.Element:
    found = parent.findall(ATOM + name)
    assert len(found) == 1, f"exactly one {name}, RFC 4287"
    return found[0]


def valid_atom(feed: ET.Element) -> None:
    """What RFC 4287 §4.1 asks of a feed and its entries, and §3.3 of dates."""
    known = {"feed": {"id", "title", "updated", "author", "generator", "link", "entry"}, "entry": {"id", "title", "published", "updated", "link", "category", "summary", "content"}}
    assert feed.tag == ATOM + "feed" and feed.get("{http://www.w3.org/XML/1998/namespace}lang") in ("mk", "sq", "en")
    assert only(only(feed, "author"), "name").text
    for part in (feed, *feed.findall(ATOM + "entry")):
        assert {child.tag.removeprefix(ATOM) for child in part} <= known[part.tag.removeprefix(ATOM)]
        assert urlsplit(only(part, "id").text).scheme and uuid.UUID(only(part, "id").text)
        assert only(part, "title").text
        assert datetime.datetime.fromisoformat(only(part, "updated").text.replace("Z", "+00:00")).tzinfo
        links = [(link.get("rel"), link.get("type")) for link in part.findall(ATOM + "link")]
        assert ("alternate", "text/html") in links and len(set(links)) == len(links)
        assert all(urlsplit(link.get("href") or "").netloc for link in part.findall(ATOM + "link"))
        assert all(urlsplit(category.get("scheme") or "").scheme and category.get("term") for category in part.findall(ATOM + "category"))
    ids = [only(entry, "id").text for entry in feed.findall(ATOM + "entry")]
    assert len(set(ids)) == len(ids)
    moments = [only(entry, "updated").text for entry in feed.findall(ATOM + "entry")]
    assert moments == sorted(moments, reverse=True) and moments[:1] in ([], [only(feed, "updated").text])


class Elements(html.parser.HTMLParser):
    """Which elements a piece of HTML has, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        assert attrs == []
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def reader(house: Country, *permissions: str) -> Reader:
    return Reader(house.running, house.hospital, house.program(None, *permissions).secret)


def test_a_reader_finds_what_is_its_organisations_and_where_it_is_on_the_desk(house: Country) -> None:
    mine = reader(house)
    feed = mine.atom("?language=en")
    assert only(feed, "title").text == "Findings: Example Hospital Lakeside"
    (entry,) = feed.findall(ATOM + "entry")
    assert only(entry, "id").text == f"urn:uuid:{house.own['id']}" and OWN in (only(entry, "title").text or "")
    assert only(entry, "link").get("href") == f"{house.running.base}/desk/findings/{house.own['id']}"
    self_link = next(link for link in feed.findall(ATOM + "link") if link.get("rel") == "self")
    assert self_link.get("href") == f"{house.running.base}{mine.path('atom')}?language=en"
    terms = {category.get("scheme"): category.get("term") for category in entry.findall(ATOM + "category")}
    assert terms["https://www.first.org/tlp/"] == f"TLP:{house.own['tlp'].upper()}" and terms["urn:kula:finding:state"] == house.own["state"]
    content = only(entry, "content")
    assert content.get("type") == "html" and Elements(content.text or "").names == {"p", "ul", "ol", "li"}

    told = mine.json("?language=en")
    (item,) = told["items"]
    assert item["id"] == f"urn:uuid:{house.own['id']}" and item["content_html"] == content.text and item["date_modified"] == only(entry, "updated").text
    assert item["_kula"] == {name: value for name, value in house.running.get(f"/api/v1/findings/{house.own['id']}")["finding"].items() if name in item["_kula"]}
    assert OTHERS not in json.dumps(told) and "scan_dns" not in json.dumps(told), "who told is the team's"
    analyst = new_person(house.running, "example.analyst", "duty_analyst")
    assert analyst.ask("GET", mine.path("json") + "?language=en")[1]["items"] == told["items"], "the team is told the same"


def test_it_speaks_three_languages_and_calls_things_as_the_desk_does(house: Country) -> None:
    mine = reader(house)
    words = json.loads((ROOT / "data/findings/feed.json").read_text())
    for language in ("mk", "sq", "en"):
        desk = json.loads((ROOT / f"data/i18n/{language}.json").read_text())
        assert {key: text[language] for key, text in words["state"].items()} == desk["finding_state"]
        assert {key: text[language] for key, text in words["severity"].items()} == desk["severity"]
        status, headers, body = mine.curl(mine.path("json"), "-H", f"Accept-Language: de, {language};q=0.7")
        assert status == 200 and json.loads(body)["language"] == language and "Accept-Language" in headers["vary"]
        assert words["state"][house.own["state"]][language] in json.loads(body)["items"][0]["summary"]
    assert mine.curl(mine.path("atom") + "?language=de")[0] == 422


def test_whoever_has_it_is_told_so(house: Country) -> None:
    mine = reader(house)
    status, headers, _ = mine.curl(mine.path("atom"))
    (etag,), (modified,) = headers["etag"], headers["last-modified"]
    assert status == 200 and headers["cache-control"] == ["private, no-cache"] and email.utils.parsedate_to_datetime(modified)
    for known in (("-H", f"If-None-Match: {etag}"), ("-H", f"If-Modified-Since: {modified}"), ("-H", f"If-None-Match: {etag}", "-H", f"If-Modified-Since: {modified}")):
        status, headers, body = mine.curl(mine.path("atom"), *known)
        assert status == 304 and body == "" and headers["etag"] == [etag], known
    assert mine.curl(mine.path("atom"), "-H", 'If-None-Match: "other"', "-H", f"If-Modified-Since: {modified}")[0] == 200
    packed = subprocess.run(["curl", "-sS", "--compressed", "-D", "-", "-u", f"x:{mine.secret}", house.running.base + mine.path("atom")], capture_output=True, text=True, timeout=30, check=True).stdout
    assert "Content-Encoding: gzip" in packed and "Vary: Accept-Language" in packed and "Vary: Accept-Encoding" in packed
    answer = json.dumps({"ids": [house.own["id"]], "to": "acknowledged"})
    assert Program(house.running, mine.secret).curl("/api/v1/findings/answers", "-H", "Content-Type: application/json", "-d", answer)[0] == 200
    status, headers, body = mine.curl(mine.path("atom"), "-H", f"If-None-Match: {etag}")
    assert status == 200 and headers["etag"] != [etag]


def test_hostile_words_of_a_report_stay_words(house: Country) -> None:
    csv = "time.source,source.ip,classification.taxonomy,classification.type,classification.identifier\n" + line(("2026-01-02T09:00:00Z", "192.0.2.3", "other", "other", HOSTILE))
    house.reports.intake.take("hostile.csv", csv, "--format", "csv", "--source", "example-hostile")
    house.reports.finding("192.0.2.3", "open")
    mine = reader(house)
    entry = next(entry for entry in mine.atom("?language=en").findall(ATOM + "entry") if "192.0.2.3" in (only(entry, "title").text or ""))
    assert HOSTILE in (only(entry, "summary").text or "")
    read = Elements(only(entry, "content").text or "")
    assert HOSTILE in read.text and read.names == {"p", "ul", "ol", "li"}
    assert HOSTILE in next(item for item in mine.json()["items"] if "192.0.2.3" in item["title"])["summary"]


def test_nobody_else_gets_in_and_basic_opens_nothing_else(house: Country) -> None:
    mine = reader(house)
    status, headers, _ = Reader(house.running, house.hospital, "kula_wrong").curl(mine.path("atom"))
    assert status == 401 and headers["www-authenticate"] == ['Basic realm="kula", charset="UTF-8"']
    without = subprocess.run(["curl", "-sSi", house.running.base + mine.path("json")], capture_output=True, text=True, timeout=30, check=True).stdout
    assert " 401 " in without.splitlines()[0] and "WWW-Authenticate: Basic" in without
    assert Reader(house.running, house.bank, mine.secret).curl(mine.path("atom").replace(house.hospital, house.bank))[0] == 404
    banker = new_person(house.running, "example.banker", "constituent_member", organisation=house.bank)
    other = Reader(house.running, house.hospital, house.program(banker).secret)
    assert other.curl(mine.path("json"))[0] == 404
    assert reader(house, "organisations.read").curl(mine.path("atom"))[0] == 403
    assert Program(house.running, mine.secret).curl(mine.path("json"))[0] == 200, "Bearer, too"

    everything = Reader(house.running, house.hospital, house.running.make_token(*(set(ROLES["permissions"]) - set(ROLES["for_people_only"]))))
    assert everything.curl(mine.path("json"))[0] == 200
    for path, item in CONTRACT["paths"].items():
        if "get" in item and item["get"]["x-permission"] != "public" and "basic" not in json.dumps(item["get"].get("security", [])):
            status, headers, _ = everything.curl(path.replace("{id}", house.hospital).replace("{name}", "urlhaus"), "--max-time", "5")
            assert status == 401 and "Basic" not in str(headers["www-authenticate"]), path


def test_a_reader_ends_with_its_token(house: Country) -> None:
    mine = reader(house)
    assert mine.curl(mine.path("atom"))[0] == 200
    for item in house.person.done("GET", TOKENS)["items"]:
        house.person.done("DELETE", f"{TOKENS}/{item['id']}", expected=204)
    assert mine.curl(mine.path("atom"))[0] == 401
