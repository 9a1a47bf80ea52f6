#include "selection.hpp"

#include <algorithm>
#include <string_view>

#include "base/fnv.hpp"

namespace kula::events {
namespace {

constexpr std::string_view red_mark = "red:";

std::optional<OrNone<std::string>> as_text(std::optional<OrNone<registry::OrganisationId>> const& organisation) {
    if (!organisation) return std::nullopt;
    auto const* const id = std::get_if<registry::OrganisationId>(&*organisation);
    return id != nullptr ? OrNone<std::string>(id->text()) : OrNone<std::string>(None{});
}

std::vector<bool> ends_in(Dictionary const& ends, base::Prefix const& prefix) {
    std::vector<bool> out(ends.size(), false);
    for (Number number = 1; number < ends.size(); ++number) {
        auto const address = base::Address::parse(ends.text(number));
        out[number] = address && prefix.contains(*address);
    }
    return out;
}

class Fingerprint {
public:
    Fingerprint& add(std::string_view text) {
        hash_ = base::fnv1a("\xff", base::fnv1a(text, hash_));  // In no UTF-8 text: fields cannot run together.
        return *this;
    }
    Fingerprint& add_or_none(std::optional<OrNone<std::string>> const& text) {
        if (!text) return add("*");
        auto const* const value = std::get_if<std::string>(&*text);
        return value != nullptr ? add("=").add(*value) : add("none");
    }
    Fingerprint& add_if(std::optional<std::string> const& text) { return text ? add("=").add(*text) : add("*"); }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

private:
    std::uint64_t hash_ = base::fnv1a_basis;
};

}  // namespace

base::Instant first_hour(Window const& window) {
    // Rounding the least instant down would leave its range.
    return window.from == base::Instant::min() ? window.from : hour_of(window.from);
}

Reach::Reach(Columns const& columns, base::Clearance const& clearance) {
    for (Number number = 1; number < columns.readers.size(); ++number) {
        auto const readers =
            base::Readers::parse(std::string_view(columns.readers.text(number)).substr(red_mark.size()));
        if (readers && clearance.may_read(base::Tlp::red, *readers)) continue;
        if (readers_.empty()) readers_.resize(columns.readers.size(), true);
        readers_[number] = false;
    }
    if (clearance.sees_everything()) return;
    organisations_.resize(std::max<std::size_t>(columns.organisations.size(), 1), false);
    for (auto const& organisation : clearance.organisations()) {
        if (auto const number = columns.organisations.find(organisation.text())) organisations_[*number] = true;
    }
}

Selection::Selection(Columns const& columns, SightingFilter const& filter)
    : columns_(columns),
      from_(first_hour(filter.window)),
      to_(filter.window.to),
      direction_(filter.direction),
      port_(filter.port),
      protocol_(filter.protocol),
      reach_(columns, filter.clearance) {
    take(organisation_, columns.organisations, as_text(filter.organisation));
    take(sector_, columns.sectors, filter.sector);
    take(country_, columns.countries, filter.country);
    if (filter.indicator) take(indicator_, columns.indicators, *filter.indicator);
    if (filter.national_address) take(national_, columns.ends, *filter.national_address);
    if (filter.foreign_address) take(foreign_, columns.ends, *filter.foreign_address);
    if (filter.address && !is_empty_) in_prefix_ = ends_in(columns.ends, *filter.address);
    takes_all_ = reach_.is_everything() && !direction_ && !organisation_ && !sector_ && !indicator_ && !national_ &&
                 !foreign_ && !country_ && !port_ && !protocol_ && in_prefix_.empty();
}

void Selection::take(std::optional<Number>& to, Dictionary const& dictionary, std::string const& text) {
    to = dictionary.find(text);
    if (!to) is_empty_ = true;
}

void Selection::take(std::optional<Number>& to, Dictionary const& dictionary,
                     std::optional<OrNone<std::string>> const& text) {
    if (!text) return;
    if (auto const* const value = std::get_if<std::string>(&*text)) {
        take(to, dictionary, *value);
    } else {
        to = 0;
    }
}

std::uint64_t fingerprint(SightingFilter const& filter) {
    Fingerprint out;
    out.add(filter.direction ? to_text(*filter.direction) : "*");
    out.add_or_none(as_text(filter.organisation)).add_or_none(filter.sector).add_or_none(filter.country);
    out.add_if(filter.indicator).add_if(filter.national_address).add_if(filter.foreign_address);
    out.add(filter.address ? filter.address->text() : "*");
    out.add(filter.port ? std::to_string(*filter.port) : "*")
        .add(filter.protocol ? std::to_string(*filter.protocol) : "*");
    out.add(filter.clearance.sees_everything() ? "*" : "=").add(filter.clearance.reads_every_red() ? "*" : "=");
    out.add(filter.clearance.person() ? filter.clearance.person()->text() : "none");
    for (auto const& organisation : filter.clearance.organisations()) out.add(organisation.text());
    return out.value();
}

}  // namespace kula::events
