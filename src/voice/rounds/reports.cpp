#include "reports.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include <nlohmann/json.hpp>

#include "base/address.hpp"
#include "base/ascii.hpp"
#include "base/must.hpp"
#include "formats/xarf.hpp"
#include "seals/digest.hpp"
#include "shipped_data.hpp"

namespace kula::rounds {
namespace {

using events::DeliveredEvent;
using findings::Finding;
using formats::XarfReport;
using formats::XarfValue;
using Json = nlohmann::ordered_json;

constexpr std::size_t longest_fact = 500;  ///< Bytes.

/// Of the newest event, in the evidence; what else it holds stays with the team.
constexpr std::array<std::string_view, 16> shown_fields{
    "time.source",           "source.ip",        "source.port",       "source.fqdn",     "source.url",
    "destination.ip",        "destination.port", "destination.fqdn",  "destination.url", "protocol.transport",
    "protocol.application",  "malware.name",     "product.full_name", "product.version", "product.vulnerabilities",
    "event_description.text"};

std::string short_line(std::string_view text) {
    return std::string(base::beginning(base::one_line(text), longest_fact));
}

std::optional<std::string> written(DeliveredEvent const& event, std::string_view field) {
    auto const* const value = event.stored.event.find(field);
    if (value == nullptr) return std::nullopt;
    return short_line(value->is_string() ? value->get<std::string>() : value->dump());
}

/// Whether the finding's place is the end that the event tells as its source: X-ARF reports what a source does.
bool is_source(DeliveredEvent const& event, std::string const& place) {
    auto const& addresses = event.source_addresses;
    return std::find(addresses.begin(), addresses.end(), place) != addresses.end() || event.source_domain == place ||
           event.stored.event.text("source.fqdn") == place;
}

/// What a report may tell, by the names of data/findings/xarf.json.
using Facts = std::map<std::string, XarfValue, std::less<>>;

bool is_transport(std::string_view text) { return text == "tcp" || text == "udp" || text == "icmp" || text == "sctp"; }

/// `CVE-2021-44228`, of any case; nothing of another text.
std::optional<std::string> as_cve(std::string_view text) {
    auto const is_digits = [](std::string_view digits) {
        return !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
    };
    bool const is_one = base::lower_case(text.substr(0, 4)) == "cve-" && text.size() > 9 && text[8] == '-' &&
                        is_digits(text.substr(4, 4)) && is_digits(text.substr(9));
    return is_one ? std::optional("CVE" + std::string(text.substr(3))) : std::nullopt;
}

std::optional<std::string> cve_of(Finding const& finding, DeliveredEvent const* event) {
    auto const& problem = finding.identity.problem;
    if (auto found = as_cve(std::string_view(problem).substr(0, problem.find(' ')))) return found;
    auto const told = event ? event->stored.event.text("product.vulnerabilities") : std::nullopt;
    return told ? as_cve(*told) : std::nullopt;
}

Facts facts_of(Finding const& finding, DeliveredEvent const* event) {
    Facts out;
    auto const add = [&](std::string const& name, std::optional<std::string> const& value) {
        if (value && !value->empty()) out.emplace(name, short_line(*value));
    };
    auto const add_port = [&](std::string const& name, std::optional<std::int64_t> port) {
        if (port && *port > 0 && *port <= 65535) out.emplace(name, *port);
    };
    auto const text = [&](char const* field) {
        return event ? event->stored.event.text(field) : std::optional<std::string>();
    };
    auto const integer = [&](char const* field) {
        return event ? event->stored.event.integer(field) : std::optional<std::int64_t>();
    };
    auto const& identity = finding.identity;
    if (identity.port) add_port("port", *identity.port);
    add_port("port", integer("source.port"));
    add_port("destination_port", integer("destination.port"));
    auto const transport = identity.transport ? identity.transport : text("protocol.transport");
    if (transport && is_transport(*transport)) add("transport", transport);
    bool const is_scanned = transport == "tcp" || transport == "udp" || transport == "icmp";
    add("scanned_transport", is_scanned ? transport : "mixed");
    add("destination", text("destination.ip"));
    add("url", text("source.url"));
    add("malware", text("malware.name"));
    auto const cve = cve_of(finding, event);
    add("cve", cve);
    add("service", text("protocol.application"));
    add("service", text("product.full_name"));
    if (!cve) add("service", identity.problem);
    if (identity.port) add("service", fmt::format("{}/{}", identity.transport.value_or("port"), *identity.port));
    return out;
}

/// One way in which a type of finding is told.
struct Form {
    std::string category, type;
    std::vector<std::string> needs{};
    Json members{};
};
using Forms = std::map<std::string, std::vector<Form>, std::less<>>;

Forms const& shipped_forms() {
    static Forms const forms = [] {
        Forms out;
        auto const document = Json::parse(shipped_data("findings/xarf.json"));
        for (auto const& [type, told] : document.at("types").items()) {
            for (auto const& form : told)
                out[type].push_back(Form{form.at("category").get<std::string>(), form.at("type").get<std::string>(),
                                         form.value("needs", std::vector<std::string>()), form.at("members")});
        }
        return out;
    }();
    return forms;
}

/// A member as the form writes it; nothing where it is a fact that is not known.
std::optional<XarfValue> member(Json const& written, Facts const& facts) {
    if (written.is_array()) return written.get<std::vector<std::string>>();
    auto const text = written.get<std::string>();
    if (!text.starts_with('$')) return text;
    auto const found = facts.find(std::string_view(text).substr(1));
    return found == facts.end() ? std::nullopt : std::optional(found->second);
}

/// The report by this form, or nothing where something that it needs is not known.
bool fill(XarfReport& report, Form const& form, Facts const& facts) {
    report.category = form.category;
    report.type = form.type;
    report.source_port.reset();
    report.members.clear();
    if (auto const port = facts.find("port"); port != facts.end())
        report.source_port = static_cast<std::uint16_t>(std::get<std::int64_t>(port->second));
    for (auto const& [name, written] : form.members.items()) {
        if (auto value = member(written, facts)) report.members.emplace_back(name, std::move(*value));
    }
    return std::all_of(form.needs.begin(), form.needs.end(), [&](std::string const& need) {
        if (need == "source_port") return report.source_port.has_value();
        return std::any_of(report.members.begin(), report.members.end(),
                           [&](auto const& each) { return each.first == need; });
    });
}

/// A UUID (version 4 by its form, as the format asks for) of a finding in a message: told again, it is another report.
std::string report_id(notify::MessageId message, findings::FindingId finding) {
    auto hex = seals::hex(seals::sha256(message.text() + finding.text())).substr(0, 32);
    hex[12] = '4';
    hex[16] = "89ab"[(hex[16] < 'a' ? hex[16] - '0' : hex[16] - 'a' + 10) & 3];
    for (std::size_t const at : {8U, 13U, 18U, 23U}) hex.insert(at, 1, '-');
    return hex;
}

formats::XarfEvidence evidence_of(Finding const& finding, DeliveredEvent const* event) {
    auto text = fmt::format("first seen: {}\nlast seen: {}\nevents: {}\n", base::to_seconds_text(finding.first_seen),
                            base::to_seconds_text(finding.last_seen), finding.events);
    if (!finding.identity.problem.empty()) text += fmt::format("problem: {}\n", short_line(finding.identity.problem));
    if (event) {
        text += "newest event:\n";
        for (auto const field : shown_fields) {
            if (auto const value = written(*event, field)) text += fmt::format("  {}: {}\n", field, *value);
        }
    }
    auto const digest = seals::hex(seals::sha256(text));
    return {"text/plain", "What was seen, in lines", std::move(text), digest};
}

/// Nothing where the format cannot tell it.
std::optional<std::string> report_of(Finding const& finding, DeliveredEvent const* event,
                                     formats::XarfContact const& reporter, notify::MessageId message) {
    auto const& identity = finding.identity;
    auto const forms = shipped_forms().find(identity.type);
    if (forms == shipped_forms().end() || (event && !is_source(*event, identity.place))) return std::nullopt;
    auto const facts = facts_of(finding, event);
    XarfReport report{report_id(message, finding.id), finding.last_seen, reporter, identity.place};
    auto const& ways = forms->second;
    if (std::none_of(ways.begin(), ways.end(), [&](Form const& form) { return fill(report, form, facts); }))
        return std::nullopt;
    report.members.emplace_back("first_seen", base::to_seconds_text(finding.first_seen));
    report.members.emplace_back("last_seen", base::to_seconds_text(finding.last_seen));
    report.members.emplace_back("severity", std::string(to_text(finding.severity)));
    report.evidence = evidence_of(finding, event);
    report.tags = {fmt::format("rsit:{}", identity.type), fmt::format("tlp:{}", to_text(finding.record.marking.tlp)),
                   fmt::format("finding:{}", finding.id.text())};
    auto written = formats::xarf_report(report);
    return written ? std::optional(std::move(*written)) : std::nullopt;
}

/// Nothing where the team has told no address.
std::optional<formats::XarfContact> reporter_of(registry::TeamContent const& team) {
    auto const at = team.email.rfind('@');
    if (at == std::string::npos) return std::nullopt;
    auto const name = team.name.in(team.name.best(base::Language::en));
    return formats::XarfContact{std::string(base::beginning(name.empty() ? team.short_name : name, 200)), team.email,
                                team.email.substr(at + 1)};
}

}  // namespace

Reports xarf_of(std::vector<findings::PlannedFinding> const& findings, Newest const& newest,
                registry::TeamContent const& team, notify::MessageId message) {
    auto const reporter = reporter_of(team);
    if (!reporter) return {};
    std::vector<std::string> written;
    std::size_t bytes = 0;
    for (auto const& [finding, why] : findings) {
        auto const event = newest.find(finding.id);
        auto report = report_of(finding, event == newest.end() ? nullptr : &event->second, *reporter, message);
        if (!report) continue;
        bytes += report->size() + 1;
        if (bytes > most_reported) break;  // The table has them all.
        written.push_back(std::move(*report) + '\n');
    }
    Reports out{{}, written.size()};
    if (written.size() > most_files) {
        out.files.push_back({"xarf.jsonl", "application/x-ndjson", fmt::format("{}", fmt::join(written, ""))});
        return out;
    }
    std::size_t number = 0;
    for (auto& report : written)
        out.files.push_back({fmt::format("xarf-{}.json", ++number), "application/json", std::move(report)});
    return out;
}

}  // namespace kula::rounds
