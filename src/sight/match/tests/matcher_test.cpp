// Proves that every kernel finds exactly what a naive matcher finds, and tells the same directions.
#include "match/matcher.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace kula::match {
namespace {

using base::Address;
using base::AddressRange;
using base::Prefix;
using indicators::Kind;
using indicators::Value;

Value host(Address address) { return {.kind = Kind::address, .range = {address, address}}; }
Value network(Prefix const& prefix) {
    if (prefix.is_host()) return host(prefix.first());
    return {.kind = Kind::prefix, .range = AddressRange::of(prefix)};
}
Value range(char const* first, char const* last) {
    return {.kind = Kind::range, .range = {*Address::parse(first), *Address::parse(last)}};
}

/// Looks at every listing: the one that spans the fewest addresses, a prefix before a range, then the lowest first.
std::optional<Value> naive_find(std::vector<Value> const& listed, Address address) {
    std::optional<Value> best;
    auto const key = [](Value const& v) {
        return std::tuple(v.range.last.number() - v.range.first.number(), v.kind, v.range.first);
    };
    for (auto const& value : listed) {
        if (value.range.contains(address) && (!best || key(value) < key(*best))) best = value;
    }
    return best;
}

std::shared_ptr<indicators::Snapshot const> compile(std::vector<Value> const& listed) {
    indicators::SnapshotBuilder builder;
    auto const source = builder.source("test");
    for (auto const& value : listed) builder.add(value, source);
    return builder.compile();
}

/// Random, nested and clustered, with all lengths; boundaries come up because few base addresses are used.
class World {
public:
    explicit World(unsigned seed) : random_(seed) {
        for (int i = 0; i < 12; ++i) bases_.push_back(random_number());
    }
    std::vector<Value> listings(base::Family family, std::size_t count) {
        std::vector<Value> out;
        for (std::size_t i = 0; i < count; ++i) out.push_back(listing(family));
        return out;
    }
    Address address(base::Family family) {
        auto number = bases_[random_() % bases_.size()];
        auto const width = family == base::Family::v4 ? 32u : 128u;
        auto const kept = random_() % (width + 1);
        if (kept < width) number ^= random_number() & low_bits(width - kept);
        return family == base::Family::v4 ? Address::v4(static_cast<std::uint32_t>(number)) : Address::v6(number);
    }

private:
    static base::Uint128 low_bits(std::size_t count) {
        return count >= 128 ? ~base::Uint128{0} : (base::Uint128{1} << count) - 1;
    }
    base::Uint128 random_number() { return base::Uint128{random_()} << 64 | random_(); }
    Value listing(base::Family family) {
        auto const first = address(family);
        if (random_() % 8 == 0) {
            auto const other = address(family);
            return {.kind = Kind::range, .range = {std::min(first, other), std::max(first, other)}};
        }
        return network(Prefix(first, static_cast<int>(random_() % static_cast<unsigned>(first.width() + 1))));
    }
    std::mt19937_64 random_;
    std::vector<base::Uint128> bases_;
};

/// The addresses at and beside both ends of a stretch.
std::vector<Address> edges(AddressRange const& range) {
    std::vector<Address> out;
    for (auto const edge : {range.first, range.last}) {
        for (int step : {-1, 0, 1}) {
            auto const number = edge.number() + static_cast<base::Uint128>(step);
            out.push_back(edge.is_v4() ? Address::v4(static_cast<std::uint32_t>(number)) : Address::v6(number));
        }
    }
    return out;
}

class EveryKernel : public testing::TestWithParam<std::string_view> {};

TEST_P(EveryKernel, finds_what_a_naive_matcher_finds_in_nested_prefixes_and_ranges) {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        World world(seed);
        auto const listed = world.listings(base::Family::v4, 1 + seed * 5);
        std::vector<AddressRange> national;
        for (auto const& value : world.listings(base::Family::v4, seed % 5)) national.push_back(value.range);
        Matcher const matcher(compile(listed), national, GetParam());

        std::vector<std::uint32_t> sources;
        std::vector<std::uint32_t> destinations;
        for (auto const& value : listed) {
            for (auto const& edge : edges(value.range)) sources.push_back(edge.number4());
        }
        while (sources.size() < 700) sources.push_back(world.address(base::Family::v4).number4());
        sources.resize(std::min<std::size_t>(sources.size(), Matcher::batch_size - seed));
        while (destinations.size() < sources.size()) {
            destinations.push_back(world.address(base::Family::v4).number4());
        }

        std::vector<Match4> found;
        DirectionCounts counts;
        matcher.match4(sources, destinations, found, counts);
        auto next = found.begin();
        DirectionCounts expected;
        for (std::size_t i = 0; i < sources.size(); ++i) {
            auto const is_national = [&](std::uint32_t address) {
                return std::any_of(national.begin(), national.end(),
                                   [&](AddressRange const& r) { return r.contains(Address::v4(address)); });
            };
            auto const direction = direction_of(is_national(sources[i]), is_national(destinations[i]));
            expected.add(direction);
            for (auto const side : {Side::source, Side::destination}) {
                auto const address = Address::v4(side == Side::source ? sources[i] : destinations[i]);
                auto const wanted = naive_find(listed, address);
                EXPECT_EQ(matcher.find(address).has_value(), wanted.has_value()) << address.text();
                if (!wanted) continue;
                ASSERT_NE(next, found.end()) << "missed " << address.text();
                EXPECT_EQ(next->flow, i);
                EXPECT_EQ(next->side, side);
                EXPECT_EQ(next->direction, direction);
                EXPECT_EQ(matcher.snapshot().value(next->indicator), *wanted) << address.text() << " seed " << seed;
                ++next;
            }
        }
        EXPECT_EQ(next, found.end());
        for (int d = 0; d < 5; ++d) EXPECT_EQ(counts.flows[d], expected.flows[d]) << "seed " << seed;
    }
}

TEST_P(EveryKernel, takes_batches_of_every_size) {
    auto const listed = std::vector{host(Address::v4(7)), network(*Prefix::parse("198.51.100.0/24"))};
    Matcher const matcher(compile(listed), std::nullopt, GetParam());
    for (std::size_t size = 0; size <= 70; ++size) {
        std::vector<std::uint32_t> const sources(size, 7);
        std::vector<std::uint32_t> const destinations(size, 0xC6336401);
        std::vector<Match4> found;
        DirectionCounts counts;
        matcher.match4(sources, destinations, found, counts);
        EXPECT_EQ(found.size(), 2 * size);
        EXPECT_EQ(counts[Direction::unknown], size);
    }
}

INSTANTIATE_TEST_SUITE_P(Kernels, EveryKernel, testing::ValuesIn(Matcher::kernel_names()),
                         [](auto const& kernel) { return std::string(kernel.param); });

TEST(Matcher, finds_in_ipv6_what_a_naive_matcher_finds) {
    for (unsigned seed = 1; seed <= 30; ++seed) {
        World world(seed);
        auto const listed = world.listings(base::Family::v6, 1 + seed * 5);
        Matcher const matcher(compile(listed), std::nullopt);
        std::vector<Address> asked;
        for (auto const& value : listed) {
            for (auto const& edge : edges(value.range)) asked.push_back(edge);
        }
        for (int i = 0; i < 500; ++i) asked.push_back(world.address(base::Family::v6));
        for (auto const& address : asked) {
            auto const wanted = naive_find(listed, address);
            auto const found = matcher.find(address);
            ASSERT_EQ(found.has_value(), wanted.has_value()) << address.text() << " seed " << seed;
            if (found) {
                EXPECT_EQ(matcher.snapshot().value(*found), *wanted);
            }
        }
    }
}

TEST(Matcher, knows_no_direction_without_a_national_space) {
    Matcher const matcher(compile({}), std::nullopt);
    EXPECT_EQ(matcher.direction(Address::v4(1), Address::v4(2)), Direction::unknown);
}

TEST(Matcher, prefers_a_prefix_to_a_range_over_the_same_addresses) {
    auto const same = range("192.0.2.0", "192.0.2.255");
    Matcher const matcher(compile({same, network(*Prefix::parse("192.0.2.0/24"))}), std::nullopt);
    EXPECT_EQ(matcher.snapshot().value(*matcher.find(*Address::parse("192.0.2.9"))).kind, Kind::prefix);
}

}  // namespace
}  // namespace kula::match
