#include "indicators/snapshot.hpp"

#include <algorithm>

#include "base/must.hpp"
#include "snapshot_tables.hpp"

namespace kula::indicators {
namespace {

constexpr std::size_t longest_domain = 253;  // RFC 1035 §2.3.4, as text
constexpr std::size_t longest_url = 8192;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}

struct HostAndPort {
    std::string host;
    std::string_view port;  ///< Digits, or empty.
};

/// `Example.org.:8080` → `example.org`, `8080`; a bracketed IPv6 host keeps its brackets.
HostAndPort split_port(std::string_view text) {
    // More than one colon is an IPv6 address, whose port can only follow a bracket.
    auto const colon = text.rfind(':');
    auto const bracket = text.rfind(']');
    bool const is_v6 = text.find(':') != colon;
    bool const has_port =
        colon != std::string_view::npos && (is_v6 ? bracket != std::string_view::npos && colon > bracket : true);
    std::string_view host = has_port ? text.substr(0, colon) : text;
    if (!host.empty() && host.back() == '.') host.remove_suffix(1);
    return {lower(host), has_port ? text.substr(colon + 1) : std::string_view{}};
}

}  // namespace

std::string seen_host(std::string_view text) { return split_port(text).host; }

Snapshot::Snapshot(std::unique_ptr<Tables const> tables) : tables_(std::move(tables)) {}
Snapshot::~Snapshot() = default;

std::optional<Number> Snapshot::find(base::Address address) const {
    if (address.is_v4()) {
        auto const host = tables_->host4.find(address.number4());
        return host ? host : tables_->stretch4.find(address.number4());
    }
    auto const& hosts = tables_->hosts6;
    auto const found = std::lower_bound(hosts.begin(), hosts.end(), address);
    if (found != hosts.end() && *found == address) {
        return static_cast<Number>(tables_->first_host6() + static_cast<std::size_t>(found - hosts.begin()));
    }
    return tables_->stretch6.find(address.number());
}

void Snapshot::find_hosts4(std::span<std::uint32_t const> addresses, std::span<Number> found) const {
    base::must(addresses.size() == found.size(), "every address has a place for its number");
    for (auto const address : addresses) tables_->host4.prefetch(address);
    for (std::size_t i = 0; i < addresses.size(); ++i)
        found[i] = tables_->host4.find(addresses[i]).value_or(no_indicator);
}

void Snapshot::find_stretches4(std::span<std::uint32_t const> addresses, std::span<Number> found) const {
    base::must(addresses.size() == found.size(), "every address has a place for its number");
    for (auto const address : addresses) tables_->stretch4.prefetch_start(address);
    for (auto const address : addresses) tables_->stretch4.prefetch_stretch(address);
    for (std::size_t i = 0; i < addresses.size(); ++i)
        found[i] = tables_->stretch4.find(addresses[i]).value_or(no_indicator);
}

std::optional<Number> Snapshot::find_domain(std::string_view name) const {
    auto const domain = seen_host(name);
    if (domain.size() > longest_domain) return std::nullopt;
    for (std::string_view suffix = domain; !suffix.empty();) {
        if (auto const found = tables_->name.find(NameTable::Space::domain, suffix)) return found;
        auto const dot = suffix.find('.');
        if (dot == std::string_view::npos) break;
        suffix.remove_prefix(dot + 1);
    }
    return std::nullopt;
}

std::optional<Number> Snapshot::find_url(std::string_view host, std::string_view path, std::uint16_t port) const {
    if (auto const scheme = path.find("://"); scheme != std::string_view::npos && scheme < path.find('/')) {
        // A request through a proxy tells the whole URL (RFC 9112 §3.2.2, absolute-form).
        path.remove_prefix(scheme + 3);
        auto const slash = std::min(path.find('/'), path.size());
        host = path.substr(0, slash);
        path.remove_prefix(slash);
    }
    path = path.substr(0, path.find('#'));
    if (path.empty()) path = "/";
    if (host.size() + path.size() > longest_url) return std::nullopt;
    auto const parts = split_port(host);
    std::string told(parts.port.empty() ? std::to_string(port) : std::string(parts.port));
    bool const is_default = told == "80" || told == "443" || told == "0";
    for (bool const with_port : {true, false}) {
        if (with_port ? is_default : !parts.port.empty() && !is_default) continue;
        auto const origin = with_port ? parts.host + ':' + told : parts.host;
        if (auto const found = tables_->name.find(NameTable::Space::url, origin + std::string(path))) return found;
        auto const query = path.find('?');
        if (query == std::string_view::npos) continue;
        auto const bare = origin + std::string(path.substr(0, query));
        if (auto const found = tables_->name.find(NameTable::Space::url, bare)) return found;
    }
    return std::nullopt;
}

std::optional<Number> Snapshot::find_hash(std::string_view hexadecimal) const {
    constexpr std::size_t sha256_digits = 64;
    if (hexadecimal.size() > sha256_digits) return std::nullopt;
    return tables_->name.find(NameTable::Space::hash, lower(hexadecimal));
}

std::size_t Snapshot::size() const { return tables_->source_sets.size(); }

Value Snapshot::value(Number number) const {
    base::must(number < size(), "an indicator's number belongs to its snapshot");
    auto const& t = *tables_;
    if (number < t.first_host6()) {
        auto const address = base::Address::v4(t.hosts4[number]);
        return {.kind = Kind::address, .range = {address, address}};
    }
    if (number < t.first_range()) {
        auto const address = t.hosts6[number - t.first_host6()];
        return {.kind = Kind::address, .range = {address, address}};
    }
    if (number < t.first_as_number()) {
        auto const& entry = t.ranges[number - t.first_range()];
        return {.kind = entry.kind, .range = entry.range};
    }
    if (number < t.first_name()) {
        return {.kind = Kind::as_number, .as_number = t.as_numbers[number - t.first_as_number()]};
    }
    auto const& entry = t.names[number - t.first_name()];
    return {.kind = entry.kind, .name = std::string(t.name_text(entry))};
}

Alerting Snapshot::alerting(Number number) const {
    bool const warned = tables_->any_warned && (tables_->source_sets.at(number) & Tables::warned_bit) != 0;
    return warned ? Alerting::warned : Alerting::alerted;
}

std::vector<Snapshot::Tables::Source const*> Snapshot::Tables::telling_sources(std::uint32_t number) const {
    std::vector<Source const*> all;
    for (auto const source : sets[source_sets.at(number) & ~warned_bit]) all.push_back(&sources[source]);
    auto const is_red = [](Source const* source) { return source->marking.tlp == base::Tlp::red; };
    if (!std::all_of(all.begin(), all.end(), is_red))
        all.erase(std::remove_if(all.begin(), all.end(), is_red), all.end());
    return all;
}

std::vector<std::string_view> Snapshot::sources(Number number) const {
    std::vector<std::string_view> names;
    for (auto const* const source : tables_->telling_sources(number)) names.emplace_back(source->name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

base::Marking Snapshot::marking(Number number) const {
    base::Marking marking{base::Tlp::clear, base::Pap::clear};
    for (auto const* const source : tables_->telling_sources(number))
        marking = base::strictest(marking, source->marking);
    return marking;
}

base::Readers Snapshot::readers(Number number) const {
    auto const sources = tables_->telling_sources(number);
    if (sources.empty() || sources.front()->marking.tlp != base::Tlp::red) return {};
    auto readers = sources.front()->readers;
    for (auto const* const source : sources) readers = base::common(readers, source->readers);
    return readers;
}

bool Snapshot::has_names() const { return !tables_->name.empty(); }

std::size_t Snapshot::memory() const {
    auto const& t = *tables_;
    return t.hosts4.capacity() * sizeof(std::uint32_t) + t.hosts6.capacity() * sizeof(base::Address) +
           t.ranges.capacity() * sizeof(Tables::Range) + t.names.capacity() * sizeof(Tables::Name) + t.text.capacity() +
           t.host4.bytes() + t.stretch4.bytes() + t.stretch6.bytes() + t.name.bytes() +
           t.source_sets.capacity() * sizeof(std::uint32_t);
}

std::span<std::uint32_t const> Snapshot::hosts4() const { return tables_->hosts4; }
std::vector<base::Address> Snapshot::hosts6() const { return tables_->hosts6; }

std::vector<base::AddressRange> Snapshot::stretches(base::Family family) const {
    std::vector<base::AddressRange> out;
    if (family == base::Family::v4) {
        for (auto const& s : tables_->stretch4.stretches()) {
            out.push_back({base::Address::v4(s.first), base::Address::v4(s.last)});
        }
    } else {
        for (auto const& s : tables_->stretch6.stretches()) {
            out.push_back({base::Address::v6(s.first), base::Address::v6(s.last)});
        }
    }
    return out;
}

}  // namespace kula::indicators
