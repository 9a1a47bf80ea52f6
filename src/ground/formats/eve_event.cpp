#include "eve_event.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ip_protocols.hpp"
#include "text_values.hpp"

namespace kula::formats {
namespace {

using Value = simdjson::ondemand::value;

constexpr std::size_t most_names = 64;  // of one kind in one event
constexpr std::string_view no_event = "line is no EVE event";

bool read_end(std::string_view key, Value& value, EveEvent::Ends& ends) {
    if (key == "src_ip") return read_text(value, ends.source);
    if (key == "dest_ip") return read_text(value, ends.destination);
    if (key == "src_port") return read_text(value, ends.source_port);
    if (key == "dest_port") return read_text(value, ends.destination_port);
    return is_sound(value);
}

bool read_flow_object(Value& value, EveEvent& event) {
    return for_each_field_of(value, [&](std::string_view key, Value& inner) {
        if (key == "pkts_toserver") return read_text(inner, event.packets);
        if (key == "bytes_toserver") return read_text(inner, event.bytes);
        if (key == "start") return read_text(inner, event.start);
        if (key == "end") return read_text(inner, event.end);
        return read_end(key, inner, event.flow_ends);
    });
}

bool add_text(Value& value, std::vector<std::string_view>& texts) {
    std::string_view text;
    if (!read_text(value, text)) return false;
    if (!text.empty() && texts.size() < most_names) texts.push_back(text);
    return true;
}

/// `queries` (version 3) or `query` (in alerts): an array of objects.
bool read_queries(Value& value, EveEvent& event) {
    return for_each_element(value, [&](Value& query) {
        return for_each_field_of(query, [&](std::string_view key, Value& inner) {
            return key == "rrname" ? add_text(inner, event.queries) : is_sound(inner);
        });
    });
}

bool read_dns(Value& value, EveEvent& event) {
    return for_each_field_of(value, [&](std::string_view key, Value& inner) {
        if (key == "type") return read_text(inner, event.dns_type);
        if (key == "rrname") return add_text(inner, event.queries);
        if (key == "queries" || key == "query") return read_queries(inner, event);
        return is_sound(inner);
    });
}

bool read_http(Value& value, EveEvent& event) {
    return for_each_field_of(value, [&](std::string_view key, Value& inner) {
        if (key == "hostname") return read_text(inner, event.hostname);
        if (key == "url") return read_text(inner, event.url);
        return is_sound(inner);
    });
}

bool read_tls(Value& value, EveEvent& event) {
    return for_each_field_of(value, [&](std::string_view key, Value& inner) {
        if (key == "sni") return read_text(inner, event.server_name);
        if (key == "fingerprint") return read_text(inner, event.fingerprint);
        return is_sound(inner);
    });
}

bool read_file(Value& value, EveEvent& event) {
    return for_each_field_of(value, [&](std::string_view key, Value& inner) {
        bool const is_hash = key == "md5" || key == "sha1" || key == "sha256";
        return is_hash ? add_text(inner, event.hashes) : is_sound(inner);
    });
}

bool read_field(std::string_view key, Value& value, EveEvent& event) {
    static constexpr std::array<std::pair<std::string_view, std::string_view EveEvent::*>, 6> texts{{
        {"timestamp", &EveEvent::timestamp},
        {"event_type", &EveEvent::type},
        {"flow_id", &EveEvent::flow_id},
        {"proto", &EveEvent::protocol},
        {"host", &EveEvent::sensor},
        {"direction", &EveEvent::direction},
    }};
    for (auto const& [name, member] : texts) {
        if (key == name) return read_text(value, event.*member);
    }
    if (key == "flow") return read_flow_object(value, event);
    if (key == "dns") return read_dns(value, event);
    if (key == "http") return read_http(value, event);
    if (key == "tls") return read_tls(value, event);
    if (key == "fileinfo") return read_file(value, event);
    if (key == "files") return for_each_element(value, [&](Value& file) { return read_file(file, event); });
    return read_end(key, value, event.ends);
}

/// Events of packets and files may have the server as source. Suricata 7 tells which way it went; before, of those that
/// speak of a client and a server, the lower port is the server's.
EveEvent::Ends client_first(EveEvent const& event) {
    auto ends = event.ends;
    if (event.type != "alert" && event.type != "fileinfo") return ends;
    if (!event.flow_ends.source.empty() && !event.flow_ends.destination.empty()) return event.flow_ends;
    bool is_from_server = event.direction == "to_client";
    if (event.direction.empty() && event.has_names()) {
        auto const source = parse_port(ends.source_port).value_or(0);
        is_from_server = source != 0 && source < parse_port(ends.destination_port).value_or(0);
    }
    if (is_from_server) {
        std::swap(ends.source, ends.destination);
        std::swap(ends.source_port, ends.destination_port);
    }
    return ends;
}

std::string_view read_ends(EveEvent const& event, Flow& flow) {
    auto const ends = client_first(event);
    auto const source = base::Address::parse(ends.source);
    auto const destination = base::Address::parse(ends.destination);
    if (!source || !destination) return reasons::address_unreadable;
    flow.source = *source;
    flow.destination = *destination;
    auto const protocol = parse_protocol(event.protocol);
    if (!protocol && !event.protocol.empty()) return reasons::number_unreadable;
    flow.protocol = protocol.value_or(0);
    if (is_icmp(flow.protocol)) return {};
    auto const source_port = parse_port(ends.source_port.empty() ? "0" : ends.source_port);
    auto const destination_port = parse_port(ends.destination_port.empty() ? "0" : ends.destination_port);
    if (!source_port || !destination_port) return reasons::number_unreadable;
    flow.source_port = *source_port;
    flow.destination_port = *destination_port;
    return {};
}

std::string_view read_counts(EveEvent const& event, Flow& flow) {
    auto const packets = parse_count(event.packets.empty() ? "0" : event.packets);
    auto const bytes = parse_count(event.bytes.empty() ? "0" : event.bytes);
    if (!packets || !bytes) return reasons::number_unreadable;
    flow.packets = *packets;
    flow.bytes = *bytes;
    auto const start = event.start.empty() ? flow.start : parse_moment(event.start);
    auto const end = event.end.empty() ? start : parse_moment(event.end);
    if (!start || !end) return reasons::time_unreadable;
    flow.start = *start;
    flow.end = *end;
    return {};
}

bool is_answer(EveEvent const& event) {
    return event.type == "dns" && (event.dns_type == "answer" || event.dns_type == "response");
}

bool is_read(std::string_view type) {
    static constexpr std::array<std::string_view, 6> types{"flow", "dns", "http", "tls", "alert", "fileinfo"};
    return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

void EveEvent::clear() {
    auto kept_queries = std::move(queries);
    auto kept_hashes = std::move(hashes);
    *this = {};
    kept_queries.clear();
    kept_hashes.clear();
    queries = std::move(kept_queries);
    hashes = std::move(kept_hashes);
}

bool EveEvent::read(simdjson::ondemand::object& object) {
    return for_each_field(object, [this](std::string_view key, Value& value) { return read_field(key, value, *this); });
}

bool EveEvent::has_names() const {
    return !queries.empty() || !hashes.empty() || !hostname.empty() || !url.empty() || !server_name.empty() ||
           !fingerprint.empty();
}

void EveTeller::collect_names(EveEvent const& event, std::string_view server) {
    names_.clear();
    for (auto const query : event.queries) names_.push_back({NameRole::query, query});
    if (!event.hostname.empty() || !event.url.empty()) {
        // A request without a Host header is for the address itself.
        auto const host = event.hostname.empty() ? server : event.hostname;
        names_.push_back(requested(host, event.url, path_));
    }
    if (!event.server_name.empty()) names_.push_back({NameRole::sni, event.server_name});
    if (!event.fingerprint.empty()) {
        fingerprint_ = event.fingerprint;  // aa:bb:...
        fingerprint_.erase(std::remove(fingerprint_.begin(), fingerprint_.end(), ':'), fingerprint_.end());
        names_.push_back({NameRole::file, fingerprint_});
    }
    for (auto const hash : event.hashes) names_.push_back({NameRole::file, hash});
}

std::string_view EveTeller::tell(EveEvent const& event, TrafficSink& sink) {
    if (event.type.empty()) return no_event;
    if (!is_read(event.type) || is_answer(event)) return {};
    Flow flow;
    if (auto const fault = read_ends(event, flow); !fault.empty()) return fault;
    auto const moment = parse_moment(event.timestamp);
    if (!moment) return reasons::time_unreadable;
    flow.start = flow.end = *moment;
    if (!event.flow_id.empty()) flow.connection = connection_of(event.flow_id, event.sensor);
    if (event.type == "flow") {
        auto const fault = read_counts(event, flow);
        if (fault.empty()) batch_.add(flow, sink);
        return fault;
    }
    collect_names(event, client_first(event).destination);
    batch_.tell(sink);
    sink.names(flow, names_);
    return {};
}

}  // namespace kula::formats
