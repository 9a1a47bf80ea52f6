#pragma once
// What is shipped as data, read and held to its form.

#include <algorithm>
#include <string>
#include <string_view>

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
