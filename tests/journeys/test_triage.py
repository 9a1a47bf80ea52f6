"""The triage on a running server: a wave of 300 reports is one group and one decision; what was received outlives kill -9."""

import concurrent.futures
import random

from running import Running
from signing_in import new_person
from test_contract import check

REPORTS = "/api/v1/reports"
LURE = (
    "Почитуван/а {name}, вашата пратка број {number} чека во магацинот. За да ја добиете, платете царина од {amount} евра на {link} "
    "во рок од 24 часа. Во спротивно пратката ќе биде вратена кај испраќачот. Со почит, Пример Пошта."
)
WAVE = 300


def wave(seed: int) -> list[dict]:
    """One template, other names, numbers, amounts and links; some people only forward the link."""
    chosen = random.Random(seed)
    out = []
    for number in range(WAVE):
        link = f"https://posta-{chosen.randrange(40)}.example.net/p/{number}"
        if number % 10 == 3:
            text = f"Што е ова? hxxps://posta-{number % 40}[.]example[.]net/p/{number - 1}"
        else:
            text = LURE.format(name=f"Пример {number}", number=chosen.randrange(10**6), amount=f"{chosen.randrange(1, 9)},50", link=link)
        out.append({"text": text, "reporter": {"email": f"citizen{number}@mail.example"}, "language": "mk"})
    return out


def test_a_wave_is_one_group_and_one_decision(country: Running) -> None:
    reporting, person = country.make_token("reports.send"), new_person(country, "ana", "duty_analyst")

    def send(report: dict) -> int:
        return country.ask("POST", REPORTS, report, Authorization=f"Bearer {reporting}")[0]

    first, *rest = wave(1)
    assert send(first) == 201
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, rest)) == {201}
    assert country.ask("POST", REPORTS, {"text": "Our mail server was broken into last night, please call."}, Authorization=f"Bearer {reporting}")[0] == 201
    page = person.done("GET", f"{REPORTS}?state=waiting&newest_of_group=true&limit=500")
    check(REPORTS, "get", 200, page)
    assert page["waiting"] == WAVE + 1
    largest = max(page["items"], key=lambda item: item["waiting_in_group"])
    # Who only forwards a link of which no other was told is alone; all who copied the text are one.
    assert largest["waiting_in_group"] >= WAVE * 9 // 10, [item["waiting_in_group"] for item in page["items"]]
    alone = next(item for item in page["items"] if "broken into" in item["excerpt"])
    assert (alone["grouped_by"], alone["waiting_in_group"]) == ("alone", 1)

    decision = {
        "group": largest["group"], "decision": "accept",
        "incident": {"title": "Лажна пошта", "class": "fraud", "type": "phishing", "severity": "medium", "tlp": "amber"},
    }
    accepted = person.done("POST", f"{REPORTS}/decisions", decision)
    assert len(accepted["reports"]) == largest["waiting_in_group"]
    assert accepted["incident"]["title"] == "Лажна пошта"
    assert person.done("GET", f"{REPORTS}?incident={accepted['incident']['id']}&limit=1")["total"] == len(accepted["reports"])

    country.kill()
    country.start()
    assert person.done("GET", f"{REPORTS}?state=accepted&limit=1")["total"] == len(accepted["reports"])
    person.done("POST", f"{REPORTS}/decisions", {"reports": accepted["reports"], "decision": "wait_again"})
    assert person.done("GET", f"{REPORTS}?limit=1")["waiting"] == WAVE + 1
