#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

#include <algorithm>

#include "formats/csv.hpp"
#include "parts.hpp"
#include "row_readers.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

using formats::CsvReader;
using formats::InputEnd;
using Bytes = std::span<std::byte const>;

/// Without the line end behind it.
std::string_view without_end(std::string_view row) {
    auto const end = row.find_last_not_of("\r\n");
    return row.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

constexpr std::size_t most_columns = 2000;

class CsvRows : public RowReader {
public:
    CsvRows(Reading const& reading, std::vector<std::vector<std::string>> needed)
        : reading_(reading),
          needed_(std::move(needed)),
          header_(reading.header, RE2::Quiet),
          notes_(reading.notes),
          ending_(reading.end),
          names_(reading.columns) {
        if (reading_.delimiter != '\0') csv_.use_delimiter(reading_.delimiter);
        if (!names_.empty()) header_is_known_ = true;
        csv_.begin_behind_mark();
    }

    std::size_t consume(Bytes bytes, InputEnd end, RowSink& sink) override {
        auto text = as_text(bytes);
        if (!is_past_mark_ && !step_over_mark(text, end == InputEnd::not_yet)) return 0;
        is_past_mark_ = true;
        auto rest = bytes.last(text.size());
        finish_broken_row(rest);
        while (!is_refused_ && step_over_comments(rest, end, sink) && choose_delimiter(rest, end)) {
            auto const before = rest;
            auto const found = csv_.next(rest, end);
            auto const raw = without_end(as_text(before.first(before.size() - rest.size())));
            if (found == CsvReader::Next::nothing) break;
            if (found == CsvReader::Next::broken) {
                if (end != InputEnd::not_yet && rest.empty()) sink.cut(breaks_off);
                sink.broken(line(), raw, csv_.reason());
            } else {
                take(raw, sink, end != InputEnd::not_yet && rest.empty() && as_text(before).back() != '\n');
            }
        }
        if (end != InputEnd::not_yet && ending_.is_missing()) sink.cut(ending_.fault());
        return is_refused_ ? bytes.size() : bytes.size() - rest.size();
    }

private:
    /// The rest of its line, and no more: a comment may stand behind it.
    void finish_broken_row(Bytes& rest) {
        if (rest.empty() || !csv_.is_inside_broken_row()) return;
        auto const line_end = as_text(rest).find('\n');
        auto const length = line_end == std::string_view::npos ? rest.size() : line_end + 1;
        auto line = rest.first(length);
        csv_.next(line, InputEnd::not_yet);
        rest = rest.subspan(length);
    }
    [[nodiscard]] std::uint64_t line() const { return csv_.line() + comment_lines_; }

    /// Comments and empty lines stand between rows. False while it cannot be told whether one begins here.
    bool step_over_comments(Bytes& rest, InputEnd end, RowSink& sink) {
        while (!rest.empty()) {
            auto const text = as_text(rest);
            bool const is_comment = reading_.comments.find(text.front()) != std::string::npos;
            if (text == "\r" && end == InputEnd::not_yet) return false;
            if (!is_comment && !text.starts_with('\n') && !text.starts_with("\r\n")) break;
            auto const line_end = text.find('\n');
            if (line_end == std::string_view::npos && end == InputEnd::not_yet) return false;
            if (is_comment) take_comment(without_end(text.substr(0, line_end)), sink);
            rest = line_end == std::string_view::npos ? Bytes() : rest.subspan(line_end + 1);
            ++comment_lines_;
        }
        return !rest.empty() && !is_refused_;
    }
    void take_comment(std::string_view line, RowSink& sink) {
        notes_.take(line);
        ending_.take(line);
        re2::StringPiece header;
        bool const is_header = !header_is_known_ && !reading_.header.empty() &&
                               RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), header_, &header);
        if (!is_header) return;
        std::string_view const text(header.data(), header.size());
        auto const delimiter = reading_.delimiter != '\0' ? reading_.delimiter : CsvReader::delimiter_of(text);
        CsvReader reader;
        reader.use_delimiter(delimiter);
        csv_.use_delimiter(delimiter);
        Bytes rest = std::as_bytes(std::span(text));
        if (reader.next(rest, InputEnd::reached) != CsvReader::Next::row) return;
        cells_.assign(reader.fields().begin(), reader.fields().end());
        take_header(sink);
    }
    /// The header line tells it where the mapping does not.
    bool choose_delimiter(Bytes rest, InputEnd end) {
        if (header_is_known_ || reading_.delimiter != '\0') return true;
        auto const line_end = as_text(rest).find('\n');
        if (line_end == std::string_view::npos && end == InputEnd::not_yet) return false;
        csv_.use_delimiter(CsvReader::delimiter_of(as_text(rest).substr(0, line_end)));
        return true;
    }
    void take(std::string_view raw, RowSink& sink, bool ends_the_text) {
        cells_.assign(csv_.fields().begin(), csv_.fields().end());
        if (reading_.trims)
            for (auto& cell : cells_) cell = trimmed(cell);
        if (!header_is_known_) return take_header(sink);
        if (std::any_of(cells_.begin(), cells_.end(), [](auto cell) { return cell.size() > longest_cell; }))
            return sink.broken(line(), raw, "a cell is longer than 128 KiB");
        if (cells_.size() > names_.size()) return sink.broken(line(), raw, "the row has more cells than the header");
        if (cells_.size() < names_.size()) {
            if (ends_the_text) sink.cut(breaks_off);
            return sink.broken(line(), raw, "the row has fewer cells than the header");
        }
        Row row(names_, cells_);
        row.line = line();
        row.raw = raw;
        row.beside = notes_.cells();
        sink.row(row);
    }
    void take_header(RowSink& sink) {
        header_is_known_ = true;
        if (cells_.size() > most_columns) {
            is_refused_ = true;
            return sink.refuse("the header has more than 2,000 columns");
        }
        for (auto const cell : cells_) {
            auto name = as_utf8(trimmed(cell));
            bool const is_taken = std::find(names_.begin(), names_.end(), name) != names_.end();
            if (name.empty() || is_taken)
                name += fmt::format("{}column {}", name.empty() ? "" : " ", names_.size() + 1);
            names_.push_back(std::move(name));
        }
        auto const is_there = [&](auto const& column) {
            return std::find(names_.begin(), names_.end(), column) != names_.end();
        };
        for (auto const& columns : needed_) {
            if (std::any_of(columns.begin(), columns.end(), is_there)) continue;
            is_refused_ = true;
            return sink.refuse(fmt::format("the header has no column `{}`", fmt::join(columns, " or ")));
        }
    }

    Reading const reading_;
    std::vector<std::vector<std::string>> const needed_;
    RE2 const header_;
    Notes notes_;
    Ending ending_;
    CsvReader csv_;
    std::vector<std::string> names_;
    std::vector<std::string_view> cells_{};
    bool is_past_mark_ = false;
    bool header_is_known_ = false;
    bool is_refused_ = false;
    std::uint64_t comment_lines_ = 0;
};

}  // namespace

std::unique_ptr<RowReader> csv_rows(Reading const& reading, std::vector<std::vector<std::string>> needed) {
    return std::make_unique<CsvRows>(reading, std::move(needed));
}

std::unique_ptr<RowReader> reader_for(Mapping const& mapping) {
    auto const& reading = mapping.reading();
    switch (reading.form) {
        case Reading::Form::json: return json_rows(reading);
        case Reading::Form::yaml: return yaml_rows(reading);
        case Reading::Form::misp: return misp_rows();
        case Reading::Form::lines: return line_rows(reading);
        case Reading::Form::csv: break;
    }
    return csv_rows(reading, mapping.needed());
}

}  // namespace kula::intake
