#pragma once
/// @file
/// What one line of a Zeek log means, however it was written. Pure.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow_batch.hpp"

namespace kula::formats {

enum class ZeekLog : std::uint8_t { conn, dns, http, ssl, files, other };

/// Fields that are read, and fields that only tell which log a line is of.
enum class ZeekField : std::uint8_t {
    path,
    ts,
    uid,
    originator,
    originator_port,
    responder,
    responder_port,
    protocol,
    protocol_number,
    duration,
    packets,
    bytes,
    ip_bytes,
    query,
    host,
    uri,
    server_name,
    version,
    certificates,
    is_originator,
    senders,
    receivers,
    connections,
    md5,
    sha1,
    sha256,
    mark_conn,
    mark_dns,
    mark_http,
    mark_ssl,
    mark_files,
    mark_other,
    count,
};

[[nodiscard]] std::optional<ZeekField> zeek_field(std::string_view name);
/// `conn`, `dns`, ...; anything else is `other`.
[[nodiscard]] ZeekLog zeek_log(std::string_view path);

/// A field that stands in the line and holds nothing; the text of one that is absent points nowhere.
inline constexpr auto there_but_empty = std::string_view(".").substr(0, 0);

/// The fields of one line as text; an absent or unset field is empty. Sets are joined by `separator`.
struct ZeekLine {
    static constexpr auto fields = static_cast<std::size_t>(ZeekField::count);

    std::array<std::string_view, fields> text{};
    char separator = ',';

    [[nodiscard]] std::string_view operator[](ZeekField field) const { return text[static_cast<std::size_t>(field)]; }
    void set(ZeekField field, std::string_view value) { text[static_cast<std::size_t>(field)] = value; }
};

/// Which log a line is of by the fields that its log alone has; nothing where it seems to be no Zeek log at all.
[[nodiscard]] std::optional<ZeekLog> zeek_log_by_fields(ZeekLine const& line);

/// Tells sinks of lines. One thread at a time.
class ZeekTeller {
public:
    /// What the line says goes to the sink; a line that cannot be understood gives the reason instead, else empty.
    std::string_view tell(ZeekLog log, ZeekLine const& line, TrafficSink& sink);
    /// Tells the flows that are held back to be told together.
    void flush(TrafficSink& sink) { batch_.tell(sink); }

private:
    std::string_view read_ends(ZeekLog log, ZeekLine const& line, Flow& flow) const;
    std::string_view read_counts(ZeekLine const& line, Flow& flow) const;
    void collect_names(ZeekLog log, ZeekLine const& line);
    void add_name(NameRole role, std::string_view text);
    std::string_view unescaped(std::string_view text, std::string& scratch) const;

    FlowBatch batch_;
    std::vector<SeenName> names_;
    std::string host_;
    std::string target_;
    std::string path_;
};

}  // namespace kula::formats
