#include "formats/delivery_report.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "gmime.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t most_outcomes = 100;
constexpr std::size_t longest_diagnostic = 500;
constexpr std::size_t longest_told = 1 << 20;  // bytes of one part that are looked at

/// One line, without blanks around it, at most so many bytes.
std::string line_of(std::string_view text, std::size_t longest) {
    auto const line = base::one_line(text);
    auto const out = base::trimmed(line, " ");
    auto const valid = taken(g_utf8_make_valid(out.data(), static_cast<gssize>(out.size())));
    return std::string(base::beginning(valid, longest));
}

/// A part's content, decoded; its beginning where it is long.
std::string content_of(GMimeObject* object) {
    if (!GMIME_IS_PART(object)) return {};
    auto* const wrapper = g_mime_part_get_content(GMIME_PART(object));
    if (wrapper == nullptr) return {};
    Gmime<GMimeStream> const to(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(wrapper, to.get());
    auto const* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(to.get()));
    return {reinterpret_cast<char const*>(bytes->data), std::min<std::size_t>(bytes->len, longest_told)};
}

struct Field {
    std::string name;  ///< In lower case.
    std::string value;
};

/// Groups of fields, each ended by an empty line (RFC 3464 §2.1); what is folded is one.
std::vector<std::vector<Field>> groups_in(std::string_view text) {
    std::vector<std::vector<Field>> out(1);
    while (!text.empty()) {
        auto const end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        auto& group = out.back();
        auto const colon = line.find(':');
        if (line.empty()) {
            if (!group.empty()) out.emplace_back();
        } else if ((line.front() == ' ' || line.front() == '\t') && !group.empty()) {
            group.back().value += line;
        } else if (colon != std::string_view::npos) {
            group.push_back({base::lower_case(line.substr(0, colon)), std::string(line.substr(colon + 1))});
        }
        if (out.size() > most_outcomes + 1) break;
    }
    return out;
}

/// The first of this name; empty where there is none.
std::string value_of(std::vector<Field> const& fields, std::string_view name, std::size_t longest) {
    for (auto const& field : fields) {
        if (field.name == name) return line_of(field.value, longest);
    }
    return {};
}

/// What stands behind the type: `rfc822; soc@bank.example`, `smtp; 550 no such user`.
std::string behind_type(std::string const& value) {
    auto const semicolon = value.find(';');
    return semicolon == std::string::npos ? value : line_of(value.substr(semicolon + 1), value.size());
}

std::optional<DeliveryAction> parse_action(std::string const& text) {
    using enum DeliveryAction;
    for (auto const& [name, action] :
         {std::pair("failed", failed), std::pair("delayed", delayed), std::pair("delivered", delivered),
          std::pair("relayed", relayed), std::pair("expanded", expanded)}) {
        if (base::lower_case(text) == name) return action;
    }
    return std::nullopt;
}

/// RFC 3463 §2: class, subject, detail.
bool is_status(std::string const& text) {
    return text.size() >= 5 && text.size() <= 9 && (text[0] == '2' || text[0] == '4' || text[0] == '5') &&
           text[1] == '.' && std::count(text.begin(), text.end(), '.') == 2 &&
           std::all_of(text.begin(), text.end(), [](char c) { return base::is_digit(c) || c == '.'; });
}

std::optional<DeliveryOutcome> outcome_of(std::vector<Field> const& fields) {
    auto const action = parse_action(value_of(fields, "action", 20));
    auto recipient = behind_type(value_of(fields, "original-recipient", 300));
    if (recipient.empty()) recipient = behind_type(value_of(fields, "final-recipient", 300));
    if (!action || recipient.empty()) return std::nullopt;
    auto const status = value_of(fields, "status", 40).substr(0, value_of(fields, "status", 40).find(' '));
    return DeliveryOutcome{std::move(recipient), *action, is_status(status) ? status : std::string(),
                           behind_type(value_of(fields, "diagnostic-code", longest_diagnostic))};
}

std::optional<std::string> without_brackets(std::string text) {
    if (text.starts_with('<') && text.ends_with('>')) text = text.substr(1, text.size() - 2);
    bool const is_one = !text.empty() && text.size() <= 300 && text.find_first_of("<> ") == std::string::npos;
    return is_one ? std::optional(std::move(text)) : std::nullopt;
}

/// Of a mail, or of a header, that came back.
std::optional<std::string> message_id_in(GMimeObject* part) {
    if (GMIME_IS_MESSAGE_PART(part)) {
        auto* const message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part));
        auto const* const id = message == nullptr ? nullptr : g_mime_message_get_message_id(message);
        return id == nullptr ? std::nullopt : without_brackets(line_of(id, 400));
    }
    auto* const type = g_mime_object_get_content_type(part);
    if (g_mime_content_type_is_type(type, "text", "rfc822-headers") == 0) return std::nullopt;
    return without_brackets(value_of(groups_in(content_of(part)).front(), "message-id", 400));
}

}  // namespace

base::Result<DeliveryReport> parse_delivery_report(std::string_view mail) {
    if (mail.size() > longest_delivery_report) return base::invalid("is longer than 32 MiB");
    start_gmime();
    Gmime<GMimeParser> const parser(g_mime_parser_new_with_stream(stream_over(mail).get()));
    Gmime<GMimeMessage> const message(g_mime_parser_construct_message(parser.get(), nullptr));
    auto* const root = message == nullptr ? nullptr : g_mime_message_get_mime_part(message.get());
    if (root == nullptr || !GMIME_IS_MULTIPART(root)) return base::invalid("is no report of a mail server (multipart)");
    DeliveryReport out;
    auto* const parts = GMIME_MULTIPART(root);
    for (int at = 0; at < std::min(g_mime_multipart_get_count(parts), 10); ++at) {
        auto* const part = g_mime_multipart_get_part(parts, at);
        auto* const type = g_mime_object_get_content_type(part);
        bool const is_status = g_mime_content_type_is_type(type, "message", "delivery-status") != 0 ||
                               g_mime_content_type_is_type(type, "message", "global-delivery-status") != 0;
        if (is_status && out.outcomes.empty()) {
            for (auto const& group : groups_in(content_of(part))) {
                auto outcome = outcome_of(group);
                if (outcome && out.outcomes.size() < most_outcomes) out.outcomes.push_back(std::move(*outcome));
            }
        } else if (!out.of_message) {
            out.of_message = message_id_in(part);
        }
    }
    if (out.outcomes.empty()) return base::invalid("tells of no recipient (message/delivery-status)");
    return out;
}

}  // namespace kula::formats
