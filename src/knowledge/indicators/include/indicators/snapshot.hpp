#pragma once
/// @file
/// What is listed now, compiled for looking up: immutable, so that any number of threads may ask while the next one is
/// built, and compact (a listed IPv4 host costs about 20 bytes).
///
/// IPv4 hosts stand in a hash of 64-byte buckets, sixteen keys each, so that a look-up touches one cache line;
/// prefixes, ranges and AS numbers are flattened into disjoint intervals that each name their most specific indicator;
/// names stand in one hash with suffix semantics for domains. What stands before it to make misses cheap is the
/// matcher's business.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/marking.hpp"
#include "base/readers.hpp"
#include "indicators/value.hpp"
#include "origins/table.hpp"

namespace kula::indicators {

/// Names one indicator within one snapshot; means nothing in another.
using Number = std::uint32_t;
/// The number of no indicator.
inline constexpr Number no_indicator = 0xffffffff;
/// Names one source within one snapshot.
using SourceNumber = std::uint32_t;

/// Whether a sighting of an indicator may raise an alarm. What a warning list holds is kept and found, but not alerted.
enum class Alerting : std::uint8_t { alerted, warned };

/// A host as logs tell it, made comparable: lower case, without port and final dot.
std::string seen_host(std::string_view text);

class Snapshot {
public:
    ~Snapshot();
    Snapshot(Snapshot const&) = delete;
    Snapshot& operator=(Snapshot const&) = delete;

    /// The most specific indicator that lists the address: the one that spans the fewest addresses; among equal spans a
    /// prefix before a range, then the one that starts first; AS numbers come last.
    [[nodiscard]] std::optional<Number> find(base::Address address) const;
    /// The same for many IPv4 addresses, a few times faster, as memory is asked for all of them before any is read; in
    /// two questions, for a matcher's filters often know which one is idle. What names the host itself, which goes
    /// before all, and what names the most specific stretch around it. `found`, as long as `addresses`, gets each one's
    /// number or `no_indicator`.
    void find_hosts4(std::span<std::uint32_t const> addresses, std::span<Number> found) const;
    void find_stretches4(std::span<std::uint32_t const> addresses, std::span<Number> found) const;

    /// The domain itself or its closest listed parent. Any case, a final dot and a port are ignored.
    [[nodiscard]] std::optional<Number> find_domain(std::string_view name) const;
    /// A listed URL of this host and path; one that was listed without a query stands for every query. `port` is tried
    /// with hosts that tell none.
    [[nodiscard]] std::optional<Number> find_url(std::string_view host, std::string_view path,
                                                 std::uint16_t port) const;
    /// Hexadecimal, any case; the kind follows from the length.
    [[nodiscard]] std::optional<Number> find_hash(std::string_view hexadecimal) const;

    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] Value value(Number number) const;
    [[nodiscard]] Alerting alerting(Number number) const;
    /// Sorted by name, without repetition. What some source says openly stands by itself: a source that says it under
    /// TLP:RED counts, here and below, only where no other says it.
    [[nodiscard]] std::vector<std::string_view> sources(Number number) const;
    /// The strictest of its sources'.
    [[nodiscard]] base::Marking marking(Number number) const;
    /// Of TLP:RED, whom every source names; otherwise nobody.
    [[nodiscard]] base::Readers readers(Number number) const;
    [[nodiscard]] bool has_names() const;
    /// Bytes of memory that the tables take.
    [[nodiscard]] std::size_t memory() const;

    /// All listed IPv4 hosts, sorted; and the disjoint, sorted stretches that prefixes, ranges and AS numbers cover.
    /// A matcher builds its filter from these.
    [[nodiscard]] std::span<std::uint32_t const> hosts4() const;
    [[nodiscard]] std::vector<base::AddressRange> stretches(base::Family family) const;
    [[nodiscard]] std::vector<base::Address> hosts6() const;

    /// The inside; only the builder makes one.
    struct Tables;
    explicit Snapshot(std::unique_ptr<Tables const> tables);

private:
    std::unique_ptr<Tables const> tables_;
};

/// Takes listings in any order, then compiles them. One thread. About 0.1 s for a million addresses.
class SnapshotBuilder {
public:
    SnapshotBuilder();
    ~SnapshotBuilder();

    /// A name may come with several markings; it is told once.
    SourceNumber source(std::string_view name, base::Marking marking = {}, base::Readers readers = {});
    /// The same value from several sources becomes one indicator with several sources; it is `warned` if any says so.
    void add(Value const& value, SourceNumber source, Alerting alerting = Alerting::alerted);
    /// What the listed AS numbers announce; without it (null) no address is found by AS number.
    void as_table(std::shared_ptr<origins::AsTable const> table);

    /// The builder is empty afterwards.
    [[nodiscard]] std::shared_ptr<Snapshot const> compile();

private:
    struct Listings;
    class Compilation;
    std::unique_ptr<Listings> listings_;
};

}  // namespace kula::indicators
