#include "feed_table.hpp"

#include <sstream>
#include <utility>

#include "shadowserver.hpp"
#include "storage/record.hpp"

namespace kula::intake::feed_table {
namespace {

using std::chrono::seconds;
using storage::Session;
using When = std::optional<base::Instant>;

constexpr std::string_view content_columns =
    "f.id, f.name, f.title, f.kind, f.source, f.format, f.mapping, f.url, f.header_names, f.mail_user, f.mail_folder, "
    "f.mail_senders, f.mail_moved_to, f.shadowserver, f.period, f.expected, f.most_bytes, f.enabled, ";
constexpr std::string_view state_columns =
    "s.next_due, s.watched_from, s.tried_at, s.succeeded_at, s.delivered_at, s.condition, s.failures, s.fault, "
    "s.delivery_fault, s.etag, s.last_modified, s.uid_validity, s.last_uid, ";

FeedMailbox const nowhere{.folder = ""};

std::string names_of(std::vector<FeedHeader> const& headers) {
    std::string out;
    for (auto const& header : headers) out += header.name + '\n';
    return out;
}

std::string lines_of(std::vector<std::string> const& texts) {
    std::string out;
    for (auto const& text : texts) out += text + '\n';
    return out;
}

std::vector<std::string> texts_of(std::string const& lines) {
    std::vector<std::string> out;
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) out.push_back(line);
    return out;
}

std::vector<FeedHeader> headers_of(std::string const& names) {
    std::vector<FeedHeader> out;
    for (auto const& name : texts_of(names)) out.push_back({name, std::nullopt});
    return out;
}

std::optional<FeedMailbox> mailbox_of(FeedKind kind, std::string user, std::string folder, std::string const& senders,
                                      std::string moved_to) {
    if (kind != FeedKind::mailbox) return std::nullopt;
    return FeedMailbox{std::move(user), std::nullopt, std::move(folder), texts_of(senders), std::move(moved_to)};
}

std::optional<std::int64_t> seconds_of(std::optional<seconds> const& span) {
    return span ? std::optional<std::int64_t>(span->count()) : std::nullopt;
}

template <class... Values>
std::vector<Feed> select(Session const& session, std::string const& rest, Values const&... values) {
    std::vector<Feed> out;
    auto const take = [&](FeedId id, std::string name, std::string title, std::string const& kind, std::string source,
                          std::string format, std::string mapping, std::string url, std::string const& header_names,
                          std::string mail_user, std::string mail_folder, std::string const& mail_senders,
                          std::string mail_moved_to, std::string const& shadowserver, std::int64_t period,
                          std::optional<std::int64_t> expected, std::uint64_t most_bytes, bool is_enabled,
                          When next_due, base::Instant watched_from, When tried_at, When succeeded_at,
                          When delivered_at, std::string const& condition, std::uint64_t failures, std::string fault,
                          std::string delivery_fault, std::string etag, std::string last_modified,
                          std::uint32_t uid_validity, std::uint32_t last_uid, base::Record record) {
        auto const its_kind = parse_feed_kind(kind).value_or(FeedKind::push);
        auto const within = expected ? std::optional(seconds(*expected)) : std::nullopt;
        out.push_back({id,
                       {std::move(name), std::move(title), its_kind, std::move(source), std::move(format),
                        std::move(mapping), std::move(url), headers_of(header_names),
                        mailbox_of(its_kind, std::move(mail_user), std::move(mail_folder), mail_senders,
                                   std::move(mail_moved_to)),
                        shadowserver_from(shadowserver), seconds(period), within, most_bytes, is_enabled},
                       {next_due,
                        watched_from,
                        tried_at,
                        succeeded_at,
                        delivered_at,
                        parse_delivery_condition(condition),
                        failures,
                        std::move(fault),
                        std::move(delivery_fault),
                        std::move(etag),
                        std::move(last_modified),
                        {uid_validity, last_uid}},
                       std::move(record)});
    };
    session.each<FeedId, std::string, std::string, std::string, std::string, std::string, std::string, std::string,
                 std::string, std::string, std::string, std::string, std::string, std::string, std::int64_t,
                 std::optional<std::int64_t>, std::uint64_t, bool, When, base::Instant, When, When, When, std::string,
                 std::uint64_t, std::string, std::string, std::string, std::string, std::uint32_t, std::uint32_t,
                 base::Record>(take,
                               "select " + std::string(content_columns) + std::string(state_columns) +
                                   KULA_RECORD_COLUMNS " from feed f join feed_state s on s.feed = f.id" + rest,
                               values...);
    return out;
}

}  // namespace

std::vector<Feed> all(Session const& session) { return select(session, " order by f.name"); }

std::optional<Feed> find(Session const& session, FeedId id) {
    auto found = select(session, " where f.id = ?", id);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Feed> find(Session const& session, std::string const& name) {
    auto found = select(session, " where f.name = ?", name);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::int64_t count(Session const& session) { return session.value<std::int64_t>("select count(*) from feed"); }

Sealed sealed(Session const& session, FeedId id) {
    auto const row = session.row<std::string, std::string, std::string>(
        "select headers, mail_password, shadowserver_keys from feed where id = ?", id);
    if (!row) return {};
    auto const& [headers, password, keys] = *row;
    return {headers, password, keys};
}

std::vector<FeedRun> runs(Session const& session, FeedId id) {
    std::vector<FeedRun> out;
    session.each<base::Instant, std::string, std::string, std::uint64_t, std::uint64_t, std::uint64_t>(
        [&](base::Instant at, std::string const& outcome, std::string fault, std::uint64_t rows, std::uint64_t accepted,
            std::uint64_t quarantined) {
            out.push_back({at, parse_outcome(outcome), std::move(fault), rows, accepted, quarantined});
        },
        "select at, outcome, fault, rows, accepted, quarantined from feed_run where feed = ? order by number desc", id);
    return out;
}

std::vector<std::pair<base::Instant, FeedId>> by_due(Session const& session) {
    std::vector<std::pair<base::Instant, FeedId>> out;
    session.each<base::Instant, FeedId>(
        [&](base::Instant at, FeedId id) { out.emplace_back(at, id); },
        "select next_due, feed from feed_state where next_due is not null order by next_due, feed");
    return out;
}

void insert(Session& session, Feed const& feed, Sealed const& sealed) {
    auto const& content = feed.content;
    auto const mailbox = content.mailbox.value_or(nowhere);
    session.execute(
        "insert into feed (id, name, title, kind, source, format, mapping, url, header_names, headers, mail_user, "
        "mail_password, mail_folder, mail_senders, mail_moved_to, shadowserver, shadowserver_keys, period, expected, most_bytes, "
        "enabled, " KULA_RECORD_COLUMNS
        ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES ")",
        feed.id, content.name, content.title, to_text(content.kind), content.source, content.format, content.mapping,
        content.url, names_of(content.headers), sealed.headers, mailbox.user, sealed.password, mailbox.folder,
        lines_of(mailbox.senders), mailbox.moved_to, to_text(content.shadowserver), sealed.keys, content.period.count(),
        seconds_of(content.expected), content.most_bytes, content.is_enabled, feed.record);
    session.execute(
        "insert into feed_state (feed, watched_from, condition, failures, fault, delivery_fault, etag, last_modified) "
        "values (?, ?, '', 0, '', '', '', '')",
        feed.id, feed.state.watched_from);
    store(session, feed.id, feed.state);
}

void update(Session& session, Feed const& feed, Sealed const& sealed) {
    auto const& content = feed.content;
    auto const mailbox = content.mailbox.value_or(nowhere);
    session.execute(
        "update feed set title = ?, source = ?, format = ?, mapping = ?, url = ?, header_names = ?, headers = ?, "
        "mail_user = ?, mail_password = ?, mail_folder = ?, mail_senders = ?, mail_moved_to = ?, shadowserver = ?, shadowserver_keys = ?, period = ?, expected = ?, most_bytes = ?, enabled = ?, changed_at = ?, changed_by = ?, version = ? where id = ?",
        content.title, content.source, content.format, content.mapping, content.url, names_of(content.headers),
        sealed.headers, mailbox.user, sealed.password, mailbox.folder, lines_of(mailbox.senders), mailbox.moved_to,
        to_text(content.shadowserver), sealed.keys, content.period.count(), seconds_of(content.expected),
        content.most_bytes, content.is_enabled, feed.record.changed_at, feed.record.changed_by, feed.record.version,
        feed.id);
    store(session, feed.id, feed.state);
}

void remove(Session& session, FeedId id) {
    forget_fetched(session, id);
    forget_asked(session, id);
    session.execute("delete from feed_run where feed = ?", id);
    session.execute("delete from feed_state where feed = ?", id);
    session.execute("delete from feed where id = ?", id);
}

void store(Session& session, FeedId id, FeedState const& state) {
    session.execute(
        "update feed_state set next_due = ?, watched_from = ?, tried_at = ?, succeeded_at = ?, delivered_at = ?, "
        "condition = ?, failures = ?, fault = ?, delivery_fault = ?, etag = ?, last_modified = ?, uid_validity = ?, "
        "last_uid = ? where feed = ?",
        state.next_due, state.watched_from, state.tried_at, state.succeeded_at, state.delivered_at,
        to_text(state.condition), state.failures, state.fault, state.delivery_fault, state.etag, state.last_modified,
        state.position.uid_validity, state.position.last_uid, id);
}

std::vector<std::string> fetched_reports(Session const& session, FeedId id) {
    std::vector<std::string> out;
    session.each<std::string>([&](std::string report) { out.push_back(std::move(report)); },
                              "select report from feed_report where feed = ?", id);
    return out;
}

void note_fetched(Session& session, FeedId id, std::string const& report, base::Instant now, base::Instant forgotten) {
    session.execute("delete from feed_report where feed = ? and (fetched_at < ? or report = ?)", id, forgotten, report);
    session.execute("insert into feed_report (feed, report, fetched_at) values (?, ?, ?)", id, report, now);
}

void forget_fetched(Session& session, FeedId id) { session.execute("delete from feed_report where feed = ?", id); }

std::map<std::string, MispEvent, std::less<>> asked_events(Session const& session, FeedId id) {
    std::map<std::string, MispEvent, std::less<>> out;
    session.each<std::string, std::int64_t, std::uint64_t>(
        [&](std::string const& event, std::int64_t stamp, std::uint64_t failures) {
            out.emplace(event, MispEvent{event, stamp, failures});
        },
        "select event, stamp, failures from feed_event where feed = ?", id);
    return out;
}

void note_asked(Session& session, FeedId id, MispEvent const& event) {
    session.execute("delete from feed_event where feed = ? and event = ?", id, event.uuid);
    session.execute("insert into feed_event (feed, event, stamp, failures) values (?, ?, ?, ?)", id, event.uuid,
                    event.stamp, event.failures);
}

void forget_asked(Session& session, FeedId id) { session.execute("delete from feed_event where feed = ?", id); }

void forget_failed(Session& session, FeedId id) {
    session.execute("delete from feed_event where feed = ? and failures > 0", id);
}

void add_run(Session& session, FeedId id, FeedRun const& run, std::int64_t keep) {
    auto const last = session.value<std::int64_t>("select coalesce(max(number), 0) from feed_run where feed = ?", id);
    session.execute(
        "insert into feed_run (feed, number, at, outcome, fault, rows, accepted, quarantined) values (?, ?, ?, ?, ?, ?, "
        "?, ?)",
        id, last + 1, run.at, to_text(run.outcome), run.fault, run.rows, run.accepted, run.quarantined);
    session.execute("delete from feed_run where feed = ? and number <= ?", id, last + 1 - keep);
}

}  // namespace kula::intake::feed_table
