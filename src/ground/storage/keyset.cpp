#include "storage/keyset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/id.hpp"

namespace kula::storage {
namespace {

bool is_hexadecimal(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
    std::int64_t number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

base::Result<void> Keyset::add_place(Where& where, std::string_view cursor) const {
    if (cursor.empty()) return {};
    auto const fault = base::invalid("cursor: does not belong to this list");
    auto const first = std::min(cursor.find('.'), cursor.size());
    auto const second = std::min(cursor.find('.', first + 1), cursor.size());
    if (second == cursor.size() || cursor.substr(0, first) != std::to_string(list_)) return fault;
    auto const key = cursor.substr(first + 1, second - first - 1);
    auto const id = base::Uuid::parse(cursor.substr(second + 1));
    if (!id) return fault;
    auto const condition =
        fmt::format("{0} {1} ? or ({0} = ? and id {1} ?)", column_, direction_ == Direction::ascending ? ">" : "<");
    if (key_ == Key::hexadecimal) {
        if (!is_hexadecimal(key)) return fault;
        where.add(condition, key, key, id->text());
        return {};
    }
    auto const number = parse_number(key);
    if (!number) return fault;
    where.add(condition, *number, *number, id->text());
    return {};
}

std::string Keyset::order_by() const {
    auto const* const direction = direction_ == Direction::ascending ? "asc" : "desc";
    return fmt::format(" order by {0} {1}, id {1}", column_, direction);
}

std::string Keyset::cursor(std::string_view key, std::string_view id) const {
    return fmt::format("{}.{}.{}", list_, key, id);
}

}  // namespace kula::storage
