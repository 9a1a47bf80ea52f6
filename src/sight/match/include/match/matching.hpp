#pragma once
/// @file
/// Decoders tell flows here, and hits come out: the stage between `formats` and whoever counts sightings.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "formats/traffic.hpp"
#include "match/matcher.hpp"

namespace kula::match {

/// One listed end of a flow, or one listed name. Views live for the call only.
struct Hit {
    formats::Flow const& flow;
    Side side;
    Direction direction;
    indicators::Number indicator;
    /// The name as it was seen (a URL with its host); empty where an address is listed.
    std::string_view name{};
    /// A log line that speaks of names tells its ends too, but no packets and bytes.
    enum class Record : std::uint8_t { flow, log_line } record = Record::flow;
};

/// Told of hits in batches' order. `matcher` is the one that found them.
using HitSink = std::function<void(Matcher const& matcher, Hit const& hit)>;
/// Asked before every batch, so that a new set of indicators is used from the next batch on. Never null.
using MatcherSource = std::function<std::shared_ptr<Matcher const>()>;
/// Told of what could not be decoded.
using UndecodableSink = std::function<void(formats::Place place, std::string_view reason)>;

struct MatchingCounts {
    std::uint64_t records = 0;  ///< Flow records, and log lines that speak of names.
    std::uint64_t matched = 0;  ///< Records with at least one listed end or name, those on warning lists left out.
    std::uint64_t warned = 0;   ///< Records whose listed ends and names are all on warning lists.
    std::uint64_t undecodable = 0;
    DirectionCounts flows;  ///< Flow records by direction.
};

/// One thread. Hits of indicators on warning lists are counted, not told.
class Matching final : public formats::TrafficSink {
public:
    Matching(MatcherSource matcher, HitSink hits, UndecodableSink undecodable = {});
    ~Matching() override;

    void flows(std::span<formats::Flow const> flows) override;
    void netflow5(formats::Netflow5 const& datagram) override;
    void names(formats::Flow const& flow, std::span<formats::SeenName const> names) override;
    void undecodable(formats::Place place, std::string_view reason) override;

    /// Matches what is gathered. To be called when a decoder's `consume` or `decode` returns and its bytes are about to
    /// go: NetFlow v5 records are read in place until then.
    void flush();
    [[nodiscard]] MatchingCounts const& counts() const { return counts_; }

private:
    struct Gathered;
    void match_gathered();
    void match_one(Matcher const& matcher, formats::Flow const& flow);
    /// What the hits of one record were.
    struct Told {
        bool alerted = false;
        bool warned = false;
        void add(indicators::Alerting alerting) {
            (alerting == indicators::Alerting::alerted ? alerted : warned) = true;
        }
    };
    indicators::Alerting tell(Matcher const& matcher, Hit const& hit);
    void count(Told const& told);

    MatcherSource matcher_;
    HitSink hits_;
    UndecodableSink undecodable_;
    std::unique_ptr<Gathered> gathered_;
    MatchingCounts counts_;
};

}  // namespace kula::match
