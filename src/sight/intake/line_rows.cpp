#include <re2/re2.h>

#include <algorithm>
#include <memory>

#include "parts.hpp"
#include "row_readers.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

using formats::InputEnd;
using Bytes = std::span<std::byte const>;

class LineRows : public RowReader {
public:
    explicit LineRows(Reading const& reading)
        : columns_(reading.columns),
          comments_(reading.comments),
          notes_(reading.notes),
          ending_(reading.end),
          pattern_(reading.pattern, RE2::Latin1) {}

    std::size_t consume(Bytes bytes, InputEnd end, RowSink& sink) override {
        auto rest = as_text(bytes);
        while (!rest.empty()) {
            auto const line_end = rest.find('\n');
            if (line_end == std::string_view::npos && end == InputEnd::not_yet && rest.size() <= longest_cell) break;
            auto line = rest.substr(0, line_end);
            rest.remove_prefix(std::min(rest.size(), line.size() + 1));
            if (line.ends_with('\r')) line.remove_suffix(1);
            ++number_;
            take(line, sink);
        }
        if (end != InputEnd::not_yet && ending_.is_missing()) sink.cut(ending_.fault());
        return bytes.size() - rest.size();
    }

private:
    void take(std::string_view line, RowSink& sink) {
        auto const begin = line.find_first_not_of(" \t");
        if (begin == std::string_view::npos || notes_.take(line)) return;
        if (comments_.find(line[begin]) != std::string::npos) return ending_.take(line);
        if (line.size() > longest_cell)
            return sink.broken(number_, line.substr(0, 200), "the line is longer than 128 KiB");
        std::vector<re2::StringPiece> found(columns_.size() + 1);
        if (!pattern_.Match(re2::StringPiece(line.data(), line.size()), 0, line.size(), RE2::ANCHOR_BOTH, found.data(),
                            static_cast<int>(found.size())))
            return sink.broken(number_, line, "the line is not written as its feed's lines are");
        std::vector<std::string_view> cells;
        for (std::size_t at = 1; at < found.size(); ++at) cells.emplace_back(found[at].data(), found[at].size());
        Row row(columns_, cells);
        row.line = number_;
        row.raw = line;
        row.beside = notes_.cells();
        sink.row(row);
    }

    std::vector<std::string> const columns_;
    std::string const comments_;
    Notes notes_;
    Ending ending_;
    RE2 const pattern_;
    std::uint64_t number_ = 0;
};

}  // namespace

std::unique_ptr<RowReader> line_rows(Reading const& reading) { return std::make_unique<LineRows>(reading); }

}  // namespace kula::intake
