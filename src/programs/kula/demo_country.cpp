#include "demo_country.hpp"

#include <array>
#include <sstream>

#include <nlohmann/json.hpp>

#include "shipped_data.hpp"

namespace kula {
namespace {

base::Actor const actor{"system:demo"};

struct DemoList {
    std::string_view file;
    std::string_view source;
    indicators::Confidence confidence;
    base::Tlp tlp;
    std::string_view rsit_class;
    std::string_view rsit_type;
};

constexpr std::array<DemoList, 4> demo_lists{{
    {"demo/c2-servers.txt", "Example C2 Tracker", 85, base::Tlp::amber, "malicious-code", "c2-server"},
    {"demo/scanners.txt", "Example Scan Watch", 60, base::Tlp::green, "information-gathering", "scanner"},
    {"demo/hijacked-networks.txt", "Example Drop List", 90, base::Tlp::clear, "other", "other"},
    {"demo/spam-sources.csv", "Example Spam Observatory", 55, base::Tlp::green, "abusive-content", "spam"},
}};

/// Every line that is a prefix.
std::vector<base::Prefix> prefixes_of(std::string_view text) {
    std::vector<base::Prefix> out;
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        if (auto const prefix = base::Prefix::parse(line)) out.push_back(*prefix);
    }
    return out;
}

base::Result<void> import_organisations(registry::Registry& registry) {
    auto const report = registry.import(registry::ImportFormat::csv, shipped_data("demo/organisations.csv"), actor);
    if (!report) return report.error();
    for (auto const& row : report->rows) {
        if (row.outcome == registry::ImportOutcome::skipped) return base::invalid("demo organisations: " + row.reason);
    }
    auto const stored = registry.stored_national_space();
    if (!stored) return stored.error();
    std::vector<std::string> prefixes;
    for (auto const& prefix : prefixes_of(shipped_data("demo/national.txt"))) prefixes.push_back(prefix.text());
    if (stored->prefixes == prefixes) return {};
    auto const replaced = registry.replace_national_space(stored->version, prefixes, {}, actor);
    if (!replaced) return replaced.error();
    return {};
}

/// What the invented team says of itself, where nobody told anything yet; the file is a `TeamInput` of the contract.
base::Result<void> tell_team(registry::Registry& registry) {
    if (registry.team()->version > 0) return {};
    auto const json = nlohmann::json::parse(shipped_data("demo/team.json"));
    registry::TeamContent content;
    for (auto const& field : registry::team_texts()) {
        for (auto const language : base::languages) {
            (content.*field.value).in(language) =
                json.at(std::string(field.name)).at(std::string(base::to_text(language))).get<std::string>();
        }
    }
    for (auto const& field : registry::team_lines())
        content.*field.value = json.at(std::string(field.name)).get<std::string>();
    for (auto const& field : registry::team_lists())
        content.*field.value = json.at(std::string(field.name)).get<std::vector<std::string>>();
    content.figures = json.at("publishes_figures").get<bool>() ? registry::PublicFigures::published
                                                               : registry::PublicFigures::withheld;
    auto const told = registry.replace_team(0, std::move(content), actor);
    if (!told) return told.error();
    return {};
}

/// Listed values of a kind in one of the lists.
std::vector<indicators::Value> listed(std::string_view file, indicators::Kind kind) {
    std::vector<indicators::Value> values;
    auto const keep = [&](indicators::Value const& value, indicators::Attributes const&) {
        if (value.kind == kind) values.push_back(value);
    };
    indicators::read_list(shipped_data(file), {}, keep).value();
    return values;
}

std::vector<base::Address> listed_addresses(std::string_view file) {
    std::vector<base::Address> out;
    for (auto const& value : listed(file, indicators::Kind::address)) out.push_back(value.range.first);
    return out;
}

/// Networks of the organisations: the prefixes among the words of the fourth column.
std::vector<base::Prefix> organisations_networks() {
    std::vector<base::Prefix> out;
    std::istringstream lines{std::string(shipped_data("demo/organisations.csv"))};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream columns(line);
        std::string networks;
        for (int column = 0; column < 4; ++column) std::getline(columns, networks, ',');
        std::istringstream words(networks);
        for (std::string word; words >> word;) {
            if (auto const prefix = base::Prefix::parse(word)) out.push_back(*prefix);
        }
    }
    return out;
}

}  // namespace

base::Result<void> import_demo_country(registry::Registry& registry, indicators::Store& indicators) {
    if (auto const done = import_organisations(registry); !done) return done;
    if (auto const done = tell_team(registry); !done) return done;
    for (auto const& list : demo_lists) {
        indicators::ListSource const source{.name = std::string(list.source),
                                            .confidence = list.confidence,
                                            .marking = {list.tlp, base::Pap::green},
                                            .rsit_class = std::string(list.rsit_class),
                                            .rsit_type = std::string(list.rsit_type)};
        auto const report = indicators.import(source, shipped_data(list.file), actor);
        if (!report) return report.error();
    }
    return {};
}

simulation::Country demo_traffic_country() {
    simulation::Country country{.networks = organisations_networks(),
                                .abroad = prefixes_of(shipped_data("demo/abroad.txt")),
                                .command_servers = listed_addresses("demo/c2-servers.txt"),
                                .scanners = listed_addresses("demo/scanners.txt"),
                                .spam_sources = listed_addresses("demo/spam-sources.csv")};
    for (auto const& value : listed("demo/hijacked-networks.txt", indicators::Kind::prefix)) {
        auto const width = value.range.first.width();
        int length = 0;
        while (length < width && base::Prefix(value.range.first, length).last() != value.range.last) ++length;
        country.hijacked.emplace_back(value.range.first, length);
    }
    return country;
}

base::Result<indicators::Warninglists> demo_warninglists() {
    constexpr std::string_view file = "demo/public-resolvers.json";
    return indicators::Warninglists({{.file = std::string(file), .json = std::string(shipped_data(file))}});
}

std::string_view demo_countries() { return shipped_data("demo/countries.txt"); }

}  // namespace kula
