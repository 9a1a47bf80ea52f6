#include "zeek_header.hpp"

#include <algorithm>
#include <charconv>

namespace kula::formats {
namespace {

/// `\x09`, or the character itself.
char read_separator(std::string_view text) {
    if (text.size() >= 4 && text.substr(0, 2) == "\\x") {
        unsigned value = 0;
        auto const [end, fault] = std::from_chars(text.data() + 2, text.data() + 4, value, 16);
        if (fault == std::errc{} && end == text.data() + 4) return static_cast<char>(value);
    }
    return text.empty() ? '\t' : text.front();
}

/// What stands behind `#name` and one separator.
std::optional<std::string_view> value_of(std::string_view line, std::string_view name) {
    if (line.substr(0, name.size()) != name || line.size() <= name.size()) return std::nullopt;
    return line.substr(name.size() + 1);
}

template <class Visit>
void for_each_part(std::string_view line, char separator, Visit&& visit) {
    for (;;) {
        auto const end = line.find(separator);
        visit(line.substr(0, end));
        if (end == std::string_view::npos) return;
        line.remove_prefix(end + 1);
    }
}

}  // namespace

void ZeekHeader::read(std::string_view line) {
    if (auto const separator = value_of(line, "#separator")) {
        *this = ZeekHeader();
        separator_ = read_separator(*separator);
    } else if (auto const set_separator = value_of(line, "#set_separator")) {
        set_separator_ = read_separator(*set_separator);
    } else if (auto const empty = value_of(line, "#empty_field")) {
        empty_ = *empty;
    } else if (auto const unset = value_of(line, "#unset_field")) {
        unset_ = *unset;
    } else if (auto const path = value_of(line, "#path")) {
        path_ = *path;
    } else if (auto const fields = value_of(line, "#fields")) {
        read_fields(*fields);
    }
}

void ZeekHeader::read_fields(std::string_view names) {
    columns_.clear();
    ZeekLine present;
    for_each_part(names, separator_, [&](std::string_view name) {
        columns_.push_back(zeek_field(name));
        if (columns_.back()) present.set(*columns_.back(), name);
    });
    auto const by_fields = zeek_log_by_fields(present);
    log_ = path_.empty() ? by_fields.value_or(ZeekLog::other) : zeek_log(path_);
    is_unknown_ = path_.empty() && !by_fields;
}

bool ZeekHeader::split(std::string_view line, ZeekLine& fields) const {
    fields = {};
    fields.separator = set_separator_;
    std::size_t place = 0;
    for_each_part(line, separator_, [&](std::string_view text) {
        if (place < columns_.size() && columns_[place]) {
            bool const is_absent = text == unset_ || text == empty_;
            fields.set(*columns_[place], is_absent ? text.substr(0, 0) : text);
        }
        ++place;
    });
    return place == columns_.size();
}

}  // namespace kula::formats
