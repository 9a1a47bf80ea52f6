#include "formats/mmdb.hpp"

#include <algorithm>
#include <vector>

#include "mmdb_data.hpp"

namespace kula::formats {
namespace {

constexpr std::string_view metadata_begins = "\xab\xcd\xefMaxMind.com";
constexpr std::size_t longest_metadata = 128 * 1024;
constexpr std::size_t between_tree_and_data = 16;
constexpr unsigned bits_before_v4 = 96;  // of an IPv6 tree, whose IPv4 addresses are ::/96

/// Behind the last beginning of it; nothing where there is none.
std::optional<Bytes> metadata_of(Bytes file) {
    auto const tail = file.last(std::min(file.size(), longest_metadata));
    std::string_view const text(reinterpret_cast<char const*>(tail.data()), tail.size());
    auto const at = text.rfind(metadata_begins);
    if (at == std::string_view::npos) return std::nullopt;
    return tail.subspan(at + metadata_begins.size());
}

}  // namespace

base::Result<Mmdb> Mmdb::open(std::span<std::byte const> file) {
    auto const metadata = metadata_of(file);
    if (!metadata) return base::invalid("no metadata of a MaxMind DB: it is none, or its end is missing");
    MmdbData const about(*metadata);
    if (!about.is_whole(0)) return base::invalid("a MaxMind DB whose metadata ends early");
    auto const number = [&](std::string_view name) { return about.number(about.find(0, {name})); };
    auto const nodes = number("node_count"), bits = number("record_size"), version = number("ip_version"),
               built = number("build_epoch");
    if (!nodes || !bits || !version || (*bits != 24 && *bits != 28 && *bits != 32) || (*version != 4 && *version != 6))
        return base::invalid("a MaxMind DB whose metadata says no size of its tree that is known");
    auto const tree = *nodes * *bits / 4;
    auto const before_metadata = file.size() - metadata->size() - metadata_begins.size();
    if (*nodes == 0 || *nodes > 0xffff'ffff / 2 || before_metadata < tree + between_tree_and_data)
        return base::invalid("a MaxMind DB that is shorter than its tree");
    Mmdb out;
    out.tree_ = file.first(tree);
    out.data_ = file.subspan(tree + between_tree_and_data, before_metadata - tree - between_tree_and_data);
    out.nodes_ = static_cast<std::uint32_t>(*nodes);
    out.record_bits_ = static_cast<unsigned>(*bits);
    out.is_v6_ = *version == 6;
    out.type_ = about.text(about.find(0, {"database_type"})).value_or("");
    constexpr std::uint64_t latest = 253'402'300'799;  // 9999-12-31
    out.built_ = base::Instant(std::chrono::seconds(std::min(built.value_or(0), latest)));
    return out;
}

std::uint32_t Mmdb::child(std::uint32_t node, bool is_right) const {
    auto const* const at = tree_.data() + std::size_t{node} * record_bits_ / 4;
    if (record_bits_ == 32) return load32(at + (is_right ? 4 : 0));
    auto const low =
        static_cast<std::uint32_t>(load_number(at + (is_right ? record_bits_ / 8 + record_bits_ % 8 / 4 : 0), 3));
    if (record_bits_ == 24) return low;
    auto const middle = std::to_integer<std::uint32_t>(at[3]);  // The upper four bits of both.
    return (is_right ? middle & 15U : middle >> 4) << 24 | low;
}

std::optional<Mmdb::Record> Mmdb::record_at(std::uint32_t value) const {
    if (value < nodes_ + between_tree_and_data) return std::nullopt;
    auto const at = value - nodes_ - static_cast<std::uint32_t>(between_tree_and_data);
    return at < data_.size() ? std::optional(at) : std::nullopt;
}

bool Mmdb::each(std::function<void(base::Prefix const&, Record)> const& visit) const {
    struct Branch {
        std::uint32_t node;
        unsigned depth;
        base::Uint128 bits;  // From the top.
    };
    unsigned const width = is_v6_ ? 128 : 32;
    std::uint32_t v4_root = nodes_;  // No node: nothing shows it once more.
    if (is_v6_) {
        v4_root = 0;
        for (unsigned depth = 0; depth < bits_before_v4 && v4_root < nodes_; ++depth) v4_root = child(v4_root, false);
    }
    std::vector<Branch> open{{0, 0, 0}};
    std::uint64_t seen = 0;
    while (!open.empty()) {
        auto const [node, depth, bits] = open.back();
        open.pop_back();
        if (node < nodes_) {
            if (is_v6_ && node == v4_root && bits != 0) continue;
            if (depth == width || ++seen > nodes_) return false;
            auto const right = bits | base::Uint128{1} << (127 - depth);
            open.push_back({child(node, true), depth + 1, right});
            open.push_back({child(node, false), depth + 1, bits});
            continue;
        }
        auto const record = record_at(node);
        if (!record) continue;
        bool const is_v4 = !is_v6_ || (depth >= bits_before_v4 && bits >> 32 == 0);
        auto const number4 = static_cast<std::uint32_t>(is_v6_ ? bits : bits >> 96);
        auto const length = static_cast<int>(is_v4 && is_v6_ ? depth - bits_before_v4 : depth);
        visit(base::Prefix(is_v4 ? base::Address::v4(number4) : base::Address::v6(bits), length), *record);
    }
    return true;
}

std::optional<std::string_view> Mmdb::text(Record record, Path path) const {
    MmdbData const data(data_);
    return data.text(data.find(record, path));
}

std::optional<std::uint64_t> Mmdb::number(Record record, Path path) const {
    MmdbData const data(data_);
    return data.number(data.find(record, path));
}

}  // namespace kula::formats
