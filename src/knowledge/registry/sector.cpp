#include "registry/sector.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "shipped_data.hpp"

namespace kula::registry {

std::vector<Sector> const& sectors() {
    static std::vector<Sector> const all = [] {
        std::vector<Sector> out;
        for (auto const& entry : nlohmann::json::parse(shipped_data("i18n/sectors.json"))) {
            auto const& labels = entry.at("labels");
            out.push_back({entry.at("id"), labels.at("en"), labels.at("mk"), labels.at("sq")});
        }
        return out;
    }();
    return all;
}

bool is_sector(std::string_view id) {
    auto const& all = sectors();
    return std::any_of(all.begin(), all.end(), [id](Sector const& sector) { return sector.id == id; });
}

}  // namespace kula::registry
