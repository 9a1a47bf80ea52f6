#include "content_format.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "base/ascii.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

constexpr std::size_t deepest_row = 64;  // of which names are told

/// The text of JSON that begins at `at`, which then is at its closing quote; whether it is a member's name.
bool take_name(std::string_view text, std::size_t& at, std::string_view& name) {
    auto const begin = ++at;
    while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2U : 1U;
    auto const behind = text.find_first_not_of(" \t\r\n", std::min(at + 1, text.size()));
    name = text.substr(begin, at - begin);
    return behind != std::string_view::npos && text[behind] == ':';
}

/// Names of the outermost object's members, or of those of the first object in a list, as far as they have come.
std::vector<std::string_view> outer_names(std::string_view text) {
    std::vector<std::string_view> out;
    std::size_t const wanted = text.starts_with('[') ? 2 : 1;
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') {
            if (depth <= wanted && c == '}') break;
            --depth;
        }
        std::string_view name;
        if (c == '"' && take_name(text, at, name) && depth == wanted) out.push_back(name);
    }
    return out;
}

std::size_t count_of(std::vector<std::string_view> const& names, std::span<std::string_view const> wanted) {
    return static_cast<std::size_t>(std::count_if(wanted.begin(), wanted.end(), [&](auto name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    }));
}

bool is_uuid(std::string_view name) {
    static RE2 const uuid("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    return RE2::FullMatch(re2::StringPiece(name.data(), name.size()), uuid);
}

std::string_view json_format(std::string_view text) {
    constexpr std::array<std::string_view, 1> four{"xarf_version"};
    constexpr std::array<std::string_view, 4> three{"ReporterInfo", "Report", "Disclosure", "Version"};
    constexpr std::array<std::string_view, 1> event{"Event"};
    constexpr std::array<std::string_view, 2> lists{"Attribute", "Object"};
    auto const names = outer_names(text);
    auto const holds = [&](std::string_view what) { return text.find(what) != std::string_view::npos; };
    if (count_of(names, four) > 0 || count_of(names, three) > 1) return "xarf";
    bool const are_attributes = count_of(names, lists) > 0 && holds("\"to_ids\"");
    static RE2 const answer(R"(\{\s*"response"\s*:\s*(?:\[\s*\{\s*"Event"|\{\s*"Attribute"))");
    if (count_of(names, event) > 0 || are_attributes ||
        RE2::PartialMatch(re2::StringPiece(text.data(), std::min<std::size_t>(text.size(), 400)), answer))
        return "misp";
    constexpr std::array<std::string_view, 2> catalogue{"catalogVersion", "vulnerabilities"};
    if (count_of(names, catalogue) == 2) return "kev";
    bool const is_manifest = !names.empty() && std::all_of(names.begin(), names.end(), is_uuid) && holds("\"Orgc\"");
    return is_manifest ? "misp" : "";
}

/// Names in front of a colon at lines' beginnings, in lower case, down to the first line that has none and is no
/// continuation.
std::vector<std::string> head_names(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (line.starts_with(' ') || line.starts_with('\t')) continue;
        auto const name = line.substr(0, line.find(':'));
        bool const is_name = name.size() < line.size() && !name.empty() &&
                             std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7f'; });
        if (!is_name) break;
        out.push_back(base::lower_case(name));
    }
    return out;
}

template <std::size_t size>
std::size_t count_of(std::vector<std::string> const& names, std::array<std::string_view, size> const& wanted) {
    std::vector<std::string_view> const views(names.begin(), names.end());
    return count_of(views, std::span<std::string_view const>(wanted));
}

/// An object or a list that is open.
struct OpenValue {
    std::string prefix;  ///< Of its members' names.
    bool holds_cells;    ///< It is a row, or an object in one.
    bool holds_rows;     ///< It is the outermost list.
};

OpenValue opened(char bracket, std::vector<OpenValue> const& open, std::string_view name) {
    bool const is_outermost = open.empty() || open.back().holds_rows;
    if (bracket == '[') return {"", false, open.empty()};
    if (is_outermost) return {"", true, false};
    return {open.back().prefix + std::string(name) + '.', open.back().holds_cells, false};
}

}  // namespace

std::vector<std::string> cell_names(std::string_view beginning) {
    step_over_mark(beginning, false);
    std::vector<std::string> out;
    std::vector<OpenValue> open;
    std::string_view name;
    for (std::size_t at = 0; at < beginning.size() && open.size() <= deepest_row; ++at) {
        char const c = beginning[at];
        if (c == '{' || c == '[') open.push_back(opened(c, open, name));
        if ((c == '}' || c == ']') && !open.empty()) open.pop_back();
        if (c == '"' && take_name(beginning, at, name) && !open.empty() && open.back().holds_cells)
            out.push_back(open.back().prefix + std::string(name));
    }
    return out;
}

bool is_json(std::string_view beginning) {
    step_over_mark(beginning, false);
    auto const text = base::trimmed(beginning);
    return text.starts_with('{') || text.starts_with('[');
}

bool has_member(std::string_view beginning, std::string_view name) {
    step_over_mark(beginning, false);
    auto const names = outer_names(base::trimmed(beginning));
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string_view content_format(std::string_view beginning) {
    step_over_mark(beginning, false);
    auto const begin = beginning.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return "";
    auto text = beginning.substr(begin);
    if (text.front() == '{' || text.front() == '[') return json_format(text);
    static RE2 const hashes("[0-9a-f]{32},[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\r?\n");
    re2::StringPiece start(text.data(), std::min<std::size_t>(text.size(), 80));
    if (RE2::Consume(&start, hashes)) return "misp";
    static RE2 const exploited(R"("?cveID"?,"?vendorProject"?,)");
    static RE2 const scores(R"((?:#model_version:[^\n]{0,200}\n)?"?cve"?,"?epss"?(?:,"?percentile"?)?\r?\n)");
    re2::StringPiece top(text.data(), std::min<std::size_t>(text.size(), 400));
    if (RE2::Consume(&top, exploited)) return "kev_csv";
    if (RE2::Consume(&top, scores)) return "epss";
    constexpr std::string_view document = "---";
    if (text.starts_with(document)) text.remove_prefix(std::min(text.size(), text.find('\n') + 1));
    constexpr std::array<std::string_view, 5> xarf{"reported-from", "report-type", "report-id", "schema-url",
                                                   "source-type"};
    return count_of(head_names(text), xarf) > 1 ? "xarf" : "";
}

bool is_mail(std::string_view beginning) {
    step_over_mark(beginning, false);
    auto const begin = beginning.find_first_not_of("\r\n");
    if (begin == std::string_view::npos) return false;
    auto text = beginning.substr(begin);
    // The line that a mailbox has in front of each.
    if (text.starts_with("From ")) text.remove_prefix(std::min(text.size(), text.find('\n') + 1));
    constexpr std::array<std::string_view, 3> telling{"from", "received", "mime-version"};
    constexpr std::array<std::string_view, 10> usual{"from",    "received",    "mime-version", "to",
                                                     "date",    "message-id",  "content-type", "return-path",
                                                     "subject", "delivered-to"};
    auto const names = head_names(text);
    return count_of(names, telling) > 0 && count_of(names, usual) > 1;
}

}  // namespace kula::intake
