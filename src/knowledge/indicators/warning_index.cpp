#include "warning_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/ascii.hpp"
#include "formats/url.hpp"
#include "name.hpp"

namespace kula::indicators {
namespace {

constexpr std::size_t faults_named = 20;  // Of one list.
constexpr std::int64_t expression_memory = 1 << 20;
constexpr std::int64_t set_memory = 64 << 20;
constexpr std::int64_t largest_programs = 2'000'000;  // Instructions of all expressions; some 64 MB.

re2::RE2::Options expression_options(std::int64_t memory) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(memory);
    return options;
}

std::string_view without_dots(std::string_view name) {
    while (!name.empty() && name.front() == '.') name.remove_prefix(1);
    while (!name.empty() && name.back() == '.') name.remove_suffix(1);
    return name;
}

bool is_address_text(std::string_view host) {
    auto const last = host.empty() ? '\0' : host.back();
    return (last >= '0' && last <= '9') || host.find(':') != std::string_view::npos;
}

bool has_addresses(Kind kind) { return kind == Kind::address || kind == Kind::prefix || kind == Kind::range; }

}  // namespace

void Warninglists::Index::add(std::string const& file, std::string_view json) {
    auto text = parse_warninglist(json);
    if (text.has_error()) return fault(file, text.error().detail);
    auto const same = std::find_if(loaded_.begin(), loaded_.end(),
                                   [&](Loaded const& other) { return other.text.about.name == text->about.name; });
    if (same == loaded_.end()) {
        loaded_.push_back({file, std::move(*text)});
    } else if (same->text.about.version < text->about.version) {
        fault(same->file, "is left out: another file holds a newer version of the same list");
        *same = {file, std::move(*text)};
    } else {
        fault(file, "is left out: another file holds the same list in this or a newer version");
    }
}

void Warninglists::Index::build() {
    for (std::uint32_t list = 0; list < loaded_.size(); ++list) take_list(list);
    blocks_.build();
    build_patterns();
    for (auto const& loaded : loaded_) lists_.push_back(loaded.text.about);
}

void Warninglists::Index::take_list(std::uint32_t number) {
    auto& [file, text] = loaded_[number];
    std::size_t refused = 0;
    for (std::uint32_t i = 0; i < text.entries.size(); ++i) {
        auto const taken = take({number, i});
        if (taken) {
            ++text.about.entries;
        } else if (++refused <= faults_named) {
            auto const shown = std::string_view(text.entries[i]).substr(0, 100);
            fault(file, fmt::format("entry `{}` {}", is_clean_text(shown) ? shown : "?", taken.error().detail));
        }
    }
    if (refused > faults_named) fault(file, fmt::format("and {} more entries", refused - faults_named));
}

base::Result<void> Warninglists::Index::take(EntryPlace place) {
    if (entry(place).empty()) return base::invalid("is empty");
    switch (loaded_[place.list].text.about.type) {
        case WarninglistType::string: return take_string(place);
        case WarninglistType::cidr: return take_block(place);
        case WarninglistType::hostname: return take_hostname(place);
        default: return take_pattern(place);
    }
}

base::Result<void> Warninglists::Index::take_block(EntryPlace place) {
    auto const prefix = base::Prefix::parse(entry(place));
    if (!prefix) return base::invalid("is no address or prefix");
    blocks_.add(base::AddressRange::of(*prefix), place);
    return {};
}

void Warninglists::Index::put(Places& places, EntryPlace place, std::string const& key) {
    std::string_view const text = entry(place);
    auto const at = text.find(key);
    auto const stored =
        at != std::string_view::npos ? text.substr(at, key.size()) : std::string_view(folded_.emplace_back(key));
    auto const [slot, fresh] = places.try_emplace(stored, PlaceList{place, nullptr});
    if (fresh) return;
    if (!slot->second.more) slot->second.more = std::make_unique<std::vector<EntryPlace>>();
    slot->second.more->push_back(place);
}

base::Result<void> Warninglists::Index::take_string(EntryPlace place) {
    auto const& text = entry(place);
    bool const any_subdomain = text.front() == '.' || text.front() == '*';
    auto const value = Value::parse(text, ReservedSpace::allow);
    bool const readable = value && !any_subdomain;
    bool const answers = readable && has_addresses(value->kind) && speaks_of(place, value->kind);
    strings_hold_addresses_ = strings_hold_addresses_ || answers;
    put(strings_, place, readable ? value->text() : base::lower_case(text));
    return {};
}

base::Result<void> Warninglists::Index::take_hostname(EntryPlace place) {
    auto const name = without_dots(entry(place));
    if (name.empty()) return base::invalid("is no name");
    auto const domain = canonical_domain(name);
    put(hostnames_, place, domain ? *domain : base::lower_case(name));
    return {};
}

base::Result<void> Warninglists::Index::take_pattern(EntryPlace place) {
    auto const& text = entry(place);
    bool const literal = loaded_[place.list].text.about.type == WarninglistType::substring;
    auto const written = literal ? base::Result<std::string>("(?i)" + re2::RE2::QuoteMeta(text)) : expression_of(text);
    if (written.has_error()) return written.error();
    auto expression = std::make_unique<re2::RE2>(*written, expression_options(expression_memory));
    if (!expression->ok()) return base::invalid("is no expression that runs in linear time: " + expression->error());
    if (programs_ + expression->ProgramSize() > largest_programs) {
        return base::invalid("is left out: all expressions together are too large");
    }
    programs_ += expression->ProgramSize();
    patterns_.push_back({std::move(expression), place});
    pattern_kinds_ |= loaded_[place.list].text.kinds;
    return {};
}

void Warninglists::Index::build_patterns() {
    if (patterns_.empty()) return;
    auto set = std::make_unique<re2::RE2::Set>(expression_options(set_memory), re2::RE2::UNANCHORED);
    for (auto const& pattern : patterns_) {
        if (set->Add(pattern.expression->pattern(), nullptr) < 0) return;
    }
    if (set->Compile()) pattern_set_ = std::move(set);
}

template <class Visitor>
Warninglists::Index::Visit Warninglists::Index::visit_places(Places const& places, std::string_view key,
                                                             Visitor&& visitor) {
    auto const found = places.find(key);
    if (found == places.end()) return Visit::more;
    if (visitor(found->second.first) == Visit::enough) return Visit::enough;
    if (!found->second.more) return Visit::more;
    for (auto const& place : *found->second.more) {
        if (visitor(place) == Visit::enough) return Visit::enough;
    }
    return Visit::more;
}

template <class Visitor>
Warninglists::Index::Visit Warninglists::Index::visit_hostname(Value const& value, Visitor&& visitor) const {
    std::string_view name = value.name;
    if (value.kind == Kind::url) name = formats::host_of(name);
    bool const whole_only = is_address_text(name);
    for (;;) {
        if (visit_places(hostnames_, name, visitor) == Visit::enough) return Visit::enough;
        auto const dot = name.find('.');
        if (whole_only || dot == std::string_view::npos) return Visit::more;
        name.remove_prefix(dot + 1);
    }
}

template <class Visitor>
Warninglists::Index::Visit Warninglists::Index::visit_patterns(Value const& value, Visitor&& visitor) const {
    auto const text = value.text();
    std::vector<int> found;
    re2::RE2::Set::ErrorInfo error{re2::RE2::Set::kNoError};
    bool asked = false;
    if (pattern_set_) {
        pattern_set_->Match(text, &found, &error);
        asked = error.kind == re2::RE2::Set::kNoError;
    }
    if (asked) {
        for (auto const number : found) {
            if (visitor(patterns_[static_cast<std::size_t>(number)].place) == Visit::enough) return Visit::enough;
        }
        return Visit::more;
    }
    for (auto const& pattern : patterns_) {
        if (!re2::RE2::PartialMatch(text, *pattern.expression)) continue;
        if (visitor(pattern.place) == Visit::enough) return Visit::enough;
    }
    return Visit::more;
}

template <class Visitor>
void Warninglists::Index::visit(Value const& value, Visitor&& visitor) const {
    auto const checked = [&](EntryPlace place) { return speaks_of(place, value.kind) ? visitor(place) : Visit::more; };
    auto rest = Visit::more;
    if (has_addresses(value.kind)) {
        blocks_.each_holding(value.range, [&](EntryPlace place) {
            if (rest == Visit::more) rest = checked(place);
        });
    }
    if (rest == Visit::enough) return;
    if (!strings_.empty() && (!has_addresses(value.kind) || strings_hold_addresses_)) {
        if (visit_places(strings_, value.text(), checked) == Visit::enough) return;
    }
    bool const has_host = value.kind == Kind::domain || value.kind == Kind::url;
    if (has_host && !hostnames_.empty() && visit_hostname(value, checked) == Visit::enough) return;
    if (pattern_kinds_.test(static_cast<std::size_t>(value.kind))) visit_patterns(value, checked);
}

std::vector<WarningHit> Warninglists::Index::matches(Value const& value) const {
    std::vector<EntryPlace> places;
    visit(value, [&](EntryPlace place) {
        places.push_back(place);
        return Visit::more;
    });
    std::stable_sort(places.begin(), places.end(),
                     [](EntryPlace const& a, EntryPlace const& b) { return a.list < b.list; });
    std::vector<WarningHit> hits;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (i > 0 && places[i].list == places[i - 1].list) continue;
        auto const& about = loaded_[places[i].list].text.about;
        hits.push_back({about.name, about.type, entry(places[i])});
    }
    return hits;
}

bool Warninglists::Index::warns(Value const& value) const {
    bool found = false;
    visit(value, [&](EntryPlace) {
        found = true;
        return Visit::enough;
    });
    return found;
}

}  // namespace kula::indicators
