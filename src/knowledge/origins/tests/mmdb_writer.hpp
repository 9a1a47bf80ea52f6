#pragma once
/// @file
/// Writes a MaxMind DB, for tests: networks with a record each, in a tree of 24, 28 or 32 bits.

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/address.hpp"

namespace kula::origins::testing {

inline std::string big_endian(std::uint64_t number, unsigned bytes) {
    std::string out;
    while (bytes-- > 0) out += static_cast<char>(number >> (8 * bytes));
    return out;
}
inline std::string mmdb_text(std::string const& text) { return static_cast<char>(2 << 5 | text.size()) + text; }
inline std::string mmdb_number(std::uint32_t number) { return "\xc4" + big_endian(number, 4); }
inline std::string mmdb_map(std::vector<std::pair<std::string, std::string>> const& members) {
    auto out = std::string(1, static_cast<char>(7 << 5 | members.size()));
    for (auto const& [name, value] : members) out += mmdb_text(name) + value;
    return out;
}

class MmdbWriter {
public:
    explicit MmdbWriter(unsigned record_bits, int ip_version = 6) : bits_(record_bits), version_(ip_version) {}

    /// `record` is the bytes of a value. A tree of version 6 holds IPv4 at ::/96.
    MmdbWriter& add(std::string const& prefix, std::string const& record) {
        auto const network = *base::Prefix::parse(prefix);
        bool const is_inside = network.family() == base::Family::v4 && version_ == 6;
        auto const width = is_inside ? 32 : network.first().width();
        auto const bits = network.first().number() << (is_inside ? 0 : 128 - width);
        place(bits, network.length() + (is_inside ? 96 : 0), {Branch::Kind::record, data_.size()});
        data_ += record;
        return *this;
    }
    /// Shows the IPv4 networks once more below an IPv6 prefix.
    MmdbWriter& alias_v4(std::string const& prefix) {
        auto const network = *base::Prefix::parse(prefix);
        std::size_t v4_root = 0;
        for (int depth = 0; depth < 96; ++depth) v4_root = nodes_[v4_root][0].number;
        place(network.first().number(), network.length(), {Branch::Kind::node, v4_root});
        return *this;
    }
    [[nodiscard]] std::string file() const {
        std::string out;
        for (auto const& [left, right] : nodes_) {
            auto const l = value(left), r = value(right);
            out += big_endian(bits_ == 32 ? l : l & 0xffffff, bits_ == 32 ? 4 : 3);
            if (bits_ == 28) out += static_cast<char>((l >> 24) << 4 | r >> 24);
            out += big_endian(bits_ == 32 ? r : r & 0xffffff, bits_ == 32 ? 4 : 3);
        }
        auto const count = static_cast<std::uint32_t>(nodes_.size());
        return out + std::string(16, '\0') + data_ + "\xab\xcd\xefMaxMind.com" +
               mmdb_map({{"node_count", mmdb_number(count)},
                         {"record_size", "\xa2" + big_endian(bits_, 2)},
                         {"ip_version", "\xa2" + big_endian(static_cast<unsigned>(version_), 2)},
                         {"database_type", mmdb_text("Test")},
                         {"build_epoch", std::string("\x08\x02", 2) + big_endian(1'700'000'000, 8)}});
    }

private:
    struct Branch {
        enum class Kind { empty, node, record } kind = Kind::empty;
        std::size_t number = 0;
    };
    void place(base::Uint128 bits, int length, Branch branch) {
        std::size_t node = 0;
        for (int depth = 0; depth < length; ++depth) {
            auto const side = static_cast<std::size_t>(bits >> (127 - depth) & 1);
            if (depth == length - 1) {
                nodes_[node][side] = branch;
                return;
            }
            if (nodes_[node][side].kind != Branch::Kind::node) {
                nodes_[node][side] = {Branch::Kind::node, nodes_.size()};
                nodes_.emplace_back();
            }
            node = nodes_[node][side].number;
        }
    }
    [[nodiscard]] std::uint64_t value(Branch const& branch) const {
        switch (branch.kind) {
            case Branch::Kind::node: return branch.number;
            case Branch::Kind::record: return nodes_.size() + 16 + branch.number;
            case Branch::Kind::empty: break;
        }
        return nodes_.size();
    }

    unsigned bits_;
    int version_;
    std::vector<std::array<Branch, 2>> nodes_{1};
    std::string data_;
};

}  // namespace kula::origins::testing
