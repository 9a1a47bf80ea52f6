#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <iterator>

#include "base/must.hpp"
#include "intake/mapping.hpp"
#include "mapping_rules.hpp"
#include "shadowserver_types.hpp"
#include "shipped_data.hpp"
#include "shipped_mappings.hpp"

namespace kula::intake {
namespace {

/// What a type that is called otherwise now was described by; null where it is none.
Json const* former(std::string const& type) {
    auto const& types = shadowserver_types().at("former");
    auto const found = types.find(type);
    return found == types.end() ? nullptr : &*found;
}

/// The types of events come over IPv4 and IPv6 under one description.
std::string described_as(std::string_view type) {
    std::string name(type);
    auto const& types = shadowserver_types().at("types");
    if (auto const* const before = former(name)) name = before->at("is").get<std::string>();
    static RE2 const numbered("event[46]_");
    if (!types.contains(name)) RE2::Replace(&name, numbered, "event_");
    return types.contains(name) ? name : std::string();
}

/// A mapping in the language of all others: the usual columns, and those of the type in their place.
Json written_out(std::string_view type, Reading::Form form) {
    auto const described = described_as(type);
    Json mapping{
        {"name", fmt::format("shadowserver/{}", type)},
        {"reads", form == Reading::Form::json ? Json{{"form", "json"}} : Json{{"form", "csv"}, {"delimiter", ","}}},
        {"needed", {"timestamp", "ip"}},
        {"columns", shadowserver_types().at("columns")}};
    if (described.empty()) {
        mapping["needed"] = Json::array({"timestamp"});
        mapping["set"] = {
            {"classification.type", "undetermined"}, {"feed.name", type}, {"feed.provider", "Shadowserver"}};
        return mapping;
    }
    auto const& told = shadowserver_types().at("types").at(described);
    mapping["set"] = told.at("set");
    mapping["set"]["feed.name"] = told.at("title");
    mapping["set"]["feed.provider"] = "Shadowserver";
    for (auto const* member : {"needed", "choices"}) {
        if (told.contains(member)) mapping[member] = told.at(member);
    }
    if (told.contains("columns")) mapping["columns"].update(told.at("columns"));
    auto const* const before = former(std::string(type));
    if (before != nullptr && before->contains("columns")) mapping["columns"].update(before->at("columns"));
    return mapping;
}

}  // namespace

Mappings const& Mappings::shipped() {
    static Mappings const mappings;
    return mappings;
}

Mappings::Mappings() {
    for (auto const path : shipped_mapping_paths()) {
        auto mapping = Mapping::parse(shipped_data(path));
        base::must(mapping.has_value(),
                   fmt::format("data/{}: {}", path, mapping ? "" : mapping.error().detail).c_str());
        mappings_.push_back(std::move(*mapping));
    }
}

std::optional<Mapping> Mappings::find(std::string_view name) const {
    auto const all = of_feed(name);
    return all.empty() ? std::nullopt : std::optional(all.front());
}

std::vector<Mapping> Mappings::of_feed(std::string_view name) const {
    std::vector<Mapping> out;
    auto const add = [&](auto const& is_it) {
        std::copy_if(mappings_.begin(), mappings_.end(), std::back_inserter(out), is_it);
    };
    add([&](Mapping const& each) { return each.name() == name; });
    if (out.empty()) {
        add([&](Mapping const& each) {
            auto const& others = each.intelmq_names();
            return std::find(others.begin(), others.end(), name) != others.end();
        });
        return out;
    }
    for (auto const* const form : {"_csv", "_json", "_api"})
        add([&](Mapping const& each) { return each.name() == std::string(name) + form; });
    return out;
}

std::optional<std::string> Mappings::shadowserver_type(std::string_view file_name) {
    static RE2 const form(R"((?:.*/)?(\d{4}-\d\d-\d\d-)?([a-z0-9_]+)(?:-[^/]*)?\.(?:csv|json)(?:\.gz|\.zst)?)");
    std::string date;
    std::string type;
    if (!RE2::FullMatch(re2::StringPiece(file_name.data(), file_name.size()), form, &date, &type)) return std::nullopt;
    return !date.empty() || knows_shadowserver(type) ? std::optional(type) : std::nullopt;
}

Mapping Mappings::shadowserver(std::string_view type, Reading::Form form) {
    auto mapping = Mapping::parse(written_out(type, form).dump());
    base::must(mapping.has_value(), "data/shadowserver/types.json holds mappings");
    return std::move(*mapping);
}

bool Mappings::looks_like_shadowserver(std::string_view type) {
    static RE2 const form("(?:scan6?|population6?|event[46]?|compromised|sandbox|honeypot|sinkhole6?)_[a-z0-9_]+");
    return knows_shadowserver(type) || RE2::FullMatch(re2::StringPiece(type.data(), type.size()), form);
}

bool Mappings::knows_shadowserver(std::string_view type) { return !described_as(type).empty(); }

std::vector<std::string> Mappings::names() const {
    std::vector<std::string> out;
    for (auto const& mapping : mappings_) out.push_back(mapping.name());
    return out;
}

}  // namespace kula::intake
