#include "intake/feed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/ascii.hpp"
#include "base/checks.hpp"
#include "intake/finished.hpp"
#include "intake/incoming.hpp"
#include "misp_folder.hpp"
#include "net/imap.hpp"
#include "net/web_address.hpp"
#include "row.hpp"
#include "shadowserver.hpp"

namespace kula::intake {
namespace {

using base::Checks;
using std::chrono::hours;
using std::chrono::minutes;
using Outcome = FeedRun::Outcome;

constexpr std::size_t longest_name = 63;
constexpr std::size_t longest_title = 200 * 4;
constexpr std::size_t longest_source = 100;
constexpr std::size_t longest_mapping = 256 * 1024;  // written out, it fits into an entry of the trail
constexpr std::size_t most_headers = 10;
constexpr std::size_t longest_header_name = 100;
constexpr std::size_t longest_header_value = 4000;
constexpr std::size_t most_senders = 50;
constexpr std::size_t longest_mail_text = 200 * 4;  // a user's, a folder's
constexpr std::size_t longest_sender = 200;
constexpr std::string_view events_of_misp = "misp";  // the mapping that reads them

constexpr std::array kinds{std::pair(FeedKind::pull, std::string_view("pull")),
                           std::pair(FeedKind::folder, std::string_view("folder")),
                           std::pair(FeedKind::push, std::string_view("push")),
                           std::pair(FeedKind::mailbox, std::string_view("mailbox")),
                           std::pair(FeedKind::shadowserver, std::string_view("shadowserver")),
                           std::pair(FeedKind::misp, std::string_view("misp")),
                           std::pair(FeedKind::sightings, std::string_view("sightings"))};
constexpr std::array outcomes{std::pair(Outcome::delivered, std::string_view("delivered")),
                              std::pair(Outcome::nothing_new, std::string_view("nothing_new")),
                              std::pair(Outcome::refused, std::string_view("refused")),
                              std::pair(Outcome::failed, std::string_view("failed"))};
constexpr std::array conditions{std::pair(DeliveryCondition::none, std::string_view()),
                                std::pair(DeliveryCondition::whole, std::string_view("whole")),
                                std::pair(DeliveryCondition::incomplete, std::string_view("incomplete")),
                                std::pair(DeliveryCondition::refused, std::string_view("refused")),
                                std::pair(DeliveryCondition::empty, std::string_view("empty"))};
constexpr std::array healths{std::pair(FeedHealth::failing, std::string_view("failing")),
                             std::pair(FeedHealth::late, std::string_view("late")),
                             std::pair(FeedHealth::incomplete, std::string_view("incomplete")),
                             std::pair(FeedHealth::never, std::string_view("never")),
                             std::pair(FeedHealth::ok, std::string_view("ok")),
                             std::pair(FeedHealth::off, std::string_view("off"))};

template <class Words, class Value>
constexpr std::string_view word_of(Words const& words, Value value) {
    for (auto const& [each, word] : words) {
        if (each == value) return word;
    }
    return {};
}

template <class Words>
auto parsed(Words const& words, std::string_view text) -> std::optional<typename Words::value_type::first_type> {
    for (auto const& [each, word] : words) {
        if (word == text) return each;
    }
    return std::nullopt;
}

bool is_name(std::string_view text) {
    auto const is_plain = [](char c) { return base::is_digit(c) || (c >= 'a' && c <= 'z'); };
    return !text.empty() && text.size() <= longest_name && is_plain(text.front()) && is_plain(text.back()) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return is_plain(c) || c == '-'; });
}

bool is_line(std::string_view text) { return std::none_of(text.begin(), text.end(), base::is_control); }

void check_text(Checks& checks, std::string_view field, std::string& text, std::size_t longest) {
    text = std::string(base::trimmed(text));
    checks.expect(!text.empty(), field, "is empty");
    checks.expect(text.size() <= longest, field, fmt::format("is longer than {} bytes", longest));
    checks.expect(is_line(text), field, "holds control characters");
}

/// RFC 9110 §5.1: a token.
bool is_header_name(std::string_view text) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !text.empty() && text.size() <= longest_header_name && std::all_of(text.begin(), text.end(), [&](char c) {
        return base::is_digit(c) || base::is_letter(c) || others.find(c) != std::string_view::npos;
    });
}

/// What a feed's requests say by themselves.
bool is_our_own(std::string_view name) {
    static std::set<std::string, std::less<>> const own{"host",          "connection",        "content-length",
                                                        "expect",        "transfer-encoding", "accept-encoding",
                                                        "if-none-match", "if-modified-since", "te",
                                                        "upgrade",       "trailer",           "proxy-authorization"};
    return own.contains(base::lower_case(name));
}

/// With requests that carry headers of the team's.
bool is_fetched(FeedKind kind) { return kind == FeedKind::pull || kind == FeedKind::misp; }

void check_headers(Checks& checks, FeedContent const& content) {
    checks.expect(content.headers.size() <= most_headers, "headers", "has more than 10 entries");
    checks.expect(content.headers.empty() || is_fetched(content.kind), "headers", "belong to a web address");
    std::set<std::string> seen;
    for (std::size_t at = 0; at < std::min(content.headers.size(), most_headers); ++at) {
        auto const& [name, value] = content.headers[at];
        auto const field = fmt::format("headers[{}].name", at);
        checks.expect(is_header_name(name), field, "is no name of a header");
        checks.expect(!is_our_own(name), field, "is a header that is sent by itself");
        checks.expect(seen.insert(base::lower_case(name)).second, field, "is there twice");
        bool const fits = !value || (value->size() <= longest_header_value && is_line(*value) && !value->empty());
        checks.expect(fits, fmt::format("headers[{}].value", at), "is empty, too long, or more than one line");
    }
}

void check_mailbox(Checks& checks, FeedContent& content) {
    bool const is_wanted = content.kind == FeedKind::mailbox;
    checks.expect(content.mailbox.has_value() == is_wanted, "mailbox",
                  is_wanted ? "is missing" : "belongs to feeds that are mailboxes");
    if (!is_wanted || !content.mailbox) return;
    auto& mailbox = *content.mailbox;
    checks.expect(net::ImapClient::check_server(content.url).has_value(), "url",
                  "is no mail server, such as imaps://mail.example.org");
    check_text(checks, "mailbox.user", mailbox.user, longest_mail_text);
    check_text(checks, "mailbox.folder", mailbox.folder, longest_mail_text);
    mailbox.moved_to = std::string(base::trimmed(mailbox.moved_to));
    if (!mailbox.moved_to.empty()) check_text(checks, "mailbox.moved_to", mailbox.moved_to, longest_mail_text);
    checks.expect(mailbox.moved_to.empty() || mailbox.moved_to != mailbox.folder, "mailbox.moved_to",
                  "is the folder that is read");
    auto const& password = mailbox.password;
    checks.expect(!password || (!password->empty() && password->size() <= longest_header_value && is_line(*password)),
                  "mailbox.password", "is empty, too long, or more than one line");
    checks.expect(mailbox.senders.size() <= most_senders, "mailbox.senders", "has more than 50 entries");
    for (std::size_t at = 0; at < std::min(mailbox.senders.size(), most_senders); ++at) {
        auto& sender = mailbox.senders[at];
        sender = std::string(base::trimmed(sender));
        bool const is_visible = std::all_of(sender.begin(), sender.end(), [](char c) { return c > ' ' && c < '\x7f'; });
        checks.expect(!sender.empty() && sender.size() <= longest_sender && is_visible,
                      fmt::format("mailbox.senders[{}]", at), "is no part of a mail address");
    }
}

void check_reading(Checks& checks, FeedContent& content) {
    checks.expect(content.mapping.size() <= longest_mapping, "mapping", "is longer than 256 KiB");
    if (!content.mapping.empty() && content.mapping.size() <= longest_mapping) {
        auto const mapping = Mapping::parse(content.mapping);
        if (!mapping) checks.refuse("mapping", mapping.error().detail);
        bool const fits = !mapping || content.kind != FeedKind::sightings ||
                          (mapping->name() == hourly_series && !mapping->reading().end.empty());
        checks.expect(fits, "mapping", "must be named sightings and say in reads.end when it is whole");
    }
    bool const is_known = content.format == "auto" || content.format == "shadowserver" ||
                          Mappings::shipped().find(content.format).has_value();
    checks.expect(is_known, "format", "is no shipped mapping");
    if (content.kind == FeedKind::sightings)
        checks.expect(content.format == hourly_series, "format", "is sightings of this kind");
    if (content.kind == FeedKind::misp)
        checks.expect(content.format == events_of_misp && content.mapping.empty(), "format", "is misp of this kind");
    if (content.kind != FeedKind::shadowserver) return;
    checks.expect(content.format == "shadowserver" && content.mapping.empty(), "format",
                  "is shadowserver of this kind");
}

void check_way(Checks& checks, FeedContent const& content) {
    bool const has_url =
        is_fetched(content.kind) || content.kind == FeedKind::mailbox || content.kind == FeedKind::shadowserver;
    checks.expect(has_url || content.url.empty(), "url", "belongs to feeds that are fetched");
    checks.expect(content.url.size() <= longest_feed_url, "url", "is longer than 2,000 bytes");
    if (is_fetched(content.kind) && content.url.size() <= longest_feed_url) {
        auto const address = net::WebAddress::parse(content.url);
        checks.expect(address.has_value() || content.kind != FeedKind::pull, "url",
                      "is no http or https address of a file, without a name in it");
        bool const is_safe = !address || address->is_safe_on_the_way || content.headers.empty();
        checks.expect(is_safe, "headers", "would travel where others can read them: the address is not https");
    }
    checks.expect(content.period >= minutes(1) && content.period <= hours(24 * 30), "period",
                  "is not between 60 and 2592000 seconds");
    bool const fits = !content.expected || (*content.expected >= minutes(1) && *content.expected <= hours(24 * 400));
    checks.expect(fits, "expected", "is not between 60 and 34560000 seconds");
    constexpr std::uint64_t most = 100'000'000'000;
    checks.expect(content.most_bytes >= 1 && content.most_bytes <= most, "most_bytes",
                  "is not between 1 and 100000000000");
}

Json json_of(std::optional<FeedMailbox> const& mailbox) {
    if (!mailbox) return nullptr;
    return {{"user", mailbox->user},
            {"password", nullptr},
            {"folder", mailbox->folder},
            {"senders", mailbox->senders},
            {"moved_to", mailbox->moved_to.empty() ? Json(nullptr) : Json(mailbox->moved_to)}};
}

}  // namespace

std::string_view to_text(FeedKind kind) { return word_of(kinds, kind); }
std::optional<FeedKind> parse_feed_kind(std::string_view text) { return parsed(kinds, text); }
std::string_view to_text(DeliveryCondition condition) { return word_of(conditions, condition); }
DeliveryCondition parse_delivery_condition(std::string_view text) {
    return parsed(conditions, text).value_or(DeliveryCondition::none);
}
std::string_view to_text(Outcome outcome) { return word_of(outcomes, outcome); }
Outcome parse_outcome(std::string_view text) { return parsed(outcomes, text).value_or(Outcome::failed); }
std::string_view to_text(FeedHealth health) { return word_of(healths, health); }

base::Result<FeedContent> checked(FeedContent content) {
    Checks checks;
    checks.expect(is_name(content.name), "name",
                  "is not 1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends");
    check_text(checks, "title", content.title, longest_title);
    bool const is_shadowserver = content.kind == FeedKind::shadowserver;
    if (is_shadowserver && content.format == "auto") content.format = "shadowserver";
    if (content.kind == FeedKind::sightings && (content.format == "auto" || content.format.empty()))
        content.format = hourly_series;
    if (content.kind == FeedKind::misp && content.format == "auto") content.format = events_of_misp;
    if (base::trimmed(content.source).empty()) content.source = is_shadowserver ? "shadowserver" : content.name;
    if (!content.source.empty()) check_text(checks, "source", content.source, longest_source);
    content.url = std::string(base::trimmed(content.url));
    if (is_shadowserver && content.url.empty()) content.url = shadowserver_api;
    check_headers(checks, content);
    check_mailbox(checks, content);
    check_shadowserver(checks, content);
    check_misp_folder(checks, content);
    check_reading(checks, content);
    check_way(checks, content);
    if (auto error = checks.error()) return *std::move(error);
    return content;
}

std::string to_json(FeedContent const& content) {
    Json headers = Json::array();
    for (auto const& header : content.headers) headers.push_back({{"name", header.name}, {"value", nullptr}});
    auto const or_null = [](std::string const& text) { return text.empty() ? Json(nullptr) : Json(text); };
    Json const json{{"name", content.name},
                    {"title", content.title},
                    {"kind", to_text(content.kind)},
                    {"source", content.source},
                    {"format", content.format},
                    {"mapping", or_null(content.mapping)},
                    {"url", or_null(content.url)},
                    {"headers", std::move(headers)},
                    {"mailbox", json_of(content.mailbox)},
                    {"shadowserver", json_of(content.shadowserver)},
                    {"period", content.period.count()},
                    {"expected", content.expected ? Json(content.expected->count()) : Json(nullptr)},
                    {"most_bytes", content.most_bytes},
                    {"enabled", content.is_enabled}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace kula::intake
