#include "csv_header.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "text_values.hpp"

namespace kula::formats {
namespace {

/// Folded as `fold` does, sorted.
constexpr std::array<std::pair<std::string_view, CsvColumn>, 156> known_names{{
    {"byt", CsvColumn::bytes},
    {"byte", CsvColumn::bytes},
    {"bytes", CsvColumn::bytes},
    {"client", CsvColumn::source},
    {"clientaddress", CsvColumn::source},
    {"clientip", CsvColumn::source},
    {"da", CsvColumn::destination},
    {"daddr", CsvColumn::destination},
    {"datetime", CsvColumn::start},
    {"dest", CsvColumn::destination},
    {"destaddr", CsvColumn::destination},
    {"destination", CsvColumn::destination},
    {"destinationaddr", CsvColumn::destination},
    {"destinationaddress", CsvColumn::destination},
    {"destinationip", CsvColumn::destination},
    {"destinationipaddress", CsvColumn::destination},
    {"destinationipv4address", CsvColumn::destination},
    {"destinationipv6address", CsvColumn::destination},
    {"destinationport", CsvColumn::destination_port},
    {"destinationtransportport", CsvColumn::destination_port},
    {"destip", CsvColumn::destination},
    {"destport", CsvColumn::destination_port},
    {"dip", CsvColumn::destination},
    {"dnsname", CsvColumn::query},
    {"dnsquery", CsvColumn::query},
    {"dp", CsvColumn::destination_port},
    {"dport", CsvColumn::destination_port},
    {"dst", CsvColumn::destination},
    {"dstaddr", CsvColumn::destination},
    {"dstaddress", CsvColumn::destination},
    {"dsthost", CsvColumn::destination},
    {"dstip", CsvColumn::destination},
    {"dstipaddr", CsvColumn::destination},
    {"dstipv4", CsvColumn::destination},
    {"dstipv6", CsvColumn::destination},
    {"dstport", CsvColumn::destination_port},
    {"dstpt", CsvColumn::destination_port},
    {"end", CsvColumn::end},
    {"enddate", CsvColumn::end},
    {"endtime", CsvColumn::end},
    {"etime", CsvColumn::end},
    {"filehash", CsvColumn::hash},
    {"filemd5", CsvColumn::hash},
    {"filesha1", CsvColumn::hash},
    {"filesha256", CsvColumn::hash},
    {"first", CsvColumn::start},
    {"firstseen", CsvColumn::start},
    {"firstswitched", CsvColumn::start},
    {"flowend", CsvColumn::end},
    {"flowendmicroseconds", CsvColumn::end},
    {"flowendmilliseconds", CsvColumn::end},
    {"flowendseconds", CsvColumn::end},
    {"flowendtime", CsvColumn::end},
    {"flowstart", CsvColumn::start},
    {"flowstartmicroseconds", CsvColumn::start},
    {"flowstartmilliseconds", CsvColumn::start},
    {"flowstartseconds", CsvColumn::start},
    {"flowstarttime", CsvColumn::start},
    {"hash", CsvColumn::hash},
    {"host", CsvColumn::host},
    {"hostname", CsvColumn::host},
    {"httphost", CsvColumn::host},
    {"httpurl", CsvColumn::url},
    {"ibyt", CsvColumn::bytes},
    {"idorigh", CsvColumn::source},
    {"idorigp", CsvColumn::source_port},
    {"idresph", CsvColumn::destination},
    {"idrespp", CsvColumn::destination_port},
    {"inbytes", CsvColumn::bytes},
    {"inoctets", CsvColumn::bytes},
    {"inpackets", CsvColumn::packets},
    {"inpkts", CsvColumn::packets},
    {"ipdst", CsvColumn::destination},
    {"ipkt", CsvColumn::packets},
    {"ipproto", CsvColumn::protocol},
    {"ipprotocol", CsvColumn::protocol},
    {"ipsrc", CsvColumn::source},
    {"l4dstport", CsvColumn::destination_port},
    {"l4srcport", CsvColumn::source_port},
    {"last", CsvColumn::end},
    {"lastseen", CsvColumn::end},
    {"lastswitched", CsvColumn::end},
    {"md5", CsvColumn::hash},
    {"numbytes", CsvColumn::bytes},
    {"numpackets", CsvColumn::packets},
    {"octetdeltacount", CsvColumn::bytes},
    {"octets", CsvColumn::bytes},
    {"octettotalcount", CsvColumn::bytes},
    {"origh", CsvColumn::source},
    {"origipbytes", CsvColumn::bytes},
    {"origp", CsvColumn::source_port},
    {"origpkts", CsvColumn::packets},
    {"packet", CsvColumn::packets},
    {"packetdeltacount", CsvColumn::packets},
    {"packets", CsvColumn::packets},
    {"packettotalcount", CsvColumn::packets},
    {"pkt", CsvColumn::packets},
    {"pkts", CsvColumn::packets},
    {"port", CsvColumn::destination_port},
    {"pr", CsvColumn::protocol},
    {"prot", CsvColumn::protocol},
    {"proto", CsvColumn::protocol},
    {"protocol", CsvColumn::protocol},
    {"protocolidentifier", CsvColumn::protocol},
    {"qname", CsvColumn::query},
    {"query", CsvColumn::query},
    {"queryname", CsvColumn::query},
    {"requesturl", CsvColumn::url},
    {"resph", CsvColumn::destination},
    {"respp", CsvColumn::destination_port},
    {"rrname", CsvColumn::query},
    {"sa", CsvColumn::source},
    {"saddr", CsvColumn::source},
    {"server", CsvColumn::destination},
    {"serveraddress", CsvColumn::destination},
    {"serverip", CsvColumn::destination},
    {"servername", CsvColumn::sni},
    {"sha1", CsvColumn::hash},
    {"sha256", CsvColumn::hash},
    {"sip", CsvColumn::source},
    {"sni", CsvColumn::sni},
    {"source", CsvColumn::source},
    {"sourceaddr", CsvColumn::source},
    {"sourceaddress", CsvColumn::source},
    {"sourceip", CsvColumn::source},
    {"sourceipaddress", CsvColumn::source},
    {"sourceipv4address", CsvColumn::source},
    {"sourceipv6address", CsvColumn::source},
    {"sourceport", CsvColumn::source_port},
    {"sourcetransportport", CsvColumn::source_port},
    {"sp", CsvColumn::source_port},
    {"sport", CsvColumn::source_port},
    {"src", CsvColumn::source},
    {"srcaddr", CsvColumn::source},
    {"srcaddress", CsvColumn::source},
    {"srchost", CsvColumn::source},
    {"srcip", CsvColumn::source},
    {"srcipaddr", CsvColumn::source},
    {"srcipv4", CsvColumn::source},
    {"srcipv6", CsvColumn::source},
    {"srcport", CsvColumn::source_port},
    {"srcpt", CsvColumn::source_port},
    {"start", CsvColumn::start},
    {"startdate", CsvColumn::start},
    {"starttime", CsvColumn::start},
    {"stime", CsvColumn::start},
    {"te", CsvColumn::end},
    {"time", CsvColumn::start},
    {"timeend", CsvColumn::end},
    {"timestamp", CsvColumn::start},
    {"timestart", CsvColumn::start},
    {"tlsservername", CsvColumn::sni},
    {"tlssni", CsvColumn::sni},
    {"ts", CsvColumn::start},
    {"uri", CsvColumn::url},
    {"url", CsvColumn::url},
}};

static_assert(std::is_sorted(known_names.begin(), known_names.end(),
                             [](auto const& left, auto const& right) { return left.first < right.first; }));

std::string fold(std::string_view name) {
    std::string folded;
    for (char const c : name) {
        if (c == '_' || c == ' ' || c == '-' || c == '.' || c == '\t') continue;
        folded += base::lower(c);
    }
    return folded;
}

std::optional<CsvColumn> known_column(std::string_view name) {
    auto const folded = fold(name);
    auto const found = std::lower_bound(known_names.begin(), known_names.end(), folded,
                                        [](auto const& entry, std::string const& key) { return entry.first < key; });
    if (found == known_names.end() || found->first != folded) return std::nullopt;
    return found->second;
}

}  // namespace

std::optional<CsvHeader> CsvHeader::read(std::span<std::string_view const> names, CsvColumns const& columns) {
    CsvHeader header;
    header.width_ = names.size();
    for (std::size_t column = 0; column < CsvColumns::count; ++column) {
        auto const wanted = columns.name(static_cast<CsvColumn>(column));
        if (wanted.empty()) continue;
        auto const is_wanted = [&](std::string_view name) { return fold(name) == fold(wanted); };
        auto const found = std::find_if(names.begin(), names.end(), is_wanted);
        if (found == names.end()) return std::nullopt;
        header.places_[column] = static_cast<std::size_t>(found - names.begin());
    }
    auto const hash = static_cast<std::size_t>(CsvColumn::hash);
    bool const is_hash_mapped = header.places_[hash].has_value();
    if (is_hash_mapped) header.hashes_.push_back(*header.places_[hash]);
    for (std::size_t place = 0; place < names.size(); ++place) {
        auto const column = known_column(names[place]);
        if (!column) continue;
        auto& known = header.places_[static_cast<std::size_t>(*column)];
        if (!known) known = place;
        if (*column == CsvColumn::hash && !is_hash_mapped) header.hashes_.push_back(place);
    }
    bool const is_readable =
        header.has(CsvColumn::source) && (header.has(CsvColumn::destination) || header.has_names());
    return is_readable ? std::optional(std::move(header)) : std::nullopt;
}

std::string_view CsvHeader::cell(std::span<std::string_view const> row, CsvColumn column) const {
    auto const place = places_[static_cast<std::size_t>(column)];
    return place && *place < row.size() ? trimmed(row[*place]) : std::string_view{};
}

bool CsvHeader::has_names() const {
    return has(CsvColumn::query) || has(CsvColumn::host) || has(CsvColumn::url) || has(CsvColumn::sni) ||
           has(CsvColumn::hash);
}

}  // namespace kula::formats
