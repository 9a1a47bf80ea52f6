#include "name_table.hpp"

#include <bit>
#include <cstring>
#include <functional>

#include "base/must.hpp"

namespace kula::indicators {
namespace {

std::uint64_t hash_of(char space, std::string_view key) {
    auto const hashed =
        std::hash<std::string_view>{}(key) ^ (static_cast<unsigned char>(space) * 0x9E3779B97F4A7C15ull);
    return (hashed ^ hashed >> 32) * 0xD6E8FEB86659FD93ull;
}

}  // namespace

std::string url_key(std::string_view url) {
    auto const scheme = url.find("://");
    return std::string(scheme == std::string_view::npos ? url : url.substr(scheme + 3));
}

NameTable::NameTable(std::size_t count) : slots_(count == 0 ? 0 : std::bit_ceil(count * 3 / 2 + 1)) {}

bool NameTable::holds(Slot const& slot, std::uint32_t fingerprint, Space space, std::string_view key) const {
    if (slot.fingerprint != fingerprint) return false;
    std::uint32_t length = 0;
    char const* const stored = arena_.data() + slot.place;
    std::memcpy(&length, stored, sizeof length);
    return length == key.size() && stored[sizeof length] == static_cast<char>(space) &&
           std::memcmp(stored + sizeof length + 1, key.data(), key.size()) == 0;
}

std::size_t NameTable::slot_of(Space space, std::string_view key) const {
    auto const hash = hash_of(static_cast<char>(space), key);
    auto const mask = slots_.size() - 1;
    std::size_t slot = hash >> 32 & mask;
    while (slots_[slot].place != none && !holds(slots_[slot], static_cast<std::uint32_t>(hash), space, key)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

void NameTable::add(Space space, std::string_view key, Number number) {
    base::must(used_ + 1 < slots_.size() || (used_ == 0 && !slots_.empty()), "a name table is made for its keys");
    auto& slot = slots_[slot_of(space, key)];
    if (slot.place != none) return;
    slot = {static_cast<std::uint32_t>(hash_of(static_cast<char>(space), key)), number, arena_.size()};
    auto const length = static_cast<std::uint32_t>(key.size());
    arena_.append(reinterpret_cast<char const*>(&length), sizeof length);
    arena_ += static_cast<char>(space);
    arena_ += key;
    ++used_;
}

std::optional<Number> NameTable::find(Space space, std::string_view key) const {
    if (slots_.empty()) return std::nullopt;
    auto const& slot = slots_[slot_of(space, key)];
    return slot.place == none ? std::nullopt : std::optional(slot.number);
}

}  // namespace kula::indicators
