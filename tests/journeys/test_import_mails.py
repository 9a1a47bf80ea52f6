"""Mails that bring reports: `kula import` of a file with one."""

import email.policy
import io
import json
import pathlib
import zipfile
from email.message import EmailMessage

import pytest
from importing import SCAN_DNS, Intake, counts, report
from test_import_reports import EVENT, MAIL_REPORT, four

CRLF = email.policy.SMTP


@pytest.fixture
def intake(kula: pathlib.Path, tmp_path: pathlib.Path) -> Intake:
    return Intake(kula, tmp_path)


def mail(text: str = "Please see what is attached.\n", **headers: str) -> EmailMessage:
    out = EmailMessage(policy=CRLF)
    for name, value in ({"From": "desk@example.org", "To": "a@example.com, b@example.com", "Subject": "Report – März"} | headers).items():
        out[name.replace("_", "-")] = value
    out.set_content(text)
    return out


def packed(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def abuse_report(report_text: str = MAIL_REPORT) -> EmailMessage:
    out = mail("There were attacks on us.\n", X_XARF="PLAIN")
    out.add_attachment(report_text, filename="report.txt")
    out.add_attachment("a line of a log\n", filename="logfile.log")
    return out


def read(intake: Intake, message: EmailMessage | bytes, *words: str, name: str = "a.eml") -> tuple[int, list[dict]]:
    intake.write(name, message if isinstance(message, bytes) else message.as_bytes())
    status, told = intake.read(*words, name)
    for each in told:
        assert each["rows"] == each["accepted"] + each["duplicates"] + each["quarantined"]
    return status, told


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_what_is_attached_is_read_however_it_is_encoded(intake: Intake, encoding: str) -> None:
    message = mail()
    message.add_attachment(report(1, 2), subtype="csv", filename=SCAN_DNS, cte=encoding)
    status, [told] = read(intake, message)
    assert (status, told["file"], told["format"], counts(told)) == (0, f"a.eml/{SCAN_DNS}", "shadowserver/scan_dns", (2, 2, 0, 0))
    assert len(intake.blobs()) == 2 and (intake.folder / "a.eml").read_bytes() in intake.blobs().values()


def test_an_archive_in_a_mail_in_a_mail_has_its_report(intake: Intake) -> None:
    inner = mail()
    inner.add_attachment(packed(**{SCAN_DNS: report(1), "2026-01-31-scan_ntp-example.csv": report(2)}), maintype="application", subtype="zip", filename="reports.zip")
    outer = mail("Forwarded.\n")
    outer.add_attachment(inner)
    status, told = read(intake, outer)
    assert (status, [each["format"] for each in told]) == (0, ["shadowserver/scan_dns", "shadowserver/scan_ntp"])
    assert told[0]["file"] == f"a.eml/part 2.eml/reports.zip/{SCAN_DNS}"


def test_packings_one_in_the_other_have_an_end(intake: Intake) -> None:
    message = mail()
    message.add_attachment(report(1), subtype="csv", filename=SCAN_DNS)
    for _ in range(3):
        outer = mail("Forwarded.\n")
        outer.add_attachment(message)
        message = outer
    status, [told] = read(intake, message)
    assert (status, counts(told)) == (1, (0, 0, 0, 0)) and "inside three others" in told["reason"]


def test_of_a_report_of_abuse_the_report_alone_is_read(intake: Intake) -> None:
    status, [told] = read(intake, abuse_report())
    assert (status, told["file"], told["format"], counts(told)) == (0, "a.eml/report.txt", "xarf", (1, 1, 0, 0))
    assert intake.fields()[0]["classification.type"] == "brute-force"
    status, [told] = read(intake, abuse_report(MAIL_REPORT.replace("Source: 192.0.2.7", "Source: nobody")), name="b.eml")
    assert (counts(told), "Source: is no ipv4" in told["reason"]) == ((1, 0, 0, 1), True)


def test_a_report_of_abuse_may_be_json_and_the_mail_that_it_is_about_is_none(intake: Intake) -> None:
    message = mail()
    message.add_attachment(b"Feedback-Type: xarf\n", maintype="message", subtype="feedback-report", cte="7bit")
    message.add_attachment(json.dumps(four()).encode(), maintype="application", subtype="json", filename="xarf.json")
    spam = mail("Buy this.\n")
    spam.add_attachment(report(1), subtype="csv", filename=SCAN_DNS)
    message.add_attachment(spam)
    status, told = read(intake, message)
    assert (status, [each["format"] for each in told]) == (0, ["xarf"])


@pytest.mark.parametrize(("text", "form"), [(json.dumps(four()), "xarf"), (json.dumps(EVENT), "misp"), (MAIL_REPORT, "xarf")])
def test_a_text_that_is_a_report_is_read(intake: Intake, text: str, form: str) -> None:
    status, [told] = read(intake, mail(text))
    assert (status, told["format"], told["accepted"] > 0) == (0, form, True)


def test_a_text_is_read_where_it_is_told_how(intake: Intake) -> None:
    status, [told] = read(intake, mail("source.ip,classification.type\n192.0.2.1,scanner\n"), "--format", "csv")
    assert (status, told["format"], counts(told)) == (0, "csv", (1, 1, 0, 0))


def test_31_a_mail_with_nothing_that_can_be_read_is_kept_and_an_alarm(intake: Intake) -> None:
    message = mail("Your report: https://dl.shadowserver.org/invented?token\n")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="invoice.pdf")
    status, [told] = read(intake, message)
    assert (status, told["format"], counts(told)) == (1, "mail", (0, 0, 0, 0))
    assert "holds nothing that can be read: invoice.pdf (application/pdf)" in told["reason"]
    assert "not followed: https://dl.shadowserver.org/invented?token" in told["reason"] and told["reason"] in intake.said
    assert list(intake.blobs().values()) == [message.as_bytes()]


def test_31_what_is_not_read_beside_a_report_is_told(intake: Intake) -> None:
    message = mail()
    message.add_attachment(report(1), subtype="csv", filename=SCAN_DNS)
    message.add_attachment(b"\xd0\xcf", maintype="application", subtype="msword", filename="notes.doc")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    status, told = read(intake, message)
    assert (status, [each["format"] for each in told]) == (0, ["shadowserver/scan_dns", "mail"])
    assert told[1]["reason"] == "not all of the mail was read: notes.doc (application/msword)"


@pytest.mark.parametrize("change", [
    lambda content: b"\xef\xbb\xbf" + content,
    lambda content: b"\r\n\r\n" + content,
    lambda content: b"From desk@example.org Mon Mar  2 10:00:00 2026\n" + content,
    lambda content: content.replace(b"\r\n", b"\n"),
    lambda content: content.replace(b"To: ", b"To: c@example.com\r\nTo: ", 1),
], ids=["mark", "blank-lines", "mailbox", "line-feeds", "several-to"])
def test_a_mail_is_known_whatever_stands_in_front_of_it(intake: Intake, change: object) -> None:
    message = mail()
    message.add_attachment(report(1), subtype="csv", filename=SCAN_DNS)
    status, [told] = read(intake, change(message.as_bytes()), name="message")
    assert (status, told["format"], counts(told)) == (0, "shadowserver/scan_dns", (1, 1, 0, 0))


def test_a_head_alone_and_a_mail_that_is_none_are_kept(intake: Intake) -> None:
    for name, content in (("head.eml", b"From: a@example.org\r\nSubject: nothing\r\n"), ("none.eml", b"\0\1\2"), ("empty.eml", b"")):
        status, [told] = read(intake, content, name=name)
        assert (status, told["format"], counts(told)) == (1, "mail", (0, 0, 0, 0))
    assert len(intake.blobs()) == 3


def test_a_mail_that_breaks_off_says_so(intake: Intake) -> None:
    message = mail()
    message.add_attachment(report(*range(200)), subtype="csv", filename=SCAN_DNS, cte="8bit")
    content = message.as_bytes()
    status, told = read(intake, content[: len(content) // 2])
    assert [each["format"] for each in told] == ["shadowserver/scan_dns", "mail"]
    assert told[1]["complete"] is False and "breaks off" in told[1]["reason"]
    assert 50 < told[0]["accepted"] < 200


def test_a_name_leads_nowhere_and_a_charset_is_read(intake: Intake) -> None:
    message = mail()
    table = "source.ip,classification.type,comment\n192.0.2.1,scanner,Štip\n"
    message.add_attachment(table.encode("utf-16"), maintype="text", subtype="csv", filename="../../ä.csv", params={"charset": "utf-16"})
    before = {file for file in intake.folder.rglob("*") if intake.data not in file.parents}
    status, [told] = read(intake, message)
    assert (status, told["file"], counts(told)) == (0, "a.eml/ä.csv", (1, 1, 0, 0))
    assert intake.fields()[0]["comment"] == "Štip"
    after = {file for file in intake.folder.rglob("*") if intake.data not in file.parents}
    assert after - before == {intake.data, intake.folder / "a.eml"}


def test_a_mail_that_would_cost_too_much_is_refused(intake: Intake) -> None:
    for number, content in enumerate((b"From: a@example.org\r\n" + b"A: b\r\n" * 11_000, b"From: a@example.org\r\nTo: b@example.org\r\n\r\n" + b"--b\r\n" * 21_000)):
        status, [told] = read(intake, content, name=f"{number}.eml")
        assert (status, counts(told)) == (1, (0, 0, 0, 0)) and "far more lines" in told["reason"]


def test_a_mail_that_comes_again_doubles_nothing(intake: Intake) -> None:
    message = mail()
    message.add_attachment(report(1), subtype="csv", filename=SCAN_DNS)
    assert counts(read(intake, message)[1][0]) == (1, 1, 0, 0)
    assert counts(read(intake, message, name="b.eml")[1][0]) == (1, 0, 1, 0)
    assert (len(intake.events()), len(intake.blobs())) == (1, 2)


def test_what_is_encrypted_is_told(intake: Intake) -> None:
    content = mail().as_bytes().split(b"\r\n\r\n")[0].replace(b"Content-Type: text/plain; charset=\"utf-8\"", b"Content-Type: multipart/encrypted; boundary=b; protocol=\"application/pgp-encrypted\"")
    content += b"\r\n\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream; name=\"report.csv\"\r\n\r\nx\r\n--b--\r\n"
    status, [told] = read(intake, content)
    assert status == 1 and "report.csv (application/octet-stream, encrypted)" in told["reason"]
