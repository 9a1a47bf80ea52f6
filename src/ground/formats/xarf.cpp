#include "formats/xarf.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "formats/base64.hpp"

namespace kula::formats {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_tags = 20;
constexpr std::size_t longest_organisation = 200;
constexpr std::size_t longest_description = 500;

/// `[a-z0-9][a-z0-9_+-]*`
bool is_word(std::string_view text) {
    auto const is_alphanumeric = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !text.empty() && is_alphanumeric(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
        return is_alphanumeric(c) || c == '_' || c == '+' || c == '-';
    });
}

bool is_tag(std::string_view text) {
    auto const colon = text.find(':');
    return colon != std::string_view::npos && is_word(text.substr(0, colon)) && is_word(text.substr(colon + 1));
}

base::Result<void> check(XarfReport const& report) {
    auto const& [organisation, address, domain] = report.reporter;
    std::pair<std::string_view, std::string_view> const needed[] = {
        {"report_id", report.id},    {"reporter.org", organisation},       {"reporter.contact", address},
        {"reporter.domain", domain}, {"source_identifier", report.source}, {"category", report.category},
        {"type", report.type}};
    for (auto const& [name, value] : needed) {
        if (value.empty()) return base::invalid(fmt::format("{}: is missing", name));
    }
    if (organisation.size() > longest_organisation) return base::invalid("reporter.org: is longer than 200 bytes");
    if (address.find('@') == std::string::npos) return base::invalid("reporter.contact: is no address of mail");
    if (report.source_port == 0) return base::invalid("source_port: is 0");
    if (report.tags.size() > most_tags) return base::invalid("tags: are more than 20");
    for (auto const& tag : report.tags) {
        if (!is_tag(tag)) return base::invalid(fmt::format("tags: `{}` is not namespace:value", tag));
    }
    if (!report.evidence) return {};
    if (report.evidence->bytes.size() > longest_xarf_evidence)
        return base::invalid("evidence.payload: is longer than 16 KiB");
    if (report.evidence->description.size() > longest_description)
        return base::invalid("evidence.description: is longer than 500 bytes");
    return {};
}

Json shown(XarfContact const& contact) {
    return {{"org", contact.organisation}, {"contact", contact.address}, {"domain", contact.domain}};
}

Json shown(XarfEvidence const& evidence) {
    return {{"content_type", evidence.type},
            {"description", evidence.description},
            {"payload", to_base64(evidence.bytes)},
            {"hash", "sha256:" + evidence.sha256},
            {"size", evidence.bytes.size()}};
}

}  // namespace

base::Result<std::string> xarf_report(XarfReport const& report) {
    if (auto const right = check(report); !right) return right.error();
    auto const who = shown(report.reporter);
    Json json{{"xarf_version", xarf_version},
              {"report_id", report.id},
              {"timestamp", base::to_seconds_text(report.at)},
              {"reporter", who},
              {"sender", who},
              {"source_identifier", report.source}};
    if (report.source_port) json["source_port"] = *report.source_port;
    json["category"] = report.category;
    json["type"] = report.type;
    for (auto const& member : report.members)
        std::visit([&](auto const& told) { json[member.first] = told; }, member.second);
    if (report.evidence) json["evidence"] = Json::array({shown(*report.evidence)});
    if (!report.tags.empty()) json["tags"] = report.tags;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace kula::formats
