#include "intake/feeds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/ascii.hpp"
#include "feed_table.hpp"
#include "feeds_state.hpp"
#include "net/web_address.hpp"
#include "row.hpp"
#include "storage/record.hpp"

namespace kula::intake {
namespace {

using storage::Priority;
using storage::Session;

std::string subject_of(FeedId id) { return "feed:" + id.text(); }
std::string purpose_of(FeedId id) { return "feed:" + id.text(); }
std::string password_purpose_of(FeedId id) { return "feed-mailbox:" + id.text(); }
std::string keys_purpose_of(FeedId id) { return "feed-shadowserver:" + id.text(); }
base::Error no_such_feed() { return base::not_found("no such feed"); }

/// When somebody looks first; never where nobody does.
std::optional<base::Instant> first_look(FeedContent const& content, base::Instant now) {
    bool const is_looked_for = content.is_enabled && content.kind != FeedKind::push;
    return is_looked_for ? std::optional(now) : std::nullopt;
}

FeedHeader const* find_header(std::vector<FeedHeader> const& headers, std::string const& name) {
    auto const found = std::find_if(headers.begin(), headers.end(), [&](FeedHeader const& each) {
        return base::lower_case(each.name) == base::lower_case(name);
    });
    return found == headers.end() ? nullptr : &*found;
}

/// What is secret of a feed.
struct Secrets {
    std::vector<FeedHeader> headers{};
    std::string password{};
    ShadowserverKeys keys{};
};

/// Whether report ids and what is signed go where they went before.
bool asks_the_same(FeedContent const& one, FeedContent const& other) {
    return one.shadowserver && other.shadowserver && one.url == other.url &&
           one.shadowserver->downloads == other.shadowserver->downloads;
}

void keep_keys(FeedContent& content, FeedContent const& before, ShadowserverKeys const& stored,
               std::vector<base::FieldProblem>& problems) {
    if (!content.shadowserver) return;
    auto const keep = [&](std::optional<std::string>& value, std::string const& known, std::string field) {
        if (value) return;
        if (known.empty()) {
            problems.push_back({std::move(field), "is missing"});
        } else if (!asks_the_same(content, before)) {
            problems.push_back({std::move(field), "must be told again: the address leads to another server"});
        } else {
            value = known;
        }
    };
    keep(content.shadowserver->key, stored.key, "shadowserver.key");
    keep(content.shadowserver->secret, stored.secret, "shadowserver.secret");
}

void keep_password(FeedContent& content, FeedContent const& before, std::string const& stored,
                   std::vector<base::FieldProblem>& problems) {
    if (!content.mailbox || content.mailbox->password) return;
    if (stored.empty()) {
        problems.push_back({"mailbox.password", "is missing"});
    } else if (content.url != before.url) {
        problems.push_back({"mailbox.password", "must be told again: the address leads to another server"});
    } else {
        content.mailbox->password = stored;
    }
}

/// Values that were not told are those of before, where there are any and the same server gets them.
base::Result<void> keep_values(FeedContent& content, FeedContent const& before, Secrets const& stored) {
    auto const server_of = [](std::string const& url) {
        auto const address = net::WebAddress::parse(url);
        return address ? address->server : std::string();
    };
    bool const is_same_server = server_of(content.url) == server_of(before.url);
    std::vector<base::FieldProblem> problems;
    for (std::size_t at = 0; at < content.headers.size(); ++at) {
        auto& header = content.headers[at];
        if (header.value) continue;
        auto const* const known = find_header(stored.headers, header.name);
        auto const field = fmt::format("headers[{}].value", at);
        if (known == nullptr) {
            problems.push_back({field, "is missing"});
        } else if (!is_same_server) {
            problems.push_back({field, "must be told again: the address leads to another server"});
        } else {
            header.value = known->value;
        }
    }
    keep_password(content, before, stored.password, problems);
    keep_keys(content, before, stored.keys, problems);
    if (!problems.empty()) return base::invalid(std::move(problems));
    return {};
}

/// Whether the same mails are asked for.
bool reads_the_same(FeedContent const& one, FeedContent const& other) {
    auto const place = [](FeedContent const& content) {
        auto const& mailbox = *content.mailbox;
        return std::tie(content.url, mailbox.user, mailbox.folder, mailbox.senders);
    };
    return one.mailbox && other.mailbox && place(one) == place(other);
}

bool is_same(FeedContent const& one, FeedContent const& other) { return to_json(one) == to_json(other); }

bool tells_secret(FeedContent const& content) {
    auto const& shadowserver = content.shadowserver;
    return (content.mailbox && content.mailbox->password) ||
           (shadowserver && (shadowserver->key || shadowserver->secret)) ||
           std::any_of(content.headers.begin(), content.headers.end(),
                       [](FeedHeader const& each) { return each.value.has_value(); });
}

/// What the trail says; that a key was replaced shows, the key does not.
std::string after_of(FeedContent const& content, bool has_new_secret) {
    auto json = Json::parse(to_json(content));
    auto const* const what = content.mailbox        ? "password_replaced"
                             : content.shadowserver ? "keys_replaced"
                                                    : "header_values_replaced";
    if (has_new_secret) json[what] = true;
    return json.dump();
}

}  // namespace

base::Result<std::unique_ptr<Feeds>> Feeds::open(Intake const& intake, storage::Database& database,
                                                 journal::Journal& journal, seals::SecretBox secrets,
                                                 base::Clock const& clock, std::vector<base::Prefix> besides,
                                                 std::optional<OwnSensors> sensors) {
    std::unique_ptr<Feeds> feeds(
        new Feeds(std::make_unique<State>(intake, database, journal, secrets, clock, std::move(besides), sensors)));
    if (auto const all = feeds->list(base::Clearance::everything()); !all) return all.error();
    return feeds;
}

Feeds::Feeds(std::unique_ptr<State> state) : state_(std::move(state)) {}
Feeds::~Feeds() = default;

Feed Feeds::State::with_running(Feed feed) const {
    std::lock_guard const lock(mutex);
    feed.is_running = running.contains(feed.id);
    return feed;
}

base::Result<Feed> Feeds::State::find(FeedId id, base::Clearance const& clearance) const {
    if (!clearance.sees_everything()) return no_such_feed();
    auto const found = database.read([&](Session const& session) { return feed_table::find(session, id); });
    if (!found) return found.error();
    if (!*found) return no_such_feed();
    return with_running(**found);
}

feed_table::Sealed Feeds::State::seal(FeedContent const& content, FeedId id) const {
    feed_table::Sealed out;
    Json json = Json::array();
    for (auto const& header : content.headers)
        json.push_back({{"name", header.name}, {"value", header.value.value_or("")}});
    if (!json.empty())
        out.headers = secrets.seal(json.dump(-1, ' ', false, Json::error_handler_t::replace), purpose_of(id));
    if (content.shadowserver) out.keys = secrets.seal(to_text(keys_of(*content.shadowserver)), keys_purpose_of(id));
    if (content.mailbox) out.password = secrets.seal(content.mailbox->password.value_or(""), password_purpose_of(id));
    return out;
}

base::Result<std::string> Feeds::State::open_password(std::string const& sealed, FeedId id) const {
    auto text = secrets.open(sealed, password_purpose_of(id));
    if (!text) return base::invalid("mailbox.password", "was sealed with another key; tell it again");
    return *std::move(text);
}

base::Result<ShadowserverKeys> Feeds::State::open_keys(std::string const& sealed, FeedId id) const {
    auto const text = secrets.open(sealed, keys_purpose_of(id));
    if (!text) return base::invalid("shadowserver.key", "was sealed with another key; tell it again");
    return keys_from(*text);
}

base::Result<std::vector<FeedHeader>> Feeds::State::headers_of(Feed const& feed) const {
    auto const sealed = database.read([&](Session const& session) { return feed_table::sealed(session, feed.id); });
    if (!sealed) return sealed.error();
    return open_headers(sealed->headers, feed.id);
}

base::Result<std::vector<FeedHeader>> Feeds::State::open_headers(std::string const& sealed, FeedId id) const {
    std::vector<FeedHeader> out;
    if (sealed.empty()) return out;
    auto const text = secrets.open(sealed, purpose_of(id));
    if (!text) return base::invalid("headers", "were sealed with another key; tell their values again");
    auto const json = Json::parse(*text);
    for (auto const& each : json)
        out.push_back({each.at("name").get<std::string>(), each.at("value").get<std::string>()});
    return out;
}

base::Result<std::vector<Feed>> Feeds::list(base::Clearance const& clearance) const {
    if (!clearance.sees_everything()) return std::vector<Feed>();
    auto found = state_->database.read([](Session const& session) { return feed_table::all(session); });
    if (!found) return found.error();
    for (auto& feed : *found) feed = state_->with_running(std::move(feed));
    return std::move(*found);
}

base::Result<Feed> Feeds::find(FeedId id, base::Clearance const& clearance) const {
    return state_->find(id, clearance);
}

base::Result<std::vector<FeedRun>> Feeds::runs(FeedId id, base::Clearance const& clearance) const {
    if (!clearance.sees_everything()) return no_such_feed();
    return state_->database.read([&](Session const& session) { return feed_table::runs(session, id); });
}

base::Result<Feed> Feeds::add(FeedContent content, base::Actor const& actor) {
    auto correct = checked(std::move(content));
    if (!correct) return correct.error();
    if (auto const told = keep_values(*correct, {}, {}); !told) return told.error();
    auto const now = state_->clock.now();
    Feed feed{FeedId::make(now), std::move(*correct), {}, storage::new_record(state_->clock, actor.name)};
    feed.state.watched_from = now;
    feed.state.next_due = first_look(feed.content, now);
    auto const sealed = state_->seal(feed.content, feed.id);
    auto done = state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<Feed> {
        if (feed_table::count(session) >= most_feeds) return base::conflict("there are 500 feeds, which is the most");
        if (session.value<std::int64_t>("select count(*) from feed where name = ?", feed.content.name) > 0)
            return base::conflict("another feed has this name");
        feed_table::insert(session, feed, sealed);
        state_->journal.append(session, actor, {"feed.added", subject_of(feed.id), {}, after_of(feed.content, false)});
        return *feed_table::find(session, feed.id);
    });
    if (done && state_->changed) state_->changed();
    return done;
}

base::Result<Feed> Feeds::replace(FeedId id, std::int64_t version, FeedContent content, base::Actor const& actor) {
    if (!actor.clearance.sees_everything()) return no_such_feed();
    auto correct = checked(std::move(content));
    if (!correct) return correct.error();
    auto done = state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<Feed> {
        auto const stored = feed_table::find(session, id);
        if (!stored) return no_such_feed();
        if (stored->record.version != version) return base::conflict("the feed was changed meanwhile");
        auto after = *stored;
        after.content = *correct;
        if (after.content.name != stored->content.name) return base::invalid("name", "cannot be changed");
        if (after.content.kind != stored->content.kind) return base::invalid("kind", "cannot be changed");
        bool const has_new_secret = tells_secret(after.content);
        if (is_same(after.content, stored->content) && !has_new_secret) return *stored;
        auto const sealed = feed_table::sealed(session, id);
        auto const headers = state_->open_headers(sealed.headers, id);
        auto const password = state_->open_password(sealed.password, id);
        auto const keys = state_->open_keys(sealed.keys, id);
        auto const kept = keep_values(after.content, stored->content,
                                      {headers ? *headers : std::vector<FeedHeader>(), password ? *password : "",
                                       keys ? *keys : ShadowserverKeys()});
        if (!kept) return kept.error();
        auto const now = state_->clock.now();
        after.record.changed_at = now;
        after.record.changed_by = actor.name;
        ++after.record.version;
        // It may be another content now, or be read in another way. What the sensors told stays told.
        if (after.content.kind != FeedKind::sightings) after.state.etag.clear();
        after.state.last_modified.clear();
        if (!reads_the_same(after.content, stored->content)) after.state.position = {};
        if (!asks_the_same(after.content, stored->content)) feed_table::forget_fetched(session, id);
        if (after.content.url != stored->content.url)
            feed_table::forget_asked(session, id);
        else
            feed_table::forget_failed(session, id);
        after.state.failures = 0;
        if (after.content.is_enabled && !stored->content.is_enabled) after.state.watched_from = now;
        after.state.next_due = first_look(after.content, now);
        feed_table::update(session, after, state_->seal(after.content, id));
        state_->journal.append(
            session, actor,
            {"feed.changed", subject_of(id), to_json(stored->content), after_of(after.content, has_new_secret)});
        return *feed_table::find(session, id);
    });
    if (done && state_->changed) state_->changed();
    return done;
}

base::Result<void> Feeds::remove(FeedId id, std::int64_t version, base::Actor const& actor) {
    if (!actor.clearance.sees_everything()) return no_such_feed();
    return state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<void> {
        auto const stored = feed_table::find(session, id);
        if (!stored) return no_such_feed();
        if (stored->record.version != version) return base::conflict("the feed was changed meanwhile");
        feed_table::remove(session, id);
        state_->journal.append(session, actor, {"feed.removed", subject_of(id), to_json(stored->content), {}});
        return {};
    });
}

base::Result<Feed> Feeds::look_soon(FeedId id, base::Actor const& actor) {
    auto const found = state_->find(id, actor.clearance);
    if (!found) return found.error();
    if (!found->content.is_enabled) return base::conflict("the feed is switched off");
    if (found->content.kind == FeedKind::push) return base::conflict("the feed is sent, there is nothing to look for");
    auto const done = state_->database.write(Priority::interactive, [&](Session& session) {
        session.execute("update feed_state set next_due = ? where feed = ?", state_->clock.now(), id);
        state_->journal.append(session, actor, {"feed.looked", subject_of(id), {}, {}});
    });
    if (!done) return done.error();
    if (state_->changed) state_->changed();
    return state_->find(id, actor.clearance);
}

base::Result<std::optional<base::Instant>> Feeds::next_due() const {
    auto const due = state_->database.read([](Session const& session) { return feed_table::by_due(session); });
    if (!due) return due.error();
    std::lock_guard const lock(state_->mutex);
    for (auto const& [at, id] : *due) {
        if (!state_->running.contains(id)) return std::optional(at);
    }
    return std::optional<base::Instant>();
}

void Feeds::on_change(std::function<void()> listener) { state_->changed = std::move(listener); }

std::filesystem::path Feeds::drop_folder(std::string const& name) const {
    return state_->database.folder() / "drop" / name;
}

}  // namespace kula::intake
