#include "indicators/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "indicators_migrations.hpp"
#include "storage/record.hpp"
#include "store_import.hpp"
#include "store_state.hpp"

namespace kula::indicators {
namespace {

constexpr std::size_t bytes_of_name = 20;  // In a sort key; equal beginnings are told apart by the id.

std::string hexadecimal(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (auto const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::string hexadecimal(base::Address address) {
    auto const bytes = address.bytes();
    return hexadecimal({reinterpret_cast<char const*>(bytes.data()), address.is_v4() ? 4U : 16U});
}

std::string strictest_sql(std::string_view column, std::vector<std::string_view> const& loosest_first) {
    std::string rank;
    std::string name;
    for (std::size_t i = 0; i < loosest_first.size(); ++i) {
        rank += fmt::format(" when '{}' then {}", loosest_first[i], i);
        name += fmt::format(" when {} then '{}'", i, loosest_first[i]);
    }
    return fmt::format("case max(case s.{}{} end){} end", column, rank, name);
}

}  // namespace

std::string sort_key_of(Value const& value) {
    switch (value.kind) {
        case Kind::address:
        case Kind::prefix:
        case Kind::range:
            return (value.range.first.is_v4() ? "04" : "06") + hexadecimal(value.range.first) +
                   hexadecimal(value.range.last);
        case Kind::as_number: return fmt::format("1{:08x}", value.as_number);
        default: {
            auto const order = static_cast<int>(value.kind) - static_cast<int>(Kind::domain) + 2;
            return std::to_string(order) + hexadecimal(std::string_view(value.name).substr(0, bytes_of_name));
        }
    }
}

std::string summarise_sql(std::string_view condition) {
    static auto const tlp = strictest_sql("tlp", {"clear", "green", "amber", "amber+strict", "red"});
    static auto const pap = strictest_sql("pap", {"clear", "green", "amber", "red"});
    // What is said openly stands by itself; a listing under TLP:RED counts where there is no other.
    constexpr std::string_view telling =
        "(s.tlp <> 'red' or not exists (select 1 from indicator_source o where o.indicator = s.indicator and o.tlp <> 'red'))";
    return fmt::format(
        "update indicator set (confidence, first_listed, last_listed, active_from, active_until, valid_until, tlp, pap) = "
        "(select max(s.effective), min(s.first_listed), max(s.last_listed), min(s.active_from), max(s.active_until), "
        "case when count(*) = count(s.valid_until) then max(s.valid_until) else null end, {0}, {1} "
        "from indicator_source s where s.indicator = indicator.id and {2}), "
        "(class, type) = (select s.class, s.type from indicator_source s where s.indicator = indicator.id and {2} "
        "order by s.confidence desc, s.last_listed desc, s.source limit 1), "
        "changed_at = ?, changed_by = ?, version = version + 1 where {3}",
        tlp, pap, telling, condition);
}

Confidence effective_confidence(Confidence confidence, base::Instant last_seen, Decay const& decay, base::Instant now) {
    return static_cast<Confidence>(std::round(score(confidence, last_seen, decay, now)));
}

Store::Store(std::unique_ptr<StoreState> state) : state_(std::move(state)) {}
Store::~Store() = default;

base::Result<std::unique_ptr<Store>> Store::open(storage::Database& database, journal::Journal& journal,
                                                 base::Clock const& clock, DecayTable const& decay) {
    if (auto const migrated = database.migrate(indicators_migrations()); migrated.has_error()) return migrated.error();
    return std::unique_ptr<Store>(
        new Store(std::unique_ptr<StoreState>(new StoreState{database, journal, clock, decay})));
}

base::Result<SourceReport> Store::import(ListSource const& source, std::string_view list, base::Actor const& actor,
                                         ListOptions const& options, Shrinking shrinking) {
    if (auto const checked = check(source); checked.has_error()) return checked.error();
    ReadList read;
    auto report = read_list(list, options, [&](Value const& value, Attributes const& told) { read.take(value, told); });
    if (report.has_error()) return report.error();
    read.report = std::move(*report);
    std::lock_guard const one(state_->bulk);
    return SourceImport(*state_, source, actor, std::move(read)).run(shrinking);
}

base::Result<SourceReport> Store::import_file(ListSource const& source, std::filesystem::path const& file,
                                              base::Actor const& actor, ListOptions const& options,
                                              Shrinking shrinking) {
    if (auto const checked = check(source); checked.has_error()) return checked.error();
    ReadList read;
    auto report =
        read_list_file(file, options, [&](Value const& value, Attributes const& told) { read.take(value, told); });
    if (report.has_error()) return report.error();
    read.report = std::move(*report);
    std::lock_guard const one(state_->bulk);
    return SourceImport(*state_, source, actor, std::move(read)).run(shrinking);
}

std::shared_ptr<Warninglists const> Store::warninglists() const { return state_->current_lists(); }

void Store::on_change(std::function<void()> listener) { state_->listeners.push_back(std::move(listener)); }

}  // namespace kula::indicators
