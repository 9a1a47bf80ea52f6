#include "parts.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "conversions.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

constexpr std::size_t longest_told_comment = 200;

void put(Cells& cells, std::string_view name, std::string_view value) {
    auto const found = std::find_if(cells.begin(), cells.end(), [&](auto const& each) { return each.first == name; });
    if (found == cells.end()) {
        cells.emplace_back(name, as_utf8(value));
    } else {
        found->second = as_utf8(value);
    }
}

std::string text_in(Row const& row, std::string_view column) {
    auto const cell = row.cell(column);
    return cell && cell->is_string() ? cell->get<std::string>() : std::string();
}

/// Where the pair ends that the text begins with.
std::size_t pair_length(std::string_view text, std::string_view between) {
    char quote = '\0';
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (quote != '\0') {
            if (c == quote) quote = '\0';
        } else if (c == '"') {
            quote = c;
        } else if (between.find(c) != std::string_view::npos) {
            return at;
        }
    }
    return text.size();
}

std::string_view without_quotes(std::string_view text) {
    bool const is_quoted = text.size() > 1 && text.front() == '"' && text.back() == '"';
    return is_quoted ? text.substr(1, text.size() - 2) : text;
}

void take_pairs(Apart const& apart, std::string_view text, Cells& cells) {
    while (!text.empty()) {
        auto const pair = text.substr(0, pair_length(text, apart.between));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        auto const equals = pair.find(apart.equals);
        if (equals == std::string_view::npos) continue;
        auto const name = without_quotes(trimmed(pair.substr(0, equals)));
        auto const value = without_quotes(trimmed(pair.substr(equals + apart.equals.size())));
        if (!name.empty() && !value.empty()) put(cells, name, value);
    }
}

}  // namespace

base::Result<NamedGroups> NamedGroups::parse(std::string const& expression) {
    RE2::Options options;
    options.set_log_errors(false);
    auto pattern = std::make_shared<RE2 const>(expression, options);
    if (!pattern->ok()) return base::invalid(no_expression(pattern->error()));
    if (pattern->NamedCapturingGroups().empty()) return base::invalid("has no named group, `(?P<name>…)`");
    return NamedGroups(std::move(pattern));
}

bool NamedGroups::take(std::string_view text, Cells& cells) const {
    auto const count = 1 + pattern_->NumberOfCapturingGroups();
    std::vector<re2::StringPiece> found(static_cast<std::size_t>(count));
    auto const whole = as_utf8(text);
    if (!pattern_->Match(whole, 0, whole.size(), RE2::UNANCHORED, found.data(), count)) return false;
    for (auto const& [name, at] : pattern_->NamedCapturingGroups()) {
        auto const& group = found.at(static_cast<std::size_t>(at));
        if (!group.empty()) put(cells, name, {group.data(), group.size()});
    }
    return true;
}

void take_apart(Apart const& apart, Row const& row, Cells& cells) {
    auto const text = text_in(row, apart.column);
    if (!apart.between.empty()) take_pairs(apart, text, cells);
    for (auto const& pattern : apart.patterns) pattern.take(text, cells);
}

std::vector<Json> elements_of(Several const& several, Row const& row) {
    std::vector<Json> out;
    auto const cell = row.cell(several.column);
    if (cell && cell->is_array()) out.assign(cell->begin(), cell->end());
    if (!cell || !cell->is_string() || several.between.empty()) return out;
    auto const text = cell->get<std::string>();
    for (std::string_view rest = text; !rest.empty();) {
        auto const end = rest.find_first_of(several.between);
        auto const one = trimmed(rest.substr(0, end));
        if (!one.empty()) out.emplace_back(std::string(one));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return out;
}

Notes::Notes(std::vector<std::string> const& expressions) {
    for (auto const& expression : expressions) {
        auto pattern = NamedGroups::parse(expression);
        base::must(pattern.has_value(), "the mapping's notes were checked when it was parsed");
        patterns_.push_back(std::move(*pattern));
    }
}

bool Notes::take(std::string_view line) {
    bool is_one = false;
    for (auto const& pattern : patterns_) is_one = pattern.take(line, cells_) || is_one;
    return is_one;
}

Ending::Ending(std::string const& expression) {
    if (!expression.empty()) pattern_ = std::make_shared<RE2 const>(expression, RE2::Quiet);
}

std::string Ending::fault() const {
    std::string out = "no comment says that it is whole";
    return last_.empty() ? out : out + "; the last says: " + last_;
}

void Ending::take(std::string_view comment) {
    if (!is_missing()) return;
    last_ = as_utf8(base::beginning(comment, longest_told_comment));
    is_there_ = RE2::PartialMatch(re2::StringPiece(comment.data(), comment.size()), *pattern_);
}

}  // namespace kula::intake
