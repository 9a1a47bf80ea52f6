#include "indicators/list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "formats/csv.hpp"
#include "list_csv.hpp"
#include "list_line.hpp"

namespace kula::indicators {
namespace {

constexpr std::size_t longest_line = 64 * 1024;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

class ListReader::Inside {
public:
    Inside(ListOptions options, ListVisitor visitor) : options_(std::move(options)), visitor_(std::move(visitor)) {
        if (options_.layout == Layout::plain) state_ = State::plain;
        if (options_.layout == Layout::automatic && !options_.columns.value.empty()) options_.layout = Layout::csv;
    }

    void feed(std::string_view piece) {
        while (!piece.empty() && state_ != State::csv) {
            auto const* const end = static_cast<char const*>(std::memchr(piece.data(), '\n', piece.size()));
            if (end == nullptr) return hold(piece);
            auto const length = static_cast<std::size_t>(end - piece.data());
            if (held_.empty() && !overlong_) {
                take_line(piece.substr(0, length));
            } else {
                hold(piece.substr(0, length));
                take_held();
            }
            piece.remove_prefix(length + 1);
        }
        if (!piece.empty()) feed_rows(piece, formats::InputEnd::not_yet);
    }

    base::Result<ImportReport> finish() {
        if (!held_.empty()) take_held();
        if (state_ == State::csv) feed_rows({}, formats::InputEnd::reached);
        if (columns_.has_error()) return columns_.error();
        return std::move(report_);
    }

private:
    enum class State : std::uint8_t { undecided, plain, csv };

    void hold(std::string_view part) {
        auto const room = longest_line - held_.size();
        held_.append(part.substr(0, room));
        overlong_ = overlong_ || part.size() > room;
    }

    void take_held() {
        if (overlong_) {
            ++line_;
            ++report_.read;
            skip(line_, held_, fmt::format("longer than {} bytes", longest_line));
        } else {
            take_line(held_);
        }
        held_.clear();
        overlong_ = false;
    }

    void take_line(std::string_view line) {
        ++line_;
        if (line_ == 1 && line.substr(0, byte_order_mark.size()) == byte_order_mark) {
            line.remove_prefix(byte_order_mark.size());
        }
        line = trim_blanks(line);
        if (state_ == State::undecided && decide(line)) return;
        if (is_silent_line(line)) return;
        ++report_.read;
        attributes_ = {};
        auto value = parse_plain_line(line, options_.reserved, attributes_);
        if (value.has_error() && options_.layout == Layout::automatic) {
            if (auto cell = parse_cells(line); cell.has_value()) value = std::move(cell);
        }
        if (value.has_error()) return skip(line_, line, value.error().detail);
        ++report_.taken;
        visitor_(*value, attributes_);
    }

    // A row of a table without a header: the first column that holds an indicator is the one, from then on.
    base::Result<Value> parse_cells(std::string_view line) {
        auto const delimiter = formats::CsvReader::delimiter_of(line);
        if (line.find(delimiter) == std::string_view::npos) return base::invalid("no table");
        auto const cells = split_row(line, delimiter);
        std::vector<std::string_view> const views(cells.begin(), cells.end());
        Attributes none;
        return cells_.read(views, options_.reserved, none);
    }

    // Is it CSV, and has this line been dealt with as such?
    bool decide(std::string_view line) {
        if (is_silent_line(line)) {
            if (!line.empty() && looks_like_header(line.substr(1), Header::commented))
                commented_header_ = line.substr(1);
            return false;
        }
        Attributes ignored;
        bool const plain =
            options_.layout == Layout::automatic && parse_plain_line(line, ReservedSpace::allow, ignored).has_value();
        bool const header = !plain && looks_like_header(line, Header::bare);
        if (plain || (!header && commented_header_.empty() && options_.layout == Layout::automatic)) {
            state_ = State::plain;
            return false;
        }
        state_ = State::csv;
        bool const use_comment = !header && !commented_header_.empty();
        take_header(use_comment ? std::string(commented_header_) : std::string(line));
        lines_before_ = use_comment ? line_ - 1 : line_;
        if (use_comment) feed_rows(std::string(line) + "\n", formats::InputEnd::not_yet);
        return true;
    }

    enum class Header : std::uint8_t { bare, commented };

    bool looks_like_header(std::string_view line, Header header) const {
        auto const delimiter = formats::CsvReader::delimiter_of(line);
        if (line.find(delimiter) == std::string_view::npos) return false;
        auto const fields = split_row(line, delimiter);
        // A remark in words is no header, even if it names one.
        bool const words = std::any_of(fields.begin(), fields.end(), [](std::string const& field) {
            return field.empty() || field.find(' ') != std::string::npos;
        });
        if (header == Header::commented && (words || fields.size() < 2)) return false;
        std::vector<std::string_view> const views(fields.begin(), fields.end());
        if (!options_.columns.value.empty()) return Columns::of(views, options_.columns).has_value();
        return Columns::names_a_value(views);
    }

    static std::vector<std::string> split_row(std::string_view line, char delimiter) {
        formats::CsvReader reader(delimiter);
        std::vector<std::string> out;
        auto rest = std::as_bytes(std::span(line.data(), line.size()));
        if (reader.next(rest, formats::InputEnd::reached) == formats::CsvReader::Next::row) {
            for (auto const field : reader.fields()) out.emplace_back(trim_blanks(field));
        }
        return out;
    }

    void take_header(std::string const& line) {
        auto const delimiter = formats::CsvReader::delimiter_of(line);
        rows_.use_delimiter(delimiter);
        auto const fields = split_row(line, delimiter);
        std::vector<std::string_view> const views(fields.begin(), fields.end());
        columns_ = Columns::of(views, options_.columns);
    }

    void feed_rows(std::string_view piece, formats::InputEnd end) {
        unread_.append(piece);
        auto rest = std::as_bytes(std::span(unread_.data(), unread_.size()));
        for (;;) {
            auto const next = rows_.next(rest, end);
            if (next == formats::CsvReader::Next::nothing) break;
            take_row(next);
        }
        unread_.erase(0, unread_.size() - rest.size());
    }

    void take_row(formats::CsvReader::Next next) {
        auto const line = lines_before_ + rows_.line();
        auto const fields = rows_.fields();
        bool const broken = next == formats::CsvReader::Next::broken;
        if (columns_.has_error()) return;
        if (!broken && (fields.empty() || (!fields[0].empty() && fields[0].front() == '#'))) return;
        ++report_.read;
        if (broken) return skip(line, {}, std::string(rows_.reason()));
        attributes_ = {};
        auto const value = columns_->read(fields, options_.reserved, attributes_);
        if (value.has_error()) return skip(line, joined(fields), value.error().detail);
        ++report_.taken;
        visitor_(*value, attributes_);
    }

    static std::string joined(std::span<std::string_view const> fields) {
        std::string out;
        for (auto const field : fields) {
            if (!out.empty()) out += ',';
            out += field.substr(0, longest_skipped_text);
            if (out.size() > longest_skipped_text) break;
        }
        return out;
    }

    void skip(std::uint64_t line, std::string_view text, std::string reason) {
        ++report_.skipped;
        if (report_.first_skipped.size() >= options_.skipped_kept) return;
        report_.first_skipped.push_back({line, shown(text), std::move(reason)});
    }

    ListOptions options_;
    ListVisitor visitor_;
    ImportReport report_;
    Attributes attributes_;
    State state_ = State::undecided;
    std::string held_;
    bool overlong_ = false;
    std::uint64_t line_ = 0;

    std::string commented_header_;
    base::Result<Columns> columns_{Columns()};
    Columns cells_;  ///< Of rows that no header tells of.
    formats::CsvReader rows_;
    std::string unread_;
    std::uint64_t lines_before_ = 0;
};

ListReader::ListReader(ListOptions options, ListVisitor visitor)
    : inside_(std::make_unique<Inside>(std::move(options), std::move(visitor))) {}
ListReader::~ListReader() = default;
ListReader::ListReader(ListReader&&) noexcept = default;
ListReader& ListReader::operator=(ListReader&&) noexcept = default;

void ListReader::feed(std::string_view piece) { inside_->feed(piece); }
base::Result<ImportReport> ListReader::finish() { return inside_->finish(); }

}  // namespace kula::indicators
