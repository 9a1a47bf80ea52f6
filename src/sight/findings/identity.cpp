#include "identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/ascii.hpp"
#include "events/tags.hpp"
#include "registry/network.hpp"
#include "storage/digest.hpp"
#include "vulnerabilities/catalogue.hpp"

namespace kula::findings {
namespace {

using events::DeliveredEvent;
using events::Event;

// In no text of an event's columns.
constexpr char parting = '\x1f';
constexpr std::size_t longest_problem = 200;

std::vector<std::string> texts(Event const& event, std::string const& field) {
    std::vector<std::string> out;
    auto const* const value = event.find(field);
    if (value == nullptr) return out;
    if (value->is_string()) out.push_back(value->get<std::string>());
    if (!value->is_array()) return out;
    for (auto const& each : *value) {
        if (each.is_string()) out.push_back(each.get<std::string>());
    }
    return out;
}

/// One side of an event.
struct End {
    std::string name{};
    std::vector<std::string> addresses{};
    std::vector<std::string> hosts{};
    std::optional<std::int64_t> as_number{};

    [[nodiscard]] bool is_told() const { return !addresses.empty() || !hosts.empty() || as_number.has_value(); }
};

End end_of(DeliveredEvent const& event, std::string const& name) {
    auto const& fields = event.stored.event;
    bool const is_source = name == "source";
    End out{name, is_source ? event.source_addresses : event.destination_addresses, texts(fields, name + ".fqdn"),
            fields.integer(name + ".asn")};
    std::erase_if(out.hosts, [](std::string const& host) { return host.find('.') == std::string::npos; });
    auto const& domain = is_source ? event.source_domain : event.destination_domain;
    if (domain && out.hosts.empty()) out.hosts.push_back(*domain);
    return out;
}

bool lies_in(std::string const& host, std::string const& domain) {
    return host == domain ||
           (host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

struct Place {
    std::optional<std::string> address{};
    std::optional<std::string> host{};
};

/// Where the claim holds this end; nothing where it does not.
std::optional<Place> place_in(registry::Network const& claim, DeliveredEvent const& event, End const& end) {
    Place place;
    if (!end.addresses.empty()) place.address = end.addresses.front();
    if (!end.hosts.empty()) place.host = end.hosts.front();
    switch (claim.kind()) {
        case registry::NetworkKind::prefix:
            for (auto const& text : end.addresses) {
                auto const address = base::Address::parse(text);
                if (!address || !claim.prefix().contains(*address)) continue;
                place.address = text;
                return place;
            }
            return std::nullopt;
        case registry::NetworkKind::as_number:
            if (end.as_number != static_cast<std::int64_t>(claim.as_number())) return std::nullopt;
            return place;
        case registry::NetworkKind::country:
            if (event.stored.event.text(end.name + ".geolocation.cc") != claim.country()) return std::nullopt;
            return place;
        case registry::NetworkKind::domain: break;
    }
    auto hosts = end.hosts;
    auto const names = texts(event.stored.event, end.name + ".reverse_dns");
    hosts.insert(hosts.end(), names.begin(), names.end());
    for (auto const& host : hosts) {
        if (!lies_in(host, claim.domain())) continue;
        place.host = host;
        return place;
    }
    return std::nullopt;
}

std::optional<Place> place_in(registry::NationalSpace const& national, End const& end) {
    for (auto const& text : end.addresses) {
        auto const address = base::Address::parse(text);
        bool const is_national =
            address && (national.contains(*address) ||
                        (end.as_number && national.contains_as(static_cast<std::uint32_t>(*end.as_number))));
        if (is_national) return Place{text, end.hosts.empty() ? std::nullopt : std::optional(end.hosts.front())};
    }
    return std::nullopt;
}

std::optional<Place> place_of(DeliveredEvent const& event, End const& end, registry::NationalSpace const& national) {
    if (!event.stored.organisation) return place_in(national, end);
    auto const claim = registry::Network::parse(event.stored.network.value_or(""));
    if (!claim) return std::nullopt;
    return place_in(*claim, event, end);
}

std::string problem_name(Event const& event, std::string const& rsit_class) {
    auto const malware = event.text("malware.name");
    if (malware && rsit_class == "malicious-code") return *malware;
    if (auto identifier = event.text("classification.identifier")) return *identifier;
    auto vulnerabilities = texts(event, "product.vulnerabilities");
    if (!vulnerabilities.empty()) {
        std::sort(vulnerabilities.begin(), vulnerabilities.end());
        return fmt::format("{}", fmt::join(vulnerabilities, " "));
    }
    if (malware) return *malware;
    return event.text("classification.subtype").value_or("");
}

/// In whichever of its fields they stand.
std::vector<std::string> cves_of(Event const& event) {
    std::set<std::string> out;
    for (auto const* field : {"product.vulnerabilities", "classification.identifier"}) {
        for (auto const& text : texts(event, field)) {
            auto cve = vulnerabilities::parse_cve(text);
            if (cve && out.size() < most_vulnerabilities) out.insert(std::move(*cve));
        }
    }
    return {out.begin(), out.end()};
}

std::vector<std::string> bounded_tags(Event const& event) {
    auto out = events::tags_of(event);
    std::erase_if(out, [](std::string const& tag) { return tag.size() > longest_tag; });
    std::sort(out.begin(), out.end());
    out.resize(std::min(out.size(), most_tags));
    return out;
}

/// As a key and a column hold it: no control characters, bounded.
std::string tidied(std::string text) {
    std::erase_if(text, [](char c) { return c >= 0 && c < ' '; });
    return std::string(base::beginning(text, longest_problem));
}

}  // namespace

std::optional<Problem> problem_of(DeliveredEvent const& event, registry::NationalSpace const& national,
                                  Rules const& rules) {
    auto const& fields = event.stored.event;
    auto const type = fields.text("classification.type");
    if (!type || event.marking.tlp == base::Tlp::red) return std::nullopt;
    Problem out;
    out.rsit_class = fields.text("classification.taxonomy").value_or("");
    out.rule = rules.of(out.rsit_class, *type);
    if (!out.rule.makes_findings) return std::nullopt;
    auto end = end_of(event, "source");
    if (!end.is_told()) end = end_of(event, "destination");
    auto const place = place_of(event, end, national);
    if (!place) return std::nullopt;
    auto const first = out.rule.is_of_a_host ? place->host : place->address;
    auto const second = out.rule.is_of_a_host ? place->address : place->host;
    if (!first && !second) return std::nullopt;
    out.identity = {event.stored.organisation, *type, tidied(problem_name(fields, out.rsit_class)),
                    first ? *first : *second};
    if (out.rule.is_of_a_service) {
        auto const port = fields.integer(end.name + ".port");
        if (port) out.identity.port = static_cast<std::uint16_t>(*port);
        out.identity.transport = fields.text("protocol.transport");
    }
    out.severity = parse_severity(fields.text("severity").value_or(""));
    out.vulnerabilities = cves_of(fields);
    out.tags = bounded_tags(fields);
    return out;
}

std::string key_of(Identity const& identity) {
    auto const organisation = identity.organisation ? identity.organisation->text() : std::string();
    auto const port = identity.port ? std::to_string(*identity.port) : std::string();
    std::string text;
    for (auto const& part :
         {organisation, identity.type, identity.problem, identity.place, port, identity.transport.value_or("")}) {
        text += part;
        text += parting;
    }
    auto const digest = storage::sha256(text);
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

}  // namespace kula::findings
