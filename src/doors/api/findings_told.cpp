#include "findings_told.hpp"

#include "json.hpp"

namespace kula::api {

std::vector<findings::FindingId> findings_told(std::string_view deed, std::string_view subject,
                                               std::string_view after) {
    constexpr std::string_view one = "finding:";
    std::vector<findings::FindingId> out;
    auto const add = [&out](std::string_view text) {
        if (auto const id = findings::FindingId::parse(text)) out.push_back(*id);
    };
    if (subject.starts_with(one)) add(subject.substr(one.size()));
    if (deed != "findings.followed" && deed != "findings.told") return out;
    auto const told = Json::parse(after, nullptr, false);
    if (!told.is_object()) return out;
    for (auto const* const list : {"opened", "reopened", "verified", "findings"}) {
        for (auto const& id : told.value(list, Json::array())) {
            if (id.is_string()) add(id.get_ref<std::string const&>());
        }
    }
    return out;
}

}  // namespace kula::api
