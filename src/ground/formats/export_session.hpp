#pragma once
/// @file
/// What outlives a datagram: one session (address, port, protocol, source id), and the domain that sessions from
/// several ports of one address share.
///
/// A session's fields are guarded by its domain's mutex, except where they are atomic.

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "flow_template.hpp"
#include "formats/exports.hpp"
#include "record_sequence.hpp"
#include "sampling_rate.hpp"
#include "sequence_tracker.hpp"

namespace kula::formats {

using Templates = std::unordered_map<std::uint16_t, std::shared_ptr<FlowTemplate const>>;

struct SessionKey {
    Exporter exporter;  ///< Port 0 in the key of a domain.
    ExportProtocol protocol = ExportProtocol::netflow5;
    std::uint32_t source_id = 0;
    friend bool operator==(SessionKey const&, SessionKey const&) = default;
};

struct SessionKeyHash {
    std::size_t operator()(SessionKey const& key) const noexcept {
        auto const number = key.exporter.address.number();
        auto const rest = std::uint64_t{key.source_id} << 32 | std::uint64_t{key.exporter.port} << 8 |
                          static_cast<std::uint64_t>(key.protocol);
        constexpr std::uint64_t mix = 0x9E3779B97F4A7C15U;
        auto hash = static_cast<std::uint64_t>(number) * mix ^ static_cast<std::uint64_t>(number >> 64);
        hash = (hash ^ hash >> 32 ^ rest) * mix;
        return static_cast<std::size_t>(hash ^ hash >> 29);
    }
};

/// What options told of an exporter.
struct ToldOfExporter {
    std::optional<SamplingRate> rate;
    std::optional<base::Instant> system_start;
};

/// One address and source id. `newest` holds the templates as last seen from any of its ports.
struct ExportDomain {
    std::mutex mutex;
    Templates newest;
    ToldOfExporter told;
    std::atomic<std::size_t> waiting_sets = 0;
};

struct ExportSession {
    ExportSession(SessionKey session_key, std::shared_ptr<ExportDomain> shared_domain, base::Instant received)
        : key(session_key),
          domain(std::move(shared_domain)),
          first_seen(received),
          last_seen(base::to_microseconds(received)) {}

    /// The template of the same port comes first (RFC 7011 §8); null where none is known.
    [[nodiscard]] std::shared_ptr<FlowTemplate const> find_template(std::uint16_t id) const {
        if (auto const own = templates.find(id); own != templates.end()) return own->second;
        auto const shared = domain->newest.find(id);
        return shared == domain->newest.end() ? nullptr : shared->second;
    }
    /// A port that tells templates of its own tells its own sampling too; another goes by its address.
    [[nodiscard]] SamplingRate rate() const {
        if (told.rate) return *told.rate;
        return templates.empty() ? domain->told.rate.value_or(SamplingRate{}) : SamplingRate{};
    }
    [[nodiscard]] std::optional<base::Instant> system_start() const {
        return told.system_start ? told.system_start : domain->told.system_start;
    }

    void took(std::size_t datagram_bytes) {
        ++datagrams;
        bytes += datagram_bytes;
    }

    SessionKey const key;
    std::shared_ptr<ExportDomain> const domain;
    base::Instant const first_seen;
    std::atomic<std::int64_t> last_seen;  ///< Microseconds since 1970.
    std::atomic<std::uint64_t> undecodable = 0;
    std::atomic<std::uint64_t> lost = 0;  ///< By the sequence numbers, so that it can be summed up without the lock.
    std::atomic<std::size_t> waiting = 0;
    std::uint64_t datagrams = 0;
    std::uint64_t bytes = 0;
    std::uint64_t records = 0;
    SequenceTracker sequence;        ///< Of v5, v9, sFlow.
    RecordSequence record_sequence;  ///< Of IPFIX.
    Templates templates;
    ToldOfExporter told;
};

}  // namespace kula::formats
