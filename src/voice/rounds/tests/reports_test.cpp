// Findings are told in X-ARF as far as it can tell them: by the first form whose needs are known, of what their place
// does.

#include "reports.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "shipped_data.hpp"

namespace kula::rounds {
namespace {

using nlohmann::json;
using std::chrono_literals::operator""h;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

base::Instant const now = base::from_microseconds(1'772'445'600'000'000);

findings::PlannedFinding planned(std::string type, std::string problem = {}, std::string place = "192.0.2.1") {
    findings::PlannedFinding out;
    out.finding.id = findings::FindingId::make(now);
    out.finding.identity = {.type = std::move(type), .problem = std::move(problem), .place = std::move(place)};
    out.finding.first_seen = now - 2h;
    out.finding.last_seen = now;
    out.finding.events = 3;
    return out;
}

events::DeliveredEvent event(std::vector<std::pair<std::string, json>> const& fields) {
    events::DeliveredEvent out;
    for (auto const& [field, value] : fields) EXPECT_TRUE(out.stored.event.set(field, value).has_value()) << field;
    if (auto const address = out.stored.event.text("source.ip")) out.source_addresses = {*address};
    out.source_domain = out.stored.event.text("source.fqdn");
    return out;
}

registry::TeamContent team() {
    registry::TeamContent out;
    out.name.in(base::Language::en) = "Example CSIRT";
    out.email = "team@csirt.example";
    return out;
}

notify::MessageId const message = notify::MessageId::make(now);

Reports told(std::vector<findings::PlannedFinding> const& findings, Newest const& newest = {}) {
    return xarf_of(findings, newest, team(), message);
}

json report(findings::PlannedFinding const& finding, std::vector<std::pair<std::string, json>> const& fields = {}) {
    Newest newest;
    if (!fields.empty()) newest.emplace(finding.finding.id, event(fields));
    auto const reports = told({finding}, newest);
    return reports.files.empty() ? json() : json::parse(reports.files.at(0).bytes);
}

TEST(Reports, an_open_resolver_is_an_open_service) {
    auto finding = planned("ddos-amplifier", "open-dns");
    finding.finding.identity.port = 53;
    finding.finding.identity.transport = "udp";
    auto const told_one = report(finding);
    EXPECT_EQ(told_one["category"], "vulnerability");
    EXPECT_EQ(told_one["type"], "open_service");
    EXPECT_EQ(told_one["service"], "open-dns");
    EXPECT_EQ(told_one["source_identifier"], "192.0.2.1");
    EXPECT_EQ(told_one["source_port"], 53);
    EXPECT_EQ(told_one["timestamp"], "2026-03-02T10:00:00Z");
    EXPECT_EQ(told_one["first_seen"], "2026-03-02T08:00:00Z");
    EXPECT_EQ(told_one["reporter"]["domain"], "csirt.example");
    EXPECT_THAT(told_one["tags"],
                ElementsAre("rsit:ddos-amplifier", "tlp:amber", "finding:" + finding.finding.id.text()));
}

TEST(Reports, a_form_is_used_only_where_all_that_it_needs_is_known) {
    auto const finding = planned("brute-force");
    EXPECT_EQ(report(finding)["type"], "blocklist");
    EXPECT_EQ(report(finding, {{"source.ip", "192.0.2.1"}, {"source.port", 50122}})["type"], "blocklist");
    auto const whole = report(finding, {{"source.ip", "192.0.2.1"},
                                        {"source.port", 50122},
                                        {"protocol.transport", "tcp"},
                                        {"destination.ip", "198.51.100.9"}});
    EXPECT_EQ(whole["type"], "login_attack");
    EXPECT_EQ(whole["source_port"], 50122);
    EXPECT_EQ(whole["destination_ip"], "198.51.100.9");
}

TEST(Reports, a_page_is_told_by_its_address_and_not_without_it) {
    auto const finding = planned("phishing", "", "shop.bank.example");
    EXPECT_TRUE(report(finding).is_null());
    auto const told_one =
        report(finding, {{"source.fqdn", "shop.bank.example"}, {"source.url", "https://shop.bank.example/login"}});
    EXPECT_EQ(told_one["url"], "https://shop.bank.example/login");
    EXPECT_EQ(told_one["source_identifier"], "shop.bank.example");
}

TEST(Reports, a_known_vulnerability_is_told_by_its_number) {
    auto finding = planned("vulnerable-system", "cve-2021-44228");
    EXPECT_TRUE(report(finding).is_null()) << "nothing tells the service";
    finding.finding.identity.port = 443;
    EXPECT_EQ(report(finding)["cve_id"], "CVE-2021-44228");
    EXPECT_EQ(report(finding)["service_port"], 443);
    finding.finding.identity.problem = "cve-2021-x";
    EXPECT_EQ(report(finding)["type"], "misconfiguration");
}

TEST(Reports, what_was_done_to_somebody_is_no_report_about_them) {
    EXPECT_TRUE(
        report(planned("infected-system"), {{"destination.ip", "192.0.2.1"}, {"source.ip", "198.51.100.1"}}).is_null());
}

TEST(Reports, types_without_a_form_and_teams_without_an_address_are_left_to_the_table) {
    EXPECT_THAT(told({planned("violence"), planned("sniffing")}).files, IsEmpty());
    auto nameless = team();
    nameless.email.clear();
    EXPECT_THAT(xarf_of({planned("infected-system")}, {}, nameless, message).files, IsEmpty());
}

TEST(Reports, evidence_tells_what_was_seen_and_nothing_else_of_the_event) {
    auto const finding = planned("infected-system", "mirai");
    auto const told_one =
        report(finding, {{"source.ip", "192.0.2.1"}, {"malware.name", "mirai"}, {"extra.sensor", "our-secret-sensor"}});
    EXPECT_EQ(told_one["malware_family"], "mirai");
    EXPECT_THAT(told_one.dump(), Not(HasSubstr("our-secret-sensor")));
    EXPECT_EQ(told_one["evidence"][0]["content_type"], "text/plain");
}

TEST(Reports, a_report_is_another_one_in_another_message_and_the_same_in_one) {
    auto const finding = planned("infected-system");
    auto const id = report(finding)["report_id"].get<std::string>();
    EXPECT_TRUE(base::Uuid::parse(id).has_value()) << id;
    EXPECT_EQ(id[14], '4');
    EXPECT_EQ(report(finding)["report_id"], id);
    auto const later = xarf_of({finding}, {}, team(), notify::MessageId::make(now + 1h));
    EXPECT_THAT(later.files.at(0).bytes, Not(HasSubstr(id)));
}

TEST(Reports, many_are_lines_of_one_file) {
    std::vector<findings::PlannedFinding> many(most_files, planned("infected-system"));
    EXPECT_THAT(told(many).files, SizeIs(most_files));
    many.push_back(planned("infected-system"));
    many.push_back(planned("violence"));
    auto const reports = told(many);
    ASSERT_THAT(reports.files, SizeIs(1));
    EXPECT_EQ(reports.files[0].name, "xarf.jsonl");
    EXPECT_EQ(reports.findings, most_files + 1);
    EXPECT_EQ(std::count(reports.files[0].bytes.begin(), reports.files[0].bytes.end(), '\n'), most_files + 1);
}

TEST(Reports, every_form_names_members_that_it_has) {
    auto const types = json::parse(shipped_data("findings/xarf.json")).at("types");
    for (auto const& [type, forms] : types.items()) {
        for (auto const& form : forms) {
            for (auto const& need : form.value("needs", json::array()))
                EXPECT_TRUE(need == "source_port" || form.at("members").contains(need.get<std::string>())) << type;
        }
    }
}

}  // namespace
}  // namespace kula::rounds
