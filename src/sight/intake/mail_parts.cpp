#include "mail_parts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "content_format.hpp"
#include "row.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

using formats::MailMessage;
using Part = MailMessage::Part;

constexpr std::size_t most_told = 5;
constexpr std::size_t most_links = 3;
constexpr std::size_t longest_link = 120;

/// Media types that are read, with the ending that a file of them has.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> readable_types{
    {{"text/csv", ".csv"},
     {"application/csv", ".csv"},
     {"text/tab-separated-values", ".csv"},
     {"application/json", ".json"},
     {"text/json", ".json"},
     {"application/x-ndjson", ".json"},
     {"application/yaml", ".yaml"},
     {"text/yaml", ".yaml"},
     {"application/zip", ".zip"},
     {"application/x-zip-compressed", ".zip"},
     {"application/gzip", ".gz"},
     {"application/x-gzip", ".gz"},
     {"application/zstd", ".zst"},
     {"message/rfc822", ".eml"}}};
constexpr std::array<std::string_view, 12> readable_endings{".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".yaml",
                                                            ".yml", ".txt", ".zip",  ".gz",    ".zst",    ".eml"};

std::string_view ending_of_type(std::string_view type) {
    auto const found = std::find_if(readable_types.begin(), readable_types.end(),
                                    [&](auto const& each) { return each.first == type; });
    return found == readable_types.end() ? std::string_view() : found->second;
}

bool has_readable_name(Part const& part) {
    auto const name = base::lower_case(part.name);
    return std::any_of(readable_endings.begin(), readable_endings.end(),
                       [&](auto const& ending) { return name.ends_with(ending); });
}

bool is_readable(Part const& part) {
    return !part.is_encrypted && (has_readable_name(part) || !ending_of_type(part.media_type).empty());
}

/// What people read, or what only dresses it.
bool is_beside(Part const& part) {
    bool const is_body = !part.is_attached && part.media_type.starts_with("text/");
    return is_body || part.media_type.starts_with("image/") || part.media_type.ends_with("-signature");
}

/// Without folders; of one without a name, its number.
std::string name_of(Part const& part) {
    auto const name = part.name.substr(part.name.find_last_of("/\\") + 1);
    if (!name.empty()) return as_utf8(name);
    auto const ending = ending_of_type(part.media_type);
    return fmt::format("part {}{}", part.index + 1, ending.empty() ? ".txt" : ending);
}

std::string beginning_of(MailMessage const& mail, Part const& part) {
    std::string out;
    auto const enough = base::invalid("");
    static_cast<void>(mail.read(part, [&](std::span<std::byte const> piece) -> base::Result<void> {
        out += as_text(piece.first(std::min(piece.size(), longest_beginning - out.size())));
        if (out.size() == longest_beginning) return enough;
        return {};
    }));
    return out;
}

bool says_how(FileTold const& told) {
    bool const has_format = !told.format.empty() && told.format != "auto";
    return !told.mapping.empty() || has_format || Mappings::shipped().find(told.source).has_value();
}

class Choosing {
public:
    Choosing(MailMessage const& mail, FileTold const& told)
        : mail_(mail),
          told_(told),
          is_feedback_(std::any_of(mail.parts().begin(), mail.parts().end(),
                                   [](Part const& part) { return part.media_type == "message/feedback-report"; })) {}

    MailContents choose() {
        bool const is_report = is_feedback_ || mail_.header("X-XARF") || mail_.header("X-ARF");
        if (is_report) choose_report();
        if (out_.deliveries.empty()) choose_attached();
        if (out_.deliveries.empty()) choose_text();
        bool const is_nothing = out_.deliveries.empty();
        auto told = is_nothing || !is_report ? unread() : std::vector<std::string>();
        if (is_nothing) out_.reason = "it is a mail that holds nothing that can be read";
        if (!is_nothing && !told.empty()) out_.reason = "not all of the mail was read";
        if (!told.empty()) out_.reason += fmt::format(": {}", fmt::join(told, ", "));
        if (is_nothing) tell_links();
        return std::move(out_);
    }

private:
    /// The second part (X-ARF 0.1 and 0.2), or the one in JSON.
    void choose_report() {
        auto const& parts = mail_.parts();
        auto const is_named = [](Part const& part) {
            return part.media_type == "application/json" || base::lower_case(part.name) == "report.txt";
        };
        auto found = std::find_if(parts.begin(), parts.end(), is_named);
        if (found == parts.end() && parts.size() > 1 && parts[1].media_type.starts_with("text/"))
            found = parts.begin() + 1;
        if (found == parts.end() || found->is_encrypted) return;
        add(*found);
        if (!says_how(told_)) out_.deliveries.back().told.format = "xarf";
    }
    void choose_attached() {
        for (auto const& part : mail_.parts()) {
            bool const is_evidence = is_feedback_ && part.media_type == "message/rfc822";
            bool const is_one = is_readable(part) && !is_evidence;
            if (is_one && (part.is_attached || !part.media_type.starts_with("text/plain"))) add(part);
        }
    }
    void choose_text() {
        for (auto const& part : mail_.parts()) {
            if (part.is_encrypted || part.is_attached || part.media_type != "text/plain") continue;
            bool const is_one = says_how(told_) || !content_format(beginning_of(mail_, part)).empty();
            if (is_one) return add(part);
        }
    }
    void add(Part const& part) {
        auto inner = told_;
        inner.name = name_of(part);
        out_.deliveries.push_back({part, std::move(inner)});
    }
    [[nodiscard]] std::vector<std::string> unread() const {
        std::vector<std::string> out;
        for (auto const& part : mail_.parts()) {
            bool const is_read = std::any_of(out_.deliveries.begin(), out_.deliveries.end(),
                                             [&](auto const& each) { return each.part.index == part.index; });
            if (is_read || is_beside(part) || out.size() == most_told) continue;
            out.push_back(
                fmt::format("{} ({}{})", name_of(part), part.media_type, part.is_encrypted ? ", encrypted" : ""));
        }
        return out;
    }
    void tell_links() {
        static RE2 const link(R"((https?://[^\s<>"']+))");
        std::vector<std::string> links;
        for (auto const& part : mail_.parts()) {
            if (part.is_attached || part.media_type != "text/plain") continue;
            auto const text = as_utf8(beginning_of(mail_, part));
            re2::StringPiece rest(text);
            for (std::string found; links.size() < most_links && RE2::FindAndConsume(&rest, link, &found);)
                links.emplace_back(base::beginning(found, longest_link));
        }
        if (!links.empty()) out_.reason += fmt::format("; links in it were not followed: {}", fmt::join(links, " "));
    }

    MailMessage const& mail_;
    FileTold const& told_;
    bool const is_feedback_;  ///< A report on abuse (RFC 5965): a mail in it is what it is about.
    MailContents out_{};
};

}  // namespace

MailContents contents_of(MailMessage const& mail, FileTold const& told) { return Choosing(mail, told).choose(); }

}  // namespace kula::intake
