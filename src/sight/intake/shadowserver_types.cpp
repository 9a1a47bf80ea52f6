#include "shadowserver_types.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "shipped_data.hpp"

namespace kula::intake {
namespace {

/// Of 1: so like its columns they must be, and by so much more than those of any other.
constexpr double least_likeness = 0.6;
constexpr double least_lead = 0.15;
/// Of a column that no type has, nor had.
constexpr double weight_of_stranger = 0.25;

using ColumnNames = std::set<std::string, std::less<>>;

struct KnownColumns {
    std::vector<std::pair<std::string, ColumnNames>> types{};
    std::map<std::string, std::size_t, std::less<>> types_with{};  ///< How many have a column.

    KnownColumns() {
        for (auto const& [type, told] : shadowserver_types().at("types").items()) {
            auto const has = told.find("has");
            if (has == told.end()) continue;
            auto& columns = types.emplace_back(type, ColumnNames()).second;
            std::string_view rest = has->get_ref<std::string const&>();
            while (!rest.empty()) {
                auto const column = rest.substr(0, rest.find(' '));
                rest.remove_prefix(std::min(rest.size(), column.size() + 1));
                if (columns.emplace(column).second) ++types_with[std::string(column)];
            }
        }
    }
    [[nodiscard]] double weight(std::string_view column) const {
        auto const found = types_with.find(column);
        if (found != types_with.end()) return 1.0 / static_cast<double>(found->second);
        return shadowserver_types().at("columns").contains(column) ? 0.0 : weight_of_stranger;
    }
    /// The weight of what both have, of what one of them has.
    [[nodiscard]] double likeness(ColumnNames const& told, ColumnNames const& of_type) const {
        double both = 0;
        double all = 0;
        for (auto const& column : told) {
            all += weight(column);
            if (of_type.contains(column)) both += weight(column);
        }
        for (auto const& column : of_type) {
            if (!told.contains(column)) all += weight(column);
        }
        return all > 0 ? both / all : 0;
    }
};

/// As files are named: events are numbered by their family, other types of IPv6 have a 6.
std::string of_family(std::string type, bool is_v6) {
    static RE2 const numbered("^(event|scan|population)_");
    static RE2 const events("^event_");
    if (!is_v6) {
        RE2::Replace(&type, events, "event4_");
        return type;
    }
    auto six = type;
    if (!RE2::Replace(&six, numbered, "\\16_")) six += '6';
    return shadowserver_types().at("types").contains(six) ? six : type;
}

}  // namespace

Json const& shadowserver_types() {
    static auto const types = Json::parse(shipped_data("shadowserver/types.json"));
    return types;
}

std::optional<std::string> shadowserver_type_of(std::vector<std::string> const& columns, bool is_v6) {
    static KnownColumns const known;
    ColumnNames const told(columns.begin(), columns.end());
    if (!told.contains("timestamp")) return std::nullopt;
    std::string best;
    double most = 0;
    double next = 0;
    for (auto const& [type, has] : known.types) {
        auto const likeness = known.likeness(told, has);
        next = std::max(next, std::min(likeness, most));
        if (likeness <= most) continue;
        most = likeness;
        best = type;
    }
    if (most < least_likeness || most - next < least_lead) return std::nullopt;
    return of_family(std::move(best), is_v6);
}

}  // namespace kula::intake
