// Looking into a folder of MISP's events.
//
// An event's rows are stored before it is noted as taken: what a crash cuts off is fetched again, and is content that
// came before. The manifest counts as read only when nothing that it lists is left.

#include <fmt/format.h>

#include "feed_table.hpp"
#include "feeds_state.hpp"
#include "listed_files.hpp"
#include "misp_folder.hpp"
#include "web_fetch.hpp"

namespace kula::intake {
namespace {

constexpr std::size_t most_fetched = 500;  // at one look
constexpr std::uint64_t largest_manifest = 64 << 20;

/// What holds up no other event.
bool is_of_this_one(base::Error const& failed) { return failed.fault != base::Fault::unavailable; }

}  // namespace

Attempt Feeds::State::look_into_misp_folder(Feed const& feed, std::stop_token const& stop) const {
    Attempt attempt;
    auto const looked = [&]() -> base::Result<void> {
        auto const headers = headers_of(feed);
        if (!headers) return headers.error();
        auto fetched = fetch_text({.url = feed.content.url + "manifest.json",
                                   .headers = *headers,
                                   .etag = feed.state.etag,
                                   .last_modified = feed.state.last_modified,
                                   .most_bytes = largest_manifest},
                                  besides, clock, stop);
        attempt.not_before = fetched.not_before;
        attempt.is_unchanged = fetched.is_unchanged;
        if (fetched.failed) return *fetched.failed;
        if (fetched.is_unchanged) return {};
        auto listed = listed_events(fetched.text);
        if (!listed) return listed.error();
        auto const known =
            database.read([&](storage::Session const& session) { return feed_table::asked_events(session, feed.id); });
        if (!known) return known.error();
        auto const wanted = events_to_take(std::move(*listed), *known);
        std::size_t left = wanted.size();
        auto const take = [&](std::size_t place) {
            auto took = take_event(feed, *headers, wanted[place], attempt, stop);
            if (took && *took) --left;
            return took;
        };
        take_listed(wanted.size(), most_fetched, take, attempt, stop);
        if (left > 0) return {};
        attempt.etag = fetched.etag;
        attempt.last_modified = fetched.last_modified;
        return {};
    }();
    if (!looked) attempt.failed = looked.error();
    return attempt;
}

base::Result<bool> Feeds::State::take_event(Feed const& feed, std::vector<FeedHeader> const& headers,
                                            MispEvent const& event, Attempt& attempt,
                                            std::stop_token const& stop) const {
    auto writer = intake.begin();
    if (!writer) return writer.error();
    auto const file = event.uuid + ".json";
    auto const fetched =
        fetch({.url = feed.content.url + file, .headers = headers, .most_bytes = feed.content.most_bytes}, besides,
              *writer, clock, stop);
    auto const note = [&](std::uint64_t failures) {
        return database.write(storage::Priority::interactive, [&](storage::Session& session) {
            feed_table::note_asked(session, feed.id, {event.uuid, event.stamp, failures});
        });
    };
    if (fetched.failed) {
        auto failed = *fetched.failed;
        if (is_of_this_one(failed)) {
            attempt.received.push_back({file, failed});
            if (auto const noted = note(event.failures + 1); !noted) return noted.error();
            return false;
        }
        failed.detail = fmt::format("{}: {}", file, failed.detail);
        attempt.not_before = fetched.not_before;
        return failed;
    }
    Attempt one;
    receive(told_of(feed, file), *fetched.blob, one, stop);
    attempt.received.insert(attempt.received.end(), one.received.begin(), one.received.end());
    if (one.failed) return *one.failed;
    // What is no event now may be a file that is still being written.
    bool const is_taken = std::none_of(one.received.begin(), one.received.end(), is_refused);
    if (auto const noted = note(is_taken ? 0 : event.failures + 1); !noted) return noted.error();
    return is_taken;
}

}  // namespace kula::intake
