#include "zeek_record.hpp"

#include <algorithm>
#include <utility>

#include "ip_protocols.hpp"
#include "text_values.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t most_certificates = 16;

constexpr std::array<std::pair<std::string_view, ZeekField>, 44> field_names{{
    {"_path", ZeekField::path},
    {"analyzers", ZeekField::mark_files},
    {"call_id", ZeekField::mark_other},  // sip.log, otherwise much like http.log
    {"cert_chain_fps", ZeekField::certificates},
    {"cipher", ZeekField::mark_ssl},
    {"conn_state", ZeekField::mark_conn},
    {"conn_uids", ZeekField::connections},
    {"duration", ZeekField::duration},
    {"established", ZeekField::mark_ssl},
    {"host", ZeekField::host},
    {"id.orig_h", ZeekField::originator},
    {"id.orig_p", ZeekField::originator_port},
    {"id.resp_h", ZeekField::responder},
    {"id.resp_p", ZeekField::responder_port},
    {"ip_proto", ZeekField::protocol_number},
    {"is_orig", ZeekField::is_originator},
    {"md5", ZeekField::md5},
    {"method", ZeekField::mark_http},
    {"orig_bytes", ZeekField::bytes},
    {"orig_ip_bytes", ZeekField::ip_bytes},
    {"orig_pkts", ZeekField::packets},
    {"proto", ZeekField::protocol},
    {"qclass", ZeekField::mark_dns},
    {"qtype", ZeekField::mark_dns},
    {"qtype_name", ZeekField::mark_dns},
    {"query", ZeekField::query},
    {"rcode", ZeekField::mark_dns},
    {"rx_hosts", ZeekField::receivers},
    {"seen_bytes", ZeekField::mark_files},
    {"server_name", ZeekField::server_name},
    {"sha1", ZeekField::sha1},
    {"sha256", ZeekField::sha256},
    {"status_code", ZeekField::mark_http},
    {"total_bytes", ZeekField::mark_files},
    {"trans_depth", ZeekField::mark_http},
    {"trans_id", ZeekField::mark_dns},
    {"ts", ZeekField::ts},
    {"tx_hosts", ZeekField::senders},
    {"uid", ZeekField::uid},
    {"uri", ZeekField::uri},
    {"user_agent", ZeekField::mark_http},
    {"username", ZeekField::mark_other},
    {"version", ZeekField::version},
    {"weird", ZeekField::mark_other},
}};

static_assert(std::is_sorted(field_names.begin(), field_names.end(),
                             [](auto const& left, auto const& right) { return left.first < right.first; }));

std::string_view first_of(std::string_view set, char separator) { return set.substr(0, set.find(separator)); }

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// `proto` of connections and queries; a protocol without a keyword is 0 unless its number is told.
std::optional<std::uint8_t> read_protocol(ZeekLog log, ZeekLine const& line) {
    if (auto const number = line[ZeekField::protocol_number]; !number.empty()) return parse_protocol(number);
    auto const name = line[ZeekField::protocol];
    if (name == "unknown_transport") return std::uint8_t{0};
    if (!name.empty()) {
        auto const protocol = parse_protocol(name);
        bool const is_v6 = line[ZeekField::originator].find(':') != std::string_view::npos;
        return protocol == protocols::icmp && is_v6 ? protocols::icmp6 : protocol;  // Zeek says icmp of both
    }
    if (log == ZeekLog::ssl && line[ZeekField::version].substr(0, 4) == "DTLS") return protocols::udp;
    return log == ZeekLog::conn || log == ZeekLog::dns ? std::uint8_t{0} : protocols::tcp;
}

}  // namespace

std::optional<ZeekField> zeek_field(std::string_view name) {
    auto const found = std::lower_bound(field_names.begin(), field_names.end(), name,
                                        [](auto const& entry, std::string_view key) { return entry.first < key; });
    if (found == field_names.end() || found->first != name) return std::nullopt;
    return found->second;
}

ZeekLog zeek_log(std::string_view path) {
    if (path == "conn") return ZeekLog::conn;
    if (path == "dns") return ZeekLog::dns;
    if (path == "http") return ZeekLog::http;
    if (path == "ssl") return ZeekLog::ssl;
    if (path == "files") return ZeekLog::files;
    return ZeekLog::other;
}

std::optional<ZeekLog> zeek_log_by_fields(ZeekLine const& line) {
    auto const has = [&](ZeekField field) { return line[field].data() != nullptr; };
    if (!has(ZeekField::ts)) return std::nullopt;
    if (has(ZeekField::mark_other)) return ZeekLog::other;
    if (has(ZeekField::mark_files)) return ZeekLog::files;
    if (!has(ZeekField::originator)) return has(ZeekField::uid) ? std::optional(ZeekLog::other) : std::nullopt;
    if (has(ZeekField::mark_conn) || has(ZeekField::packets)) return ZeekLog::conn;
    if (has(ZeekField::mark_dns) || has(ZeekField::query)) return ZeekLog::dns;
    if (has(ZeekField::mark_http) || has(ZeekField::uri)) return ZeekLog::http;
    if (has(ZeekField::mark_ssl) || has(ZeekField::server_name)) return ZeekLog::ssl;
    return ZeekLog::other;
}

/// Source is the client. A file's ends are the connection's where the log has them, else the hosts that sent and
/// received it, of which `is_orig` tells who opened the connection.
std::string_view ZeekTeller::read_ends(ZeekLog log, ZeekLine const& line, Flow& flow) const {
    auto source = line[ZeekField::originator];
    auto destination = line[ZeekField::responder];
    if (log == ZeekLog::files && source.empty()) {
        source = first_of(line[ZeekField::receivers], line.separator);
        destination = first_of(line[ZeekField::senders], line.separator);
        auto const is_originator = line[ZeekField::is_originator];
        if (is_originator == "T" || is_originator == "true") std::swap(source, destination);
    }
    auto const from = base::Address::parse(source);
    auto const to = base::Address::parse(destination);
    if (!from || !to) return reasons::address_unreadable;
    flow.source = *from;
    flow.destination = *to;
    auto const protocol = read_protocol(log, line);
    if (!protocol) return reasons::number_unreadable;
    flow.protocol = *protocol;
    if (is_icmp(flow.protocol)) return {};
    bool const are_ports_sound = read_number(line[ZeekField::originator_port], parse_port, flow.source_port) &&
                                 read_number(line[ZeekField::responder_port], parse_port, flow.destination_port);
    return are_ports_sound ? std::string_view{} : reasons::number_unreadable;
}

std::string_view ZeekTeller::read_counts(ZeekLine const& line, Flow& flow) const {
    auto const bytes = line[ZeekField::ip_bytes].empty() ? line[ZeekField::bytes] : line[ZeekField::ip_bytes];
    if (!read_number(line[ZeekField::packets], parse_count, flow.packets) ||
        !read_number(bytes, parse_count, flow.bytes)) {
        return reasons::number_unreadable;
    }
    std::chrono::microseconds duration{0};
    if (!read_number(line[ZeekField::duration], parse_seconds, duration)) return reasons::time_unreadable;
    flow.end = std::min(flow.start + duration, latest_moment);
    return {};
}

/// Zeek writes bytes that are not printable as `\xHH`, and a backslash twice.
std::string_view ZeekTeller::unescaped(std::string_view text, std::string& scratch) const {
    if (text.find('\\') == std::string_view::npos) return text;
    scratch.clear();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 3 < text.size() && text[i + 1] == 'x') {
            int const high = hex_value(text[i + 2]);
            int const low = hex_value(text[i + 3]);
            if (high >= 0 && low >= 0) {
                scratch += static_cast<char>(high * 16 + low);
                i += 3;
                continue;
            }
        }
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '\\') ++i;
        scratch += text[i];
    }
    return scratch;
}

void ZeekTeller::add_name(NameRole role, std::string_view text) {
    if (!text.empty()) names_.push_back({role, text});
}

void ZeekTeller::collect_names(ZeekLog log, ZeekLine const& line) {
    names_.clear();
    if (log == ZeekLog::dns) add_name(NameRole::query, unescaped(line[ZeekField::query], host_));
    if (log == ZeekLog::http) {
        // A request without a Host header is for the address itself.
        auto const named = unescaped(line[ZeekField::host], host_);
        auto const host = named.empty() ? line[ZeekField::responder] : named;
        names_.push_back(requested(host, unescaped(line[ZeekField::uri], target_), path_));
    }
    if (log == ZeekLog::ssl) {
        add_name(NameRole::sni, unescaped(line[ZeekField::server_name], host_));
        auto rest = line[ZeekField::certificates];
        while (!rest.empty() && names_.size() < most_certificates) {
            auto const one = first_of(rest, line.separator);
            add_name(NameRole::file, one);
            rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        }
    }
    if (log == ZeekLog::files) {
        for (auto const field : {ZeekField::md5, ZeekField::sha1, ZeekField::sha256}) {
            add_name(NameRole::file, line[field]);
        }
    }
}

std::string_view ZeekTeller::tell(ZeekLog log, ZeekLine const& line, TrafficSink& sink) {
    if (log == ZeekLog::other) return {};
    // A file that was read from a disk has no hosts: it is no traffic.
    if (log == ZeekLog::files && line[ZeekField::originator].empty() && line[ZeekField::senders].empty()) return {};
    Flow flow;
    if (auto const fault = read_ends(log, line, flow); !fault.empty()) return fault;
    auto const start = parse_moment(line[ZeekField::ts]);
    if (!start) return reasons::time_unreadable;
    flow.start = flow.end = *start;
    auto const uid =
        line[ZeekField::uid].empty() ? first_of(line[ZeekField::connections], line.separator) : line[ZeekField::uid];
    if (!uid.empty()) flow.connection = connection_of(uid);
    if (log == ZeekLog::conn) {
        auto const fault = read_counts(line, flow);
        if (fault.empty()) batch_.add(flow, sink);
        return fault;
    }
    collect_names(log, line);
    batch_.tell(sink);
    sink.names(flow, names_);
    return {};
}

}  // namespace kula::formats
