#include "match/matching.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

namespace kula::match {

/// IPv4 flows that wait for a full batch: their ends as columns, and where the rest of each stands.
struct Matching::Gathered {
    /// Records of one NetFlow v5 datagram, from `first` of the batch on.
    struct Records {
        std::size_t first;
        std::byte const* record;
        formats::Netflow5 datagram;
    };

    std::array<std::uint32_t, Matcher::batch_size> sources;
    std::array<std::uint32_t, Matcher::batch_size> destinations;
    std::size_t count = 0;
    std::vector<Records> records;      ///< Of a batch of NetFlow v5.
    std::vector<formats::Flow> flows;  ///< Of a batch of decoded flows; one of the two is empty.
    std::vector<Match4> found;

    [[nodiscard]] formats::Flow flow(std::size_t index) const {
        if (records.empty()) return flows[index];
        auto const after = std::upper_bound(records.begin(), records.end(), index,
                                            [](std::size_t wanted, Records const& r) { return wanted < r.first; });
        auto const& of = *std::prev(after);
        return of.datagram.flow_at(of.record + (index - of.first) * formats::Netflow5::record_size);
    }
    void clear() {
        count = 0;
        records.clear();
        flows.clear();
        found.clear();
    }
};

namespace {

Side side_of(formats::NameRole role) {
    switch (role) {
        case formats::NameRole::query: return Side::query;
        case formats::NameRole::host: return Side::host;
        case formats::NameRole::sni: return Side::sni;
        case formats::NameRole::file: return Side::file;
    }
    return Side::host;
}

/// What a name was listed as, and how to print what was seen.
struct FoundName {
    indicators::Number indicator;
    std::string seen;
};

/// As lists write it, so that the spellings of one URL are one sighting.
std::string seen_url(formats::SeenName const& name) {
    bool const is_whole = name.path.find("://") != std::string_view::npos;
    auto seen = is_whole ? std::string(name.path) : "http://" + std::string(name.text) + std::string(name.path);
    auto const url = indicators::Value::parse(seen, indicators::ReservedSpace::allow);
    return url && url->kind == indicators::Kind::url ? url->name : seen;
}

/// The most specific first: a URL before its host.
std::optional<FoundName> find(indicators::Snapshot const& snapshot, formats::SeenName const& name, std::uint16_t port) {
    if (name.role == formats::NameRole::file) {
        auto const found = snapshot.find_hash(name.text);
        return found ? std::optional(FoundName{*found, snapshot.value(*found).name}) : std::nullopt;
    }
    if (!name.path.empty()) {
        if (auto const found = snapshot.find_url(name.text, name.path, port)) return FoundName{*found, seen_url(name)};
    }
    if (auto const found = snapshot.find_domain(name.text)) return FoundName{*found, indicators::seen_host(name.text)};
    return std::nullopt;
}

}  // namespace

Matching::Matching(MatcherSource matcher, HitSink hits, UndecodableSink undecodable)
    : matcher_(std::move(matcher)),
      hits_(std::move(hits)),
      undecodable_(std::move(undecodable)),
      gathered_(std::make_unique<Gathered>()) {}

Matching::~Matching() = default;

void Matching::netflow5(formats::Netflow5 const& datagram) {
    auto& g = *gathered_;
    if (!g.flows.empty()) match_gathered();
    counts_.records += datagram.size();
    std::byte const* record = datagram.records();
    for (std::size_t left = datagram.size(); left > 0;) {
        std::size_t const taken = std::min(left, Matcher::batch_size - g.count);
        g.records.push_back({g.count, record, datagram});
        for (std::size_t end = g.count + taken; g.count < end; ++g.count, record += formats::Netflow5::record_size) {
            std::uint64_t ends = 0;  // source and destination are a record's first eight bytes
            std::memcpy(&ends, record, sizeof ends);
            ends = __builtin_bswap64(ends);
            g.sources[g.count] = static_cast<std::uint32_t>(ends >> 32);
            g.destinations[g.count] = static_cast<std::uint32_t>(ends);
        }
        left -= taken;
        if (g.count == Matcher::batch_size) match_gathered();
    }
}

void Matching::flows(std::span<formats::Flow const> flows) {
    auto& g = *gathered_;
    if (!g.records.empty()) match_gathered();
    counts_.records += flows.size();
    for (auto const& flow : flows) {
        if (!flow.source.is_v4() || !flow.destination.is_v4()) {
            match_one(*matcher_(), flow);
            continue;
        }
        g.sources[g.count] = flow.source.number4();
        g.destinations[g.count] = flow.destination.number4();
        g.flows.push_back(flow);
        if (++g.count == Matcher::batch_size) match_gathered();
    }
}

void Matching::flush() { match_gathered(); }

void Matching::match_gathered() {
    auto& g = *gathered_;
    if (g.count == 0) return;
    auto const matcher = matcher_();
    matcher->match4({g.sources.data(), g.count}, {g.destinations.data(), g.count}, g.found, counts_.flows);
    for (std::size_t i = 0; i < g.found.size();) {
        auto const index = g.found[i].flow;
        auto const flow = g.flow(index);
        Told told;
        for (; i < g.found.size() && g.found[i].flow == index; ++i) {
            told.add(tell(*matcher, {flow, g.found[i].side, g.found[i].direction, g.found[i].indicator}));
        }
        count(told);
    }
    g.clear();
}

void Matching::match_one(Matcher const& matcher, formats::Flow const& flow) {
    auto const direction = matcher.direction(flow.source, flow.destination);
    counts_.flows.add(direction);
    Told told;
    if (auto const source = matcher.find(flow.source)) {
        told.add(tell(matcher, {flow, Side::source, direction, *source}));
    }
    if (auto const destination = matcher.find(flow.destination)) {
        told.add(tell(matcher, {flow, Side::destination, direction, *destination}));
    }
    count(told);
}

void Matching::names(formats::Flow const& flow, std::span<formats::SeenName const> names) {
    ++counts_.records;
    auto const matcher = matcher_();
    auto const& snapshot = matcher->snapshot();
    auto const direction = matcher->direction(flow.source, flow.destination);
    Told told;
    for (auto const side : {Side::source, Side::destination}) {
        auto const found = matcher->find(side == Side::source ? flow.source : flow.destination);
        if (found) told.add(tell(*matcher, {flow, side, direction, *found, {}, Hit::Record::log_line}));
    }
    if (snapshot.has_names()) {
        for (auto const& name : names) {
            auto const found = find(snapshot, name, flow.destination_port);
            if (!found) continue;
            told.add(tell(*matcher,
                          {flow, side_of(name.role), direction, found->indicator, found->seen, Hit::Record::log_line}));
        }
    }
    count(told);
}

void Matching::undecodable(formats::Place place, std::string_view reason) {
    ++counts_.undecodable;
    if (undecodable_) undecodable_(place, reason);
}

indicators::Alerting Matching::tell(Matcher const& matcher, Hit const& hit) {
    auto const alerting = matcher.snapshot().alerting(hit.indicator);
    if (alerting == indicators::Alerting::alerted) hits_(matcher, hit);
    return alerting;
}

void Matching::count(Told const& told) {
    if (told.alerted) {
        ++counts_.matched;
    } else if (told.warned) {
        ++counts_.warned;
    }
}

}  // namespace kula::match
