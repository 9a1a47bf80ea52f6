#include "match/matcher.hpp"

#include <algorithm>
#include <array>
#include <atomic>

#include "base/must.hpp"
#include "screen.hpp"

namespace kula::match {
namespace {

static_assert(Matcher::batch_size == batch_size);

/// Sorted and merged.
std::vector<base::AddressRange> merged(std::span<base::AddressRange const> ranges) {
    std::vector<base::AddressRange> sorted(ranges.begin(), ranges.end());
    std::sort(sorted.begin(), sorted.end());
    std::vector<base::AddressRange> out;
    for (auto const& range : sorted) {
        bool const touches = !out.empty() && out.back().last.family() == range.first.family() &&
                             (range.first <= out.back().last || range.first.number() == out.back().last.number() + 1);
        if (touches) {
            out.back().last = std::max(out.back().last, range.last);
        } else {
            out.push_back(range);
        }
    }
    return out;
}

/// The /24s that are national only in part.
std::vector<std::uint32_t> mixed_cells(std::vector<base::AddressRange> const& national) {
    std::vector<std::uint32_t> cells;
    for (auto const& range : national) {
        if (!range.first.is_v4()) continue;
        if ((range.first.number4() & 255) != 0) cells.push_back(range.first.number4() >> 8);
        if ((range.last.number4() & 255) != 255) cells.push_back(range.last.number4() >> 8);
    }
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    return cells;
}

/// Which /32s of IPv6 hold anything listed: a bitmap over a hash of the upper 32 bits, 64 KiB. Stretches of more than
/// 256 of them are told by their upper 16 bits.
class Near6 {
public:
    explicit Near6(indicators::Snapshot const& snapshot) : by32_(words32), by16_(words16) {
        for (auto const& host : snapshot.hosts6()) mark32(top32(host));
        for (auto const& stretch : snapshot.stretches(base::Family::v6)) {
            std::uint64_t const first = top32(stretch.first);
            std::uint64_t const last = top32(stretch.last);
            if (last - first > 256) {
                for (auto top = first >> 16; top <= last >> 16; ++top) by16_[top >> 6] |= 1ull << (top & 63);
            } else {
                for (auto top = first; top <= last; ++top) mark32(static_cast<std::uint32_t>(top));
            }
        }
    }
    [[nodiscard]] bool may_hold(base::Address address) const {
        auto const top = top32(address);
        auto const bit = bit_of(top);
        return (by32_[bit >> 6] >> (bit & 63) & 1) != 0 || (by16_[top >> 22] >> (top >> 16 & 63) & 1) != 0;
    }

private:
    static constexpr std::size_t words32 = std::size_t{1} << 13;
    static constexpr std::size_t words16 = std::size_t{1} << 10;
    static std::uint32_t top32(base::Address address) { return static_cast<std::uint32_t>(address.number() >> 96); }
    static std::size_t bit_of(std::uint32_t top) { return top * 0x9E3779B97F4A7C15ull >> 45; }
    void mark32(std::uint32_t top) { by32_[bit_of(top) >> 6] |= 1ull << (bit_of(top) & 63); }

    std::vector<std::uint64_t> by32_;
    std::vector<std::uint64_t> by16_;
};

/// Survivors of a batch that are looked up together.
struct Question {
    std::array<std::uint32_t, 2 * batch_size> addresses;
    std::array<std::uint32_t, 2 * batch_size> places;
    std::array<indicators::Number, 2 * batch_size> found;
    std::size_t count = 0;

    void add(std::uint32_t address, std::size_t place) {
        addresses[count] = address;
        places[count++] = static_cast<std::uint32_t>(place);
    }
    /// Asks, and leaves each answer at its place in `numbers`.
    template <class Find>
    void ask(Find find, std::span<indicators::Number> numbers) {
        find(std::span<std::uint32_t const>(addresses.data(), count), std::span(found.data(), count));
        for (std::size_t i = 0; i < count; ++i) numbers[places[i]] = found[i];
    }
};

/// What lists each of the addresses, by the sieves that it passed. `numbers`, as long as they are, are filled.
void look_up(Screen const& screen, indicators::Snapshot const& snapshot, std::span<std::uint32_t const> addresses,
             std::span<indicators::Number> numbers) {
    Question hosts;
    Question stretches;
    std::fill(numbers.begin(), numbers.end(), indicators::no_indicator);
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        if (screen.may_be_host(addresses[i])) hosts.add(addresses[i], i);
    }
    hosts.ask([&](auto asked, auto found) { snapshot.find_hosts4(asked, found); }, numbers);
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        bool const is_open = numbers[i] == indicators::no_indicator && screen.may_be_covered(addresses[i]);
        if (is_open) stretches.add(addresses[i], i);
    }
    stretches.ask([&](auto asked, auto found) { snapshot.find_stretches4(asked, found); }, numbers);
}

std::uint64_t next_serial() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

NamedKernel choose(std::string_view wanted) {
    auto const all = kernels();
    if (wanted.empty()) return all.front();
    auto const found = std::find_if(all.begin(), all.end(), [&](NamedKernel const& k) { return k.name == wanted; });
    base::must(found != all.end(), "this processor runs the kernel that was asked for");
    return *found;
}

}  // namespace

struct Matcher::Tables {
    bool national_is_known;
    std::vector<base::AddressRange> national;
    std::vector<std::uint32_t> mixed;
    Screen screen;
    Near6 near6;
    NamedKernel kernel;

    [[nodiscard]] bool is_national(base::Address address) const {
        auto const after = std::upper_bound(national.begin(), national.end(), address,
                                            [](base::Address a, base::AddressRange const& r) { return a < r.first; });
        return after != national.begin() && std::prev(after)->contains(address);
    }
    [[nodiscard]] bool is_mixed(std::uint32_t address) const {
        return std::binary_search(mixed.begin(), mixed.end(), address >> 8);
    }
    [[nodiscard]] Direction exact4(std::uint32_t source, std::uint32_t destination) const {
        return direction_of(is_national(base::Address::v4(source)), is_national(base::Address::v4(destination)));
    }
    [[nodiscard]] Direction by_cells(std::uint32_t source, std::uint32_t destination) const {
        return direction_of((screen.cell(source) & Screen::national) != 0,
                            (screen.cell(destination) & Screen::national) != 0);
    }
    [[nodiscard]] Direction direction4(std::uint32_t source, std::uint32_t destination) const {
        if (!national_is_known) return Direction::unknown;
        bool const ask = !mixed.empty() && (is_mixed(source) || is_mixed(destination));
        return ask ? exact4(source, destination) : by_cells(source, destination);
    }
    void count(std::span<std::uint32_t const> sources, std::span<std::uint32_t const> destinations,
               Survivors const& survivors, DirectionCounts& counts) const {
        if (!national_is_known) return counts.add(Direction::unknown, sources.size());
        if (mixed.empty()) {
            for (unsigned kind = 0; kind < 4; ++kind) {
                counts.add(direction_of((kind & 2) != 0, (kind & 1) != 0), survivors.flows[kind]);
            }
            return;
        }
        for (std::size_t i = 0; i < sources.size(); ++i) counts.add(direction4(sources[i], destinations[i]));
    }
};

Matcher::Matcher(std::shared_ptr<indicators::Snapshot const> snapshot,
                 std::optional<std::span<base::AddressRange const>> national, std::string_view kernel)
    : serial_(next_serial()), snapshot_(std::move(snapshot)) {
    auto ranges = national ? merged(*national) : std::vector<base::AddressRange>{};
    auto mixed = mixed_cells(ranges);
    Screen screen(*snapshot_, ranges);
    tables_.reset(new Tables{national.has_value(), std::move(ranges), std::move(mixed), std::move(screen),
                             Near6(*snapshot_), choose(kernel)});
}

Matcher::~Matcher() = default;

void Matcher::match4(std::span<std::uint32_t const> sources, std::span<std::uint32_t const> destinations,
                     std::vector<Match4>& found, DirectionCounts& counts) const {
    base::must(sources.size() == destinations.size() && sources.size() <= batch_size, "a batch fits");
    Survivors survivors;
    tables_->kernel.run(tables_->screen, sources.data(), destinations.data(), sources.size(), survivors);
    tables_->count(sources, destinations, survivors, counts);
    auto const address_of = [&](std::uint32_t end) {
        return (end & 1) != 0 ? destinations[end >> 1] : sources[end >> 1];
    };
    std::array<std::uint32_t, 2 * batch_size> addresses;
    std::array<indicators::Number, 2 * batch_size> numbers;
    for (std::size_t i = 0; i < survivors.count; ++i) addresses[i] = address_of(survivors.ends[i]);
    look_up(tables_->screen, *snapshot_, {addresses.data(), survivors.count}, {numbers.data(), survivors.count});
    for (std::size_t i = 0; i < survivors.count; ++i) {
        if (numbers[i] == indicators::no_indicator) continue;
        auto const end = survivors.ends[i];
        auto const flow = end >> 1;
        found.push_back({flow, (end & 1) != 0 ? Side::destination : Side::source,
                         tables_->direction4(sources[flow], destinations[flow]), numbers[i]});
    }
}

std::optional<indicators::Number> Matcher::find(base::Address address) const {
    if (!address.is_v4()) return tables_->near6.may_hold(address) ? snapshot_->find(address) : std::nullopt;
    bool const closer = (tables_->screen.cell(address.number4()) & Screen::look_closer) != 0;
    return closer ? snapshot_->find(address) : std::nullopt;
}

Direction Matcher::direction(base::Address source, base::Address destination) const {
    if (!tables_->national_is_known) return Direction::unknown;
    return direction_of(tables_->is_national(source), tables_->is_national(destination));
}

std::string_view Matcher::kernel_name() const { return tables_->kernel.name; }

std::vector<std::string_view> Matcher::kernel_names() {
    std::vector<std::string_view> names;
    for (auto const& kernel : kernels()) names.push_back(kernel.name);
    return names;
}

}  // namespace kula::match
