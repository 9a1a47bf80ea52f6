#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_map>

#include "base/must.hpp"
#include "snapshot_tables.hpp"

namespace kula::indicators {
namespace {

/// A source, and in the highest bit whether the listing is on a warning list.
using Mark = std::uint32_t;

struct Host4 {
    std::uint32_t address;
    Mark mark;
};

/// Least significant digit first, three passes of eleven bits: several times faster than a comparison sort at a
/// million.
void sort_by_address(std::vector<Host4>& hosts) {
    constexpr unsigned digit_bits = 11;
    constexpr std::size_t digits = std::size_t{1} << digit_bits;
    std::vector<Host4> sorted(hosts.size());
    for (unsigned shift = 0; shift < 32; shift += digit_bits) {
        std::array<std::size_t, digits + 1> starts{};
        for (auto const& host : hosts) ++starts[(host.address >> shift & (digits - 1)) + 1];
        for (std::size_t i = 1; i <= digits; ++i) starts[i] += starts[i - 1];
        for (auto const& host : hosts) sorted[starts[host.address >> shift & (digits - 1)]++] = host;
        hosts.swap(sorted);
    }
}

/// Gives equal sets of sources one number. Most indicators have one source, so those sets are looked up by place.
class SourceSets {
public:
    SourceSets(std::size_t sources, std::vector<std::vector<SourceNumber>>& sets)
        : single_(sources, none), sets_(sets) {}

    /// `marks` may repeat a source. The answer carries the warned bit if any mark does.
    std::uint32_t of(std::vector<Mark>& marks, Mark warned_bit) {
        Mark warned = 0;
        for (auto& mark : marks) {
            warned |= mark & warned_bit;
            mark &= ~warned_bit;
        }
        std::sort(marks.begin(), marks.end());
        marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
        return number_of(marks) | warned;
    }

private:
    std::uint32_t number_of(std::vector<Mark> const& marks) {
        if (marks.size() > 1) {
            auto const [entry, is_new] = several_.try_emplace(marks, static_cast<std::uint32_t>(sets_.size()));
            if (is_new) sets_.push_back(marks);
            return entry->second;
        }
        auto& number = single_[marks.front()];
        if (number == none) {
            number = static_cast<std::uint32_t>(sets_.size());
            sets_.push_back(marks);
        }
        return number;
    }

    static constexpr std::uint32_t none = ~0u;
    std::vector<std::uint32_t> single_;
    std::map<std::vector<SourceNumber>, std::uint32_t> several_;
    std::vector<std::vector<SourceNumber>>& sets_;
};

/// Walks the groups of equal, adjacent elements: `one(element, marks)` for each.
template <class Listing, class Same, class One>
void each_group(std::vector<Listing> const& sorted, Same same, One one) {
    std::vector<Mark> marks;
    for (std::size_t begin = 0; begin < sorted.size();) {
        marks.clear();
        std::size_t end = begin;
        for (; end < sorted.size() && same(sorted[begin], sorted[end]); ++end) marks.push_back(sorted[end].mark);
        one(sorted[begin], marks);
        begin = end;
    }
}

}  // namespace

struct SnapshotBuilder::Listings {
    struct Wide {
        base::AddressRange range;
        Kind kind;
        Mark mark;
    };
    struct AsNumber {
        std::uint32_t as_number;
        Mark mark;
    };
    struct Named {
        Kind kind;
        Mark mark;
        std::uint32_t length;
        std::uint64_t place;
    };

    std::vector<Host4> hosts4;
    std::vector<Wide> wide;  ///< IPv6 hosts too.
    std::vector<AsNumber> as_numbers;
    std::vector<Named> named;
    std::string text;
    std::vector<Snapshot::Tables::Source> sources;
    std::shared_ptr<origins::AsTable const> as_table;
};

namespace {

NameTable::Space space_of(Kind kind) {
    switch (kind) {
        case Kind::domain: return NameTable::Space::domain;
        case Kind::url: return NameTable::Space::url;
        default: return NameTable::Space::hash;
    }
}

}  // namespace

/// Turns listings into tables, section by section in the order of the numbers.
class SnapshotBuilder::Compilation {
public:
    Compilation(Listings& listings, Snapshot::Tables& tables)
        : listings_(listings), tables_(tables), sets_(listings.sources.size(), tables.sets) {}

    void hosts4() {
        auto& hosts = listings_.hosts4;
        sort_by_address(hosts);
        each_group(
            hosts, [](Host4 const& a, Host4 const& b) { return a.address == b.address; },
            [&](Host4 const& host, std::vector<Mark>& marks) {
                tables_.hosts4.push_back(host.address);
                take(marks);
            });
        hosts = {};
        tables_.hosts4.shrink_to_fit();
        tables_.host4 = HostTable(tables_.hosts4);
    }

    /// IPv6 hosts, then prefixes and ranges of both families.
    void wide() {
        auto const key = [](Listings::Wide const& w) { return std::tuple(w.kind != Kind::address, w.range, w.kind); };
        std::sort(listings_.wide.begin(), listings_.wide.end(),
                  [&](auto const& a, auto const& b) { return key(a) < key(b); });
        each_group(
            listings_.wide, [&](auto const& a, auto const& b) { return key(a) == key(b); },
            [&](Listings::Wide const& wide, std::vector<Mark>& marks) {
                auto const number = take(marks);
                if (wide.kind == Kind::address) {
                    tables_.hosts6.push_back(wide.range.first);
                } else {
                    tables_.ranges.push_back({wide.range, wide.kind});
                    covered_.add(wide.range, wide.kind == Kind::range ? 1 : 0, number);
                }
            });
    }

    void as_numbers() {
        std::sort(listings_.as_numbers.begin(), listings_.as_numbers.end(),
                  [](auto const& a, auto const& b) { return a.as_number < b.as_number; });
        std::unordered_map<std::uint32_t, Number> listed;
        each_group(
            listings_.as_numbers, [](auto const& a, auto const& b) { return a.as_number == b.as_number; },
            [&](Listings::AsNumber const& entry, std::vector<Mark>& marks) {
                tables_.as_numbers.push_back(entry.as_number);
                listed.emplace(entry.as_number, take(marks));
            });
        if (!listings_.as_table) return;
        // It is flattened before the listed ones are picked: what another AS announces more specifically is not theirs.
        listings_.as_table->each([&](base::AddressRange const& range, std::uint32_t as_number) {
            auto const found = listed.find(as_number);
            if (found != listed.end()) covered_.add(range, 2, found->second);
        });
    }

    void stretches() {
        tables_.stretch4 = origins::StretchMap<std::uint32_t>(std::move(covered_.v4));
        tables_.stretch6 = origins::StretchMap<base::Uint128>(std::move(covered_.v6));
    }

    void names() {
        tables_.text = std::move(listings_.text);
        auto const key = [&](Listings::Named const& n) {
            return std::tuple(n.kind, std::string_view(tables_.text).substr(n.place, n.length));
        };
        std::sort(listings_.named.begin(), listings_.named.end(),
                  [&](auto const& a, auto const& b) { return key(a) < key(b); });
        tables_.name = NameTable(listings_.named.size());
        each_group(
            listings_.named, [&](auto const& a, auto const& b) { return key(a) == key(b); },
            [&](Listings::Named const& named, std::vector<Mark>& marks) {
                auto const number = take(marks);
                auto const& [kind, text] = key(named);
                tables_.names.push_back({named.kind, named.length, named.place});
                tables_.name.add(space_of(kind), kind == Kind::url ? url_key(text) : std::string(text), number);
            });
    }

private:
    Number take(std::vector<Mark>& marks) {
        tables_.source_sets.push_back(sets_.of(marks, Snapshot::Tables::warned_bit));
        tables_.any_warned |= (tables_.source_sets.back() & Snapshot::Tables::warned_bit) != 0;
        return static_cast<Number>(tables_.source_sets.size() - 1);
    }

    Listings& listings_;
    Snapshot::Tables& tables_;
    SourceSets sets_;
    origins::AddressStretches covered_;
};

SnapshotBuilder::SnapshotBuilder() : listings_(std::make_unique<Listings>()) {}
SnapshotBuilder::~SnapshotBuilder() = default;

SourceNumber SnapshotBuilder::source(std::string_view name, base::Marking marking, base::Readers readers) {
    auto& sources = listings_->sources;
    Snapshot::Tables::Source source{std::string(name), marking, std::move(readers)};
    auto const place = static_cast<SourceNumber>(std::find(sources.begin(), sources.end(), source) - sources.begin());
    if (place == sources.size()) sources.push_back(std::move(source));
    return place;
}

void SnapshotBuilder::add(Value const& value, SourceNumber source, Alerting alerting) {
    Mark const mark = source | (alerting == Alerting::warned ? Snapshot::Tables::warned_bit : 0);
    auto& l = *listings_;
    switch (value.kind) {
        case Kind::address:
            if (value.range.first.is_v4()) {
                l.hosts4.push_back({value.range.first.number4(), mark});
                return;
            }
            [[fallthrough]];
        case Kind::prefix:
        case Kind::range: l.wide.push_back({value.range, value.kind, mark}); return;
        case Kind::as_number: l.as_numbers.push_back({value.as_number, mark}); return;
        default:
            l.named.push_back({value.kind, mark, static_cast<std::uint32_t>(value.name.size()), l.text.size()});
            l.text += value.name;
    }
}

void SnapshotBuilder::as_table(std::shared_ptr<origins::AsTable const> table) {
    listings_->as_table = std::move(table);
}

std::shared_ptr<Snapshot const> SnapshotBuilder::compile() {
    auto const listings = std::exchange(listings_, std::make_unique<Listings>());
    auto tables = std::make_unique<Snapshot::Tables>();
    Compilation compilation(*listings, *tables);
    compilation.hosts4();
    compilation.wide();
    compilation.as_numbers();
    compilation.stretches();
    compilation.names();
    tables->source_sets.shrink_to_fit();
    tables->sources = std::move(listings->sources);
    return std::make_shared<Snapshot const>(std::move(tables));
}

}  // namespace kula::indicators
