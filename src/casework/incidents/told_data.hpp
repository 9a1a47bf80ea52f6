#pragma once
// What is shipped as data, read and held to its form.

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/result.hpp"
#include "base/text.hpp"

namespace kula::incidents {

using Told = nlohmann::json;

inline base::Text text_of(Told const& told) {
    base::Text out;
    for (auto const language : base::languages) out.in(language) = told.value(base::to_text(language), "");
    return out;
}

inline bool is_whole(base::Text const& text) {
    return std::none_of(text.written.begin(), text.written.end(), [](auto const& each) { return each.empty(); });
}

/// Null where there is none.
template <class Named>
Named const* named(std::vector<Named> const& all, std::string_view id) {
    auto const found = std::find_if(all.begin(), all.end(), [&](Named const& each) { return each.id == id; });
    return found == all.end() ? nullptr : &*found;
}

/// What stands against one more of these.
template <class Named>
std::optional<base::Error> objection(std::string_view what, std::vector<Named> const& all, std::string const& id,
                                     base::Text const& text) {
    if (id.empty()) return base::invalid(fmt::format("{}: one has no id", what));
    if (named(all, id) != nullptr) return base::invalid(fmt::format("{}: `{}` is there twice", what, id));
    if (!is_whole(text)) return base::invalid(fmt::format("{}: `{}` has not all languages", what, id));
    return std::nullopt;
}

/// What JSON or its types say against it becomes an error of ours.
template <class Read>
auto read_json(std::string_view json, Read read) -> decltype(read(Told())) {
    try {
        return read(Told::parse(json));
    } catch (Told::exception const& fault) {
        return base::invalid(std::string("is not in the form: ") + fault.what());
    }
}

}  // namespace kula::incidents
