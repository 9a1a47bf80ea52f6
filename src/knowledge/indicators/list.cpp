#include "indicators/list.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "list_line.hpp"

namespace kula::indicators {
namespace {

constexpr std::size_t longest_line = 64 * 1024;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

class ListReader::Inside {
public:
    Inside(ListOptions options, ListVisitor visitor) : options_(std::move(options)), visitor_(std::move(visitor)) {}

    void feed(std::string_view piece) {
        while (!piece.empty()) {
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
    }

    ImportReport finish() {
        if (!held_.empty()) take_held();
        return std::move(report_);
    }

private:
    void hold(std::string_view part) {
        auto const room = longest_line - held_.size();
        held_.append(part.substr(0, room));
        overlong_ = overlong_ || part.size() > room;
    }

    void take_held() {
        if (overlong_) {
            ++line_;
            ++report_.read;
            skip(held_, fmt::format("longer than {} bytes", longest_line));
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
        if (is_silent_line(line)) return;
        ++report_.read;
        attributes_ = {};
        auto const value = parse_plain_line(line, options_.reserved, attributes_);
        if (value.has_error()) return skip(line, value.error().detail);
        ++report_.taken;
        visitor_(*value, attributes_);
    }

    void skip(std::string_view text, std::string reason) {
        ++report_.skipped;
        if (report_.first_skipped.size() >= options_.skipped_kept) return;
        report_.first_skipped.push_back({line_, shown(text), std::move(reason)});
    }

    ListOptions options_;
    ListVisitor visitor_;
    ImportReport report_;
    Attributes attributes_;
    std::string held_;
    bool overlong_ = false;
    std::uint64_t line_ = 0;
};

ListReader::ListReader(ListOptions options, ListVisitor visitor)
    : inside_(std::make_unique<Inside>(std::move(options), std::move(visitor))) {}
ListReader::~ListReader() = default;
ListReader::ListReader(ListReader&&) noexcept = default;
ListReader& ListReader::operator=(ListReader&&) noexcept = default;

void ListReader::feed(std::string_view piece) { inside_->feed(piece); }
ImportReport ListReader::finish() { return inside_->finish(); }

std::string source_name_of(std::filesystem::path const& file) {
    auto name = file.filename();
    if (name.extension() == ".gz" || name.extension() == ".zst") name = name.stem();
    return name.stem().string();
}

}  // namespace kula::indicators
