// Looking for what a feed brings, and what comes of it.

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "feed_table.hpp"
#include "feeds_state.hpp"
#include "net/web_address.hpp"
#include "row.hpp"
#include "texts.hpp"
#include "web_fetch.hpp"

namespace kula::intake {
namespace {

using storage::Priority;
using storage::Session;
using Outcome = FeedRun::Outcome;

constexpr std::size_t longest_fault = 500;
constexpr std::size_t mark_digits = 12;           // of a hash, in a file's name
constexpr std::chrono::seconds between_looks{2};  // while files may not be whole

bool is_unavailable(Received const& file) {
    return !file.account && file.account.error().fault == base::Fault::unavailable;
}
bool is_new(Received const& file) { return !file.account || !file.account->came_before; }

/// Rows came, and none could be understood.
bool is_not_understood(Received const& file) {
    return file.account && file.account->rows > 0 && file.account->quarantined == file.account->rows;
}

/// An hour without sightings is a good one; events of MISP may be of what makes none here.
bool may_hold_none(FeedKind kind) { return kind == FeedKind::sightings || kind == FeedKind::misp; }

std::string reason_of(Received const& file) {
    auto const reason = file.account ? file.account->reason.value_or("") : file.account.error().detail;
    return std::string(base::beginning(fmt::format("{}: {}", file.name, reason), longest_fault));
}

/// What the new files of an attempt are, together.
struct Judged {
    FeedRun run{};
    DeliveryCondition condition = DeliveryCondition::none;  ///< None: nothing new came.
};

Judged judged(FeedKind kind, Attempt const& attempt, base::Instant now) {
    Judged out{.run = {.at = now}};
    auto& run = out.run;
    bool are_all_refused = true;
    bool is_whole = true;
    for (auto const& file : attempt.received) {
        if (!is_new(file)) continue;
        out.condition = DeliveryCondition::whole;
        bool const is_sound = !is_refused(file) && file.account->is_complete && !is_not_understood(file);
        is_whole = is_whole && is_sound;
        are_all_refused = are_all_refused && is_refused(file);
        if (!is_sound && run.fault.empty()) run.fault = reason_of(file);
        if (!file.account) continue;
        run.rows += file.account->rows;
        run.accepted += file.account->accepted;
        run.quarantined += file.account->quarantined;
    }
    if (out.condition == DeliveryCondition::none) return out;
    run.outcome = are_all_refused ? Outcome::refused : Outcome::delivered;
    if (are_all_refused) {
        out.condition = DeliveryCondition::refused;
    } else if (!is_whole) {
        out.condition = DeliveryCondition::incomplete;
    } else if (run.rows == 0 && !may_hold_none(kind)) {
        out.condition = DeliveryCondition::empty;
        run.fault = "it holds no rows";
    }
    return out;
}

/// How it stands after an attempt for the feed as it was `before`; it may have been changed meanwhile.
FeedState state_after(Feed const& stored, Feed const& before, Attempt const& attempt, Judged const& made,
                      base::Instant now) {
    auto state = stored.state;
    // A file that somebody sends says nothing of the server or folder that the feed comes from.
    if (!attempt.was_sent || stored.content.kind == FeedKind::push) {
        state.tried_at = now;
        state.fault = attempt.failed ? made.run.fault : "";
        state.failures = attempt.failed ? state.failures + 1 : 0;
        if (!attempt.failed) state.succeeded_at = now;
    }
    if (made.condition != DeliveryCondition::none && !attempt.failed) {
        state.delivered_at = now;
        state.condition = made.condition;
        state.delivery_fault = made.run.fault;
    }
    if (attempt.was_sent) return state;
    bool const is_same_feed = stored.record.version == before.record.version;
    if (is_same_feed) state.position = attempt.position.value_or(state.position);
    bool const is_position =
        stored.content.kind == FeedKind::sightings;  // Of what was told, also where it ended early.
    if (is_same_feed && ((!attempt.failed && !attempt.is_unchanged) || is_position)) {
        state.etag = attempt.etag;
        state.last_modified = attempt.last_modified;
    }
    // Who changed the feed or asked for a look meanwhile gets it at once.
    if (!state.next_due || state.next_due != before.state.next_due) return state;
    state.next_due = attempt.failed       ? next_attempt(state.failures, attempt.not_before, now)
                     : attempt.is_waiting ? now + between_looks
                                          : next_look(stored, now);
    return state;
}

/// Of an attempt that was stopped, and is made again soon; false where nothing came.
bool keep_what_came(FeedKind kind, Attempt& attempt) {
    std::erase_if(attempt.received, is_unavailable);
    attempt.failed.reset();
    if (kind != FeedKind::sightings) attempt.etag.clear();
    attempt.last_modified.clear();
    attempt.is_waiting = true;
    return !attempt.received.empty();
}

/// One thread's right to look for a feed.
class Claim {
public:
    Claim(std::mutex& mutex, std::set<FeedId>& running, FeedId id) : mutex_(mutex), running_(running), id_(id) {
        std::lock_guard const lock(mutex_);
        is_held_ = running_.insert(id_).second;
    }
    ~Claim() {
        if (!is_held_) return;
        std::lock_guard const lock(mutex_);
        running_.erase(id_);
    }
    Claim(Claim const&) = delete;
    Claim& operator=(Claim const&) = delete;
    [[nodiscard]] bool is_held() const { return is_held_; }

private:
    std::mutex& mutex_;
    std::set<FeedId>& running_;
    FeedId const id_;
    bool is_held_ = false;
};

}  // namespace

FileTold Feeds::State::told_of(Feed const& feed, std::string name) const {
    FileTold out{as_utf8(name), feed.content.source, feed.content.format, feed.content.mapping};
    if (feed.content.kind != FeedKind::shadowserver) return out;
    if (auto const type = Mappings::shadowserver_type(out.name)) out.source += '/' + *type;
    return out;
}

void Feeds::State::receive(FileTold const& told, storage::Blob const& blob, Attempt& attempt,
                           std::stop_token const& stop) const {
    intake.receive(
        told, blob,
        [&](Received const& file) {
            if (is_unavailable(file) && !attempt.failed) attempt.failed = file.account.error();
            attempt.received.push_back(file);
        },
        stop);
}

Attempt Feeds::State::pull(Feed const& feed, std::stop_token const& stop) const {
    Attempt attempt;
    auto headers = headers_of(feed);
    auto writer = intake.begin();
    if (!headers || !writer) {
        attempt.failed = headers ? writer.error() : headers.error();
        return attempt;
    }
    auto const fetched = fetch({.url = feed.content.url,
                                .headers = std::move(*headers),
                                .etag = feed.state.etag,
                                .last_modified = feed.state.last_modified,
                                .most_bytes = feed.content.most_bytes},
                               besides, *writer, clock, stop);
    attempt.failed = fetched.failed;
    attempt.not_before = fetched.not_before;
    attempt.is_unchanged = fetched.is_unchanged;
    if (!fetched.blob) return attempt;
    auto const name = net::WebAddress::parse(feed.content.url)->file_name();
    receive(told_of(feed, name.empty() ? feed.content.name : name), *fetched.blob, attempt, stop);
    attempt.etag = fetched.etag;
    attempt.last_modified = fetched.last_modified;
    return attempt;
}

void Feeds::State::take_file(Feed const& feed, DropFolder& folder, std::string const& name, Attempt& attempt,
                             std::stop_token const& stop) const {
    auto writer = intake.begin();
    if (!writer) {
        attempt.failed = writer.error();
        return;
    }
    auto const first = static_cast<std::ptrdiff_t>(attempt.received.size());
    std::string mark = base::to_seconds_text(clock.now());
    auto const read = folder.read(name, feed.content.most_bytes, *writer);
    if (read) {
        auto const blob = writer->finish();
        if (!blob) {
            attempt.failed = blob.error();
            return;
        }
        mark = blob->sha256.substr(0, mark_digits);
        receive(told_of(feed, name), *blob, attempt, stop);
    } else if (read.error().fault == base::Fault::invalid) {
        attempt.received.push_back({as_utf8(name), read.error()});
    } else {
        // What is gone or still written to is for another look.
        if (read.error().fault == base::Fault::unavailable) attempt.failed = read.error();
        return;
    }
    if (attempt.failed) return;
    bool const is_taken = std::any_of(attempt.received.begin() + first, attempt.received.end(),
                                      [](Received const& file) { return !is_refused(file); });
    auto const fate = is_taken ? DropFolder::Fate::taken : DropFolder::Fate::refused;
    if (auto const moved = folder.put_away(name, fate, mark); !moved) attempt.failed = moved.error();
}

Attempt Feeds::State::look_into_folder(Feed const& feed, std::stop_token const& stop) {
    Attempt attempt;
    DropFolder::Looks* known = nullptr;
    {
        std::lock_guard const lock(mutex);
        known = &looks[feed.id];
    }
    auto folder = DropFolder::open(database.folder() / "drop" / feed.content.name, *known);
    auto const names = folder ? folder->whole_files() : base::Result<std::vector<std::string>>(folder.error());
    if (!names) {
        attempt.failed = names.error();
        return attempt;
    }
    for (auto const& name : *names) {
        if (attempt.failed || stop.stop_requested()) break;
        take_file(feed, *folder, name, attempt, stop);
    }
    attempt.is_waiting = folder->is_waiting();
    return attempt;
}

Attempt Feeds::State::attempt(Feed const& feed, std::stop_token const& stop) {
    switch (feed.content.kind) {
        case FeedKind::folder: return look_into_folder(feed, stop);
        case FeedKind::mailbox: return look_into_mailbox(feed, stop);
        case FeedKind::shadowserver: return ask_shadowserver(feed, stop);
        case FeedKind::misp: return look_into_misp_folder(feed, stop);
        case FeedKind::sightings: return ask_sensors(feed, stop);
        case FeedKind::pull:
        case FeedKind::push: break;
    }
    return pull(feed, stop);
}

base::Result<void> Feeds::State::settle(Feed const& feed, Attempt const& attempt) const {
    auto const now = clock.now();
    auto made = judged(feed.content.kind, attempt, now);
    if (attempt.failed) {
        made.run.outcome = Outcome::failed;
        made.run.fault = std::string(base::beginning(attempt.failed->detail, longest_fault));
    }
    return database.write(Priority::interactive, [&](Session& session) {
        auto const stored = feed_table::find(session, feed.id);
        if (!stored) return;
        feed_table::store(session, feed.id, state_after(*stored, feed, attempt, made, now));
        auto const kind = feed.content.kind;
        bool const is_often_empty =
            kind == FeedKind::folder || kind == FeedKind::mailbox || kind == FeedKind::sightings;
        bool const is_quiet = is_often_empty && made.run.outcome == Outcome::nothing_new;
        if (!is_quiet) feed_table::add_run(session, feed.id, made.run, most_runs);
    });
}

base::Result<bool> Feeds::look(std::stop_token const& stop) {
    auto const due = state_->database.read([](Session const& session) { return feed_table::by_due(session); });
    if (!due) return due.error();
    auto const now = state_->clock.now();
    for (auto const& [at, id] : *due) {
        if (at > now || stop.stop_requested()) return false;
        Claim const claim(state_->mutex, state_->running, id);
        if (!claim.is_held()) continue;
        auto const feed = state_->find(id, base::Clearance::everything());
        if (!feed) return feed.error();
        if (!feed->state.next_due || *feed->state.next_due > now) continue;  // Somebody else was faster.
        auto attempt = state_->attempt(*feed, stop);
        if (stop.stop_requested() && !keep_what_came(feed->content.kind, attempt)) return false;
        if (auto const settled = state_->settle(*feed, attempt); !settled) return settled.error();
        return true;
    }
    return false;
}

base::Result<bool> Feeds::receive(FileTold const& told, storage::Blob const& blob,
                                  std::function<void(Received const&)> const& visit, std::stop_token const& stop) {
    auto const feed =
        state_->database.read([&](Session const& session) { return feed_table::find(session, told.source); });
    if (!feed) return feed.error();
    if (!*feed) {
        state_->intake.receive(told, blob, visit, stop);
        return false;
    }
    auto of_feed = state_->told_of(**feed, told.name);
    bool const tells_how = !told.mapping.empty() || (!told.format.empty() && told.format != "auto");
    if (tells_how) {
        of_feed.format = told.format;
        of_feed.mapping = told.mapping;
    }
    Attempt attempt;
    attempt.was_sent = true;
    state_->receive(of_feed, blob, attempt, stop);
    for (auto const& received : attempt.received) visit(received);
    if (auto const settled = state_->settle(**feed, attempt); !settled) return settled.error();
    return true;
}

base::Result<std::vector<Received>> Feeds::deliver(FeedId id, std::string const& name, std::string_view content,
                                                   base::Actor const& actor) {
    auto const feed = state_->find(id, actor.clearance);
    if (!feed) return feed.error();
    if (!feed->content.is_enabled) return base::conflict("the feed is switched off");
    bool const is_name = !name.empty() && name.size() <= longest_file_name && name != "." && name != ".." &&
                         name.find_first_of("/\\") == std::string::npos;
    if (!is_name) return base::invalid("name", "is no file's name of at most 255 bytes");
    if (content.size() > feed->content.most_bytes)
        return base::invalid(fmt::format("it is longer than {} bytes", feed->content.most_bytes));
    auto writer = state_->intake.begin();
    if (!writer) return writer.error();
    if (auto const added = writer->add(std::as_bytes(std::span(content))); !added) return added.error();
    auto const blob = writer->finish();
    if (!blob) return blob.error();
    Json const told{{"name", as_utf8(name)}, {"sha256", blob->sha256}, {"bytes", blob->bytes}};
    auto const noted = state_->journal.record(actor, {"feed.sent", "feed:" + id.text(), {}, told.dump()});
    if (!noted) return noted.error();
    Attempt attempt;
    attempt.was_sent = true;
    state_->receive(state_->told_of(*feed, name), *blob, attempt, {});
    if (auto const settled = state_->settle(*feed, attempt); !settled) return settled.error();
    if (attempt.failed) return *attempt.failed;
    return std::move(attempt.received);
}

}  // namespace kula::intake
