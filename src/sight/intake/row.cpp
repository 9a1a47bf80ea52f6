#include "row.hpp"

#include <algorithm>

#include "storage/text.hpp"

namespace kula::intake {

std::string as_utf8(std::string_view text) {
    std::string without_nul(text);
    std::replace(without_nul.begin(), without_nul.end(), '\0', ' ');  // Only what else is well-formed counts here.
    if (storage::is_storable_text(without_nul)) return std::string(text);
    std::string out;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out.push_back(c);
        } else {
            out.push_back(static_cast<char>(0xc0 | (byte >> 6)));
            out.push_back(static_cast<char>(0x80 | (byte & 0x3f)));
        }
    }
    return out;
}

namespace {

std::optional<Json> inner(Json const& object, std::string_view name) {
    auto const* inside = &object;
    for (;;) {
        auto const whole = inside->find(name);
        if (whole != inside->end()) return *whole;
        auto const dot = name.find('.');
        if (dot == std::string_view::npos) return std::nullopt;
        auto const next = inside->find(name.substr(0, dot));
        if (next == inside->end() || !next->is_object()) return std::nullopt;
        inside = &*next;
        name.remove_prefix(dot + 1);
    }
}

std::optional<Json> cell_beside(Cells const& cells, std::string_view name) {
    for (auto const& [own, value] : cells) {
        if (own == name) return value;
        if (!value.is_object() || !name.starts_with(own) || !name.substr(own.size()).starts_with('.')) continue;
        if (auto found = inner(value, name.substr(own.size() + 1))) return found;
    }
    return std::nullopt;
}

}  // namespace

bool Row::is_beside(std::string_view name) const {
    return std::any_of(beside->begin(), beside->end(), [&](auto const& each) { return each.first == name; });
}

std::optional<Json> Row::cell(std::string_view name) const {
    if (beside != nullptr) {
        if (auto found = cell_beside(*beside, name)) return found;
    }
    if (object_ != nullptr) return inner(*object_, name);
    auto const found = std::find(names_->begin(), names_->end(), name);
    auto const at = static_cast<std::size_t>(found - names_->begin());
    return at < cells_.size() ? std::optional<Json>(as_utf8(cells_[at])) : std::nullopt;
}

}  // namespace kula::intake
