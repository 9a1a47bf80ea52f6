#include "shadowserver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/ascii.hpp"
#include "intake/mapping.hpp"
#include "net/web_address.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

constexpr std::size_t longest_key = 500;
constexpr std::size_t most_reports = 50;
constexpr std::size_t longest_report = 200;
constexpr std::size_t most_types = 200;
constexpr std::size_t longest_type = 100;
constexpr std::uint32_t most_days = 90;
constexpr std::size_t most_listed = 20'000;
constexpr std::size_t longest_id = 200;

bool is_visible(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

bool is_type(std::string_view text) {
    return !text.empty() && text.size() <= longest_type && std::all_of(text.begin(), text.end(), [](char c) {
        return base::is_digit(c) || (c >= 'a' && c <= 'z') || c == '_';
    });
}

bool is_id(std::string_view text) {
    constexpr std::string_view others = "-_.~";
    return !text.empty() && text.size() <= longest_id && std::all_of(text.begin(), text.end(), [&](char c) {
        return base::is_digit(c) || base::is_letter(c) || others.find(c) != std::string_view::npos;
    });
}

bool is_file_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_file_name && text.find_first_of("/\\") == std::string_view::npos &&
           std::none_of(text.begin(), text.end(), base::is_control);
}

void check_key(base::Checks& checks, std::string_view field, std::optional<std::string> const& value) {
    bool const fits = !value || (!value->empty() && value->size() <= longest_key && is_visible(*value));
    checks.expect(fits, field, "is empty, too long, or has other than visible characters");
}

void check_address(base::Checks& checks, std::string_view field, std::string const& url) {
    auto const address = url.size() <= longest_feed_url ? net::WebAddress::parse(url) : std::nullopt;
    bool const is_folder = address && address->target.ends_with('/') && address->is_safe_on_the_way;
    checks.expect(is_folder, field, "is no https address that ends in /");
}

std::string text_of(Json const& object, char const* name) {
    auto const found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> texts_of(Json const& object, char const* name) {
    std::vector<std::string> out;
    for (auto const& each : object.at(name)) out.push_back(each.get<std::string>());
    return out;
}

std::string date_of(base::Instant at) { return base::to_seconds_text(at).substr(0, 10); }

}  // namespace

ShadowserverKeys keys_of(FeedShadowserver const& told) { return {told.key.value_or(""), told.secret.value_or("")}; }

std::string to_text(ShadowserverKeys const& keys) { return Json{{"key", keys.key}, {"secret", keys.secret}}.dump(); }

ShadowserverKeys keys_from(std::string_view text) {
    auto const json = Json::parse(text);
    return {json.at("key").get<std::string>(), json.at("secret").get<std::string>()};
}

void check_shadowserver(base::Checks& checks, FeedContent& content) {
    bool const is_wanted = content.kind == FeedKind::shadowserver;
    checks.expect(content.shadowserver.has_value() == is_wanted, "shadowserver",
                  is_wanted ? "is missing" : "belongs to feeds of Shadowserver's API");
    if (!is_wanted || !content.shadowserver) return;
    auto& asked = *content.shadowserver;
    check_address(checks, "url", content.url);
    if (asked.downloads.empty()) asked.downloads = FeedShadowserver().downloads;
    check_address(checks, "shadowserver.downloads", asked.downloads);
    check_key(checks, "shadowserver.key", asked.key);
    check_key(checks, "shadowserver.secret", asked.secret);
    checks.expect(asked.days >= 1 && asked.days <= most_days, "shadowserver.days", "is not between 1 and 90");
    checks.expect(asked.reports.size() <= most_reports, "shadowserver.reports", "has more than 50 entries");
    for (std::size_t at = 0; at < std::min(asked.reports.size(), most_reports); ++at) {
        auto const& report = asked.reports[at];
        checks.expect(!report.empty() && report.size() <= longest_report && is_visible(report),
                      fmt::format("shadowserver.reports[{}]", at), "is no name of a subscription");
    }
    checks.expect(asked.types.size() <= most_types, "shadowserver.types", "has more than 200 entries");
    for (std::size_t at = 0; at < std::min(asked.types.size(), most_types); ++at)
        checks.expect(is_type(asked.types[at]), fmt::format("shadowserver.types[{}]", at),
                      "is no report type, such as scan_dns");
}

Json json_of(std::optional<FeedShadowserver> const& told) {
    if (!told) return nullptr;
    return {{"key", nullptr},       {"secret", nullptr},  {"reports", told->reports},
            {"types", told->types}, {"days", told->days}, {"downloads", told->downloads}};
}

std::string to_text(std::optional<FeedShadowserver> const& told) { return told ? json_of(told).dump() : std::string(); }

std::optional<FeedShadowserver> shadowserver_from(std::string const& text) {
    if (text.empty()) return std::nullopt;
    auto const json = Json::parse(text);
    return FeedShadowserver{.reports = texts_of(json, "reports"),
                            .types = texts_of(json, "types"),
                            .days = json.at("days").get<std::uint32_t>(),
                            .downloads = json.at("downloads").get<std::string>()};
}

std::string list_question(FeedShadowserver const& asked, std::string const& key, base::Instant now) {
    auto const from = now - std::chrono::hours(24 * asked.days);
    Json question{{"apikey", key}, {"date", fmt::format("{}:{}", date_of(from), date_of(now))}};
    if (!asked.reports.empty()) question["reports"] = asked.reports;
    return question.dump();
}

base::Result<std::vector<ListedReport>> listed_in(std::string_view answer, std::vector<std::string> const& types) {
    auto const json = Json::parse(answer, nullptr, false);
    if (json.is_object() && json.contains("error")) {
        auto const fault = as_utf8(text_of(json, "error"));
        return base::refused("Shadowserver answered: " + fault);
    }
    if (!json.is_array()) return base::invalid("the server answered with no list of reports");
    if (json.size() > most_listed) return base::invalid("the server lists more than 20,000 reports");
    std::vector<ListedReport> out;
    for (auto const& each : json) {
        if (!each.is_object()) continue;
        ListedReport report{text_of(each, "id"), text_of(each, "file"), text_of(each, "timestamp")};
        if (!is_id(report.id) || !is_file_name(report.file)) continue;
        auto const is_it = [type = text_of(each, "type"), by_name = Mappings::shadowserver_type(report.file)](
                               std::string const& wanted) { return wanted == type || wanted == by_name; };
        if (types.empty() || std::any_of(types.begin(), types.end(), is_it)) out.push_back(std::move(report));
    }
    std::sort(out.begin(), out.end(), [](ListedReport const& one, ListedReport const& other) {
        return std::tie(one.date, one.file, one.id) < std::tie(other.date, other.file, other.id);
    });
    return out;
}

}  // namespace kula::intake
