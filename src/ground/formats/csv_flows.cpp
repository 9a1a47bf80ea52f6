#include "formats/csv_flows.hpp"

#include <algorithm>
#include <vector>

#include "csv_header.hpp"
#include "flow_batch.hpp"
#include "formats/csv.hpp"
#include "ip_protocols.hpp"
#include "text_values.hpp"

namespace kula::formats {
namespace {

constexpr std::string_view columns_missing = "table's header lacks columns";
constexpr std::string_view before_header = "line stands before the table's header";
constexpr std::string_view other_width = "row has other columns than its header";

constexpr std::array<std::string_view, CsvColumns::count> column_names{
    "source",   "destination", "source_port", "destination_port",
    "protocol", "packets",     "bytes",       "start",
    "end",      "query",       "host",        "url",
    "sni",      "hash"};

std::vector<std::string_view> split_header(std::string_view line) {
    CsvReader reader(CsvReader::delimiter_of(line));
    auto rest = std::as_bytes(std::span(line.data(), line.size()));
    if (reader.next(rest, InputEnd::reached) != CsvReader::Next::row) return {};
    // Unquoted names live as long as the reader: a quoted header is given as it was written, without its quotes.
    std::vector<std::string_view> names;
    for (auto const field : reader.fields()) {
        auto const place = line.find(field);
        names.push_back(place == std::string_view::npos ? std::string_view{} : line.substr(place, field.size()));
    }
    return names;
}

}  // namespace

base::Result<CsvColumns> CsvColumns::parse(std::string_view map) {
    CsvColumns columns;
    CsvReader reader;
    auto rest = std::as_bytes(std::span(map.data(), map.size()));
    if (reader.next(rest, InputEnd::reached) != CsvReader::Next::row || !rest.empty()) {
        return base::invalid("the column map is empty or its quotes do not match");
    }
    for (auto const entry : reader.fields()) {
        auto const equals = entry.find('=');
        auto const column = trimmed(entry.substr(0, equals));
        auto const found = std::find(column_names.begin(), column_names.end(), column);
        if (found == column_names.end()) return base::invalid("no such column in a column map: " + std::string(column));
        auto name = trimmed(equals == std::string_view::npos ? std::string_view{} : entry.substr(equals + 1));
        if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
        auto& place = columns.names_[static_cast<std::size_t>(found - column_names.begin())];
        if (name.empty() || !place.empty()) {
            return base::invalid("the column map needs one name for: " + std::string(column));
        }
        place = name;
    }
    return columns;
}

bool CsvColumns::is_empty() const {
    return std::all_of(names_.begin(), names_.end(), [](std::string const& name) { return name.empty(); });
}

std::optional<std::string_view> CsvFlowDecoder::find_header(std::string_view text, bool is_all,
                                                            CsvColumns const& columns) {
    if (text.substr(0, byte_order_mark.size()) == byte_order_mark) text.remove_prefix(byte_order_mark.size());
    std::optional<std::string_view> first;
    for (std::size_t tried = 0; !text.empty();) {
        auto const line_end = text.find('\n');
        if (line_end == std::string_view::npos && !is_all) return std::nullopt;
        auto const line = trimmed(text.substr(0, line_end));
        text.remove_prefix(line_end == std::string_view::npos ? text.size() : line_end + 1);
        if (line.empty() || line.front() == '#') continue;
        if (!first) first = line;
        if (!columns.is_empty() || reads_header(line, columns)) return line;
        if (++tried == most_lines_before_header) return first;
    }
    return is_all ? first : std::nullopt;
}

bool CsvFlowDecoder::reads_header(std::string_view header_line, CsvColumns const& columns) {
    return CsvHeader::read(split_header(header_line), columns).has_value();
}

class CsvFlowDecoder::State {
public:
    explicit State(CsvColumns columns) : columns_(std::move(columns)) {}

    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
        auto rest = bytes;
        if (!has_delimiter_) find_delimiter(rest, end);
        while (has_delimiter_ && !is_over_) {
            auto const next = reader_.next(rest, end);
            if (next == CsvReader::Next::nothing) break;
            auto const fault = next == CsvReader::Next::row ? read_row(sink) : reader_.reason();
            if (fault.empty()) continue;
            batch_.tell(sink);
            sink.undecodable({Place::Unit::line, reader_.line()}, fault);
        }
        if (is_over_ || end != InputEnd::not_yet) rest = rest.subspan(rest.size());
        batch_.tell(sink);
        return bytes.size() - rest.size();
    }

private:
    /// Waits for the header line, which tells the delimiter.
    void find_delimiter(std::span<std::byte const> rest, InputEnd end) {
        bool const is_all = end != InputEnd::not_yet || rest.size() > longest_csv_row;
        auto const line = CsvFlowDecoder::find_header(as_text(rest), is_all, columns_);
        if (!line) return;
        reader_.use_delimiter(CsvReader::delimiter_of(*line));
        has_delimiter_ = true;
    }

    std::string_view read_row(TrafficSink& sink) {
        auto const row = reader_.fields();
        if (!header_) return read_header(row);
        if (row.size() == 1 && row.front() == "Summary") {  // nfdump's totals follow
            is_over_ = true;
            return {};
        }
        if (row.size() != header_->width()) return other_width;
        if (std::equal(row.begin(), row.end(), header_row_.begin(), header_row_.end())) return {};
        return tell(row, sink);
    }

    std::string_view read_header(std::span<std::string_view const> row) {
        if (row.front().substr(0, 1) == "#") return {};
        header_ = CsvHeader::read(row, columns_);
        header_row_.assign(row.begin(), row.end());
        if (header_) return {};
        is_over_ = !columns_.is_empty() || ++rows_before_header_ == CsvFlowDecoder::most_lines_before_header;
        return is_over_ ? columns_missing : before_header;
    }

    std::string_view tell(std::span<std::string_view const> row, TrafficSink& sink) {
        Flow flow;
        for (auto const fault : {read_ends(row, flow), read_counts(row, flow), read_times(row, flow)}) {
            if (!fault.empty()) return fault;
        }
        if (!header_->has_names()) {
            batch_.add(flow, sink);
            return {};
        }
        if (header_->has_counts()) {
            flow.connection = connection_of(std::to_string(reader_.line()), "row");
            batch_.add(flow, sink);
        }
        flow.packets = flow.bytes = 0;
        collect_names(row);
        batch_.tell(sink);
        sink.names(flow, names_);
        return {};
    }

    [[nodiscard]] std::string_view cell(std::span<std::string_view const> row, CsvColumn column) const {
        return header_->cell(row, column);
    }

    std::string_view read_ends(std::span<std::string_view const> row, Flow& flow) const {
        auto const source = base::Address::parse(cell(row, CsvColumn::source));
        auto const destination = header_->has(CsvColumn::destination)
                                     ? base::Address::parse(cell(row, CsvColumn::destination))
                                     : std::optional(base::Address());
        if (!source || !destination) return reasons::address_unreadable;
        flow.source = *source;
        flow.destination = *destination;
        if (!read_number(cell(row, CsvColumn::protocol), parse_protocol, flow.protocol))
            return reasons::number_unreadable;
        if (is_icmp(flow.protocol)) return {};
        bool const are_ports_sound =
            read_number(cell(row, CsvColumn::source_port), parse_port, flow.source_port) &&
            read_number(cell(row, CsvColumn::destination_port), parse_port, flow.destination_port);
        return are_ports_sound ? std::string_view{} : reasons::number_unreadable;
    }

    std::string_view read_counts(std::span<std::string_view const> row, Flow& flow) const {
        bool const are_sound = read_number(cell(row, CsvColumn::packets), parse_count, flow.packets) &&
                               read_number(cell(row, CsvColumn::bytes), parse_count, flow.bytes);
        return are_sound ? std::string_view{} : reasons::number_unreadable;
    }

    std::string_view read_times(std::span<std::string_view const> row, Flow& flow) const {
        auto const start = cell(row, CsvColumn::start);
        auto const end = cell(row, CsvColumn::end);
        bool const are_sound = read_number(start.empty() ? end : start, parse_moment, flow.start) &&
                               read_number(end.empty() ? start : end, parse_moment, flow.end);
        return are_sound ? std::string_view{} : reasons::time_unreadable;
    }

    void collect_names(std::span<std::string_view const> row) {
        names_.clear();
        if (auto const query = cell(row, CsvColumn::query); !query.empty()) names_.push_back({NameRole::query, query});
        auto const host = cell(row, CsvColumn::host);
        auto url = cell(row, CsvColumn::url);
        bool const lacks_scheme = host.empty() && !url.empty() && url.find("://") == std::string_view::npos;
        if (lacks_scheme) url = url_.assign("http://").append(url);
        if (auto const request = requested(host, url, path_); !request.text.empty()) names_.push_back(request);
        if (auto const sni = cell(row, CsvColumn::sni); !sni.empty()) names_.push_back({NameRole::sni, sni});
        for (auto const place : header_->hashes()) {
            if (auto const hash = trimmed(row[place]); !hash.empty()) names_.push_back({NameRole::file, hash});
        }
    }

    CsvColumns columns_;
    CsvReader reader_;
    bool has_delimiter_ = false;
    bool is_over_ = false;
    std::size_t rows_before_header_ = 0;
    std::optional<CsvHeader> header_;
    std::vector<std::string> header_row_;
    FlowBatch batch_;
    std::vector<SeenName> names_;
    std::string url_;
    std::string path_;
};

CsvFlowDecoder::CsvFlowDecoder(CsvColumns columns) : state_(std::make_unique<State>(std::move(columns))) {}
CsvFlowDecoder::~CsvFlowDecoder() = default;

std::size_t CsvFlowDecoder::consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
    return state_->consume(bytes, end, sink);
}

}  // namespace kula::formats
