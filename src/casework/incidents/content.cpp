#include "content.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "indicators/rsit.hpp"
#include "registry/vocabulary.hpp"

namespace kula::incidents {
namespace {

using registry::LineBreaks;

/// `T1486`, `T1566.002`.
bool is_technique(std::string_view text) {
    auto const digits = [](std::string_view part) { return std::all_of(part.begin(), part.end(), base::is_digit); };
    if (text.size() != 5 && text.size() != 9) return false;
    if (text.front() != 'T' || !digits(text.substr(1, 4))) return false;
    return text.size() == 5 || (text[5] == '.' && digits(text.substr(6)));
}

/// Trimmed, each once, in the order in which they were told.
std::vector<std::string> each_once(std::vector<std::string> const& texts) {
    std::vector<std::string> out;
    for (auto const& text : texts) {
        auto trimmed = std::string(base::trimmed(text));
        if (std::find(out.begin(), out.end(), trimmed) == out.end()) out.push_back(std::move(trimmed));
    }
    return out;
}

void check_lines(base::Checks& checks, std::string_view field, std::vector<std::string> const& texts,
                 std::size_t longest) {
    checks.expect(texts.size() <= most_listed, field, fmt::format("has more than {} entries", most_listed));
    for (auto const& text : texts) {
        checks.expect(!text.empty(), field, "holds an empty entry");
        checks.expect(text.size() <= longest, field,
                      fmt::format("holds an entry that is longer than {} bytes", longest));
        checks.expect(registry::is_clean(text, LineBreaks::refuse), field, "holds control characters or is no UTF-8");
    }
}

void check_class(base::Checks& checks, IncidentContent const& content) {
    auto const& rsit = indicators::Rsit::shipped();
    bool const is_known = rsit.find(content.rsit_class) != nullptr;
    checks.expect(is_known, "class", "is no RSIT class");
    checks.expect(!content.rsit_type.empty(), "type", "is empty");
    checks.expect(!is_known || rsit.check(content.rsit_class, content.rsit_type).has_value(), "type",
                  fmt::format("is no RSIT type of the class `{}`", content.rsit_class));
}

}  // namespace

void check_text(base::Checks& checks, std::string_view field, std::string const& text, std::size_t longest,
                LineBreaks line_breaks) {
    checks.expect(text.size() <= longest, field, fmt::format("is longer than {} bytes", longest));
    checks.expect(registry::is_clean(text, line_breaks), field, "holds control characters or is no UTF-8");
}

void check_readers(base::Checks& checks, base::Marking const& marking, base::Readers& readers,
                   base::Clearance const& writer) {
    if (marking.tlp != base::Tlp::red) {
        checks.expect(readers.empty(), "readers", "are named under TLP:RED only");
    } else if (readers.empty()) {
        checks.expect(writer.person().has_value(), "readers", "is empty");
        if (writer.person()) readers = *base::Readers::of({*writer.person()});
    }
}

base::Result<std::string> checked_text(std::string_view field, std::string_view text, std::size_t longest) {
    std::string out(base::trimmed(text));
    base::Checks checks;
    check_text(checks, field, out, longest, LineBreaks::allow);
    if (auto wrong = checks.error()) return std::move(*wrong);
    return out;
}

base::Result<IncidentContent> checked(IncidentContent content, base::Clearance const& writer) {
    base::Checks checks;
    content.title = base::trimmed(content.title);
    content.summary = base::trimmed(content.summary);
    for (auto* const list : {&content.sectors, &content.services, &content.tags, &content.techniques})
        *list = each_once(*list);
    for (auto& tag : content.tags) tag = base::lower_case(tag);
    content.tags = each_once(content.tags);
    checks.expect(!content.title.empty(), "title", "is empty");
    check_text(checks, "title", content.title, longest_title, LineBreaks::refuse);
    check_text(checks, "summary", content.summary, longest_markdown, LineBreaks::allow);
    check_class(checks, content);
    check_readers(checks, content.marking, content.readers, writer);
    checks.expect(content.sectors.size() <= most_sectors, "sectors",
                  fmt::format("has more than {} entries", most_sectors));
    for (auto const& sector : content.sectors) checks.expect(registry::is_sector(sector), "sectors", "is unknown");
    check_lines(checks, "services", content.services, longest_service);
    check_lines(checks, "tags", content.tags, longest_tag);
    check_lines(checks, "techniques", content.techniques, longest_tag);
    checks.expect(std::all_of(content.techniques.begin(), content.techniques.end(), is_technique), "techniques",
                  "holds one that is no technique of ATT&CK");
    if (auto wrong = checks.error()) return std::move(*wrong);
    return content;
}

Json to_json(IncidentContent const& content) {
    auto const moment = [](std::optional<base::Instant> const& at) {
        return at ? Json(base::to_seconds_text(*at)) : Json(nullptr);
    };
    Json readers = Json::array();
    for (auto const& person : content.readers.people()) readers.push_back(person.text());
    return {{"title", content.title},
            {"summary", content.summary.empty() ? Json(nullptr) : Json(content.summary)},
            {"class", content.rsit_class},
            {"type", content.rsit_type},
            {"severity", findings::to_text(content.severity)},
            {"tlp", base::to_text(content.marking.tlp)},
            {"pap", base::to_text(content.marking.pap)},
            {"readers", std::move(readers)},
            {"lead", content.lead ? Json(content.lead->text()) : Json(nullptr)},
            {"cross_border", content.is_cross_border},
            {"sectors", content.sectors},
            {"services", content.services},
            {"tags", content.tags},
            {"techniques", content.techniques},
            {"happened_at", moment(content.happened_at)},
            {"detected_at", moment(content.detected_at)}};
}

Json difference(IncidentContent const& before, IncidentContent const& after) {
    auto const was = to_json(before), is = to_json(after);
    if (was == is) return nullptr;
    Json from = Json::object(), to = Json::object();
    for (auto const& [name, value] : is.items()) {
        if (was.at(name) == value) continue;
        from[name] = was.at(name);
        to[name] = value;
    }
    return {{"before", std::move(from)}, {"after", std::move(to)}};
}

}  // namespace kula::incidents
