// Asking Shadowserver's API for reports.
//
// A report's rows are stored before its id is noted as fetched: what a crash cuts off is fetched again, and is content
// that came before.

#include <fmt/format.h>

#include <set>

#include "base/ascii.hpp"
#include "feeds_state.hpp"
#include "listed_files.hpp"
#include "net/client.hpp"
#include "net/reach.hpp"
#include "net/web_address.hpp"
#include "seals/digest.hpp"
#include "web_fetch.hpp"

namespace kula::intake {
namespace {

constexpr std::size_t most_fetched = 200;  // at one look
constexpr std::size_t longest_told_fault = 200;
constexpr std::size_t largest_list = 16 * 1024 * 1024;
constexpr std::chrono::seconds longest_listing = std::chrono::minutes(5);
/// More than the longest window: what is older is listed no more.
constexpr std::chrono::hours remembered{24 * 100};

/// What the server lists. Neither key nor secret is in what is told.
base::Result<std::vector<ListedReport>> ask_for_list(Feed const& feed, ShadowserverKeys const& keys,
                                                     std::vector<base::Prefix> const& besides, base::Instant now,
                                                     std::stop_token const& stop) {
    auto const address = net::WebAddress::parse(feed.content.url);
    if (!address) return base::invalid("the address is none");
    auto client = net::Client::open({.server = address->server,
                                     .largest_answer = largest_list,
                                     .longest = longest_listing,
                                     .may_reach = [&](base::Address to) { return net::is_within_reach(to, besides); },
                                     .stop = stop});
    if (!client) return client.error();
    net::ClientRequest request{.method = net::Method::post,
                               .target = address->target + "reports/list",
                               .body = list_question(*feed.content.shadowserver, keys.key, now)};
    request.headers.add("Content-Type", "application/json");
    request.headers.add("HMAC2", seals::hex(seals::hmac_sha256(keys.secret, request.body)));
    auto const answer = (*client)->ask(request);
    if (!answer) return answer.error();
    if (answer->status == 401 || answer->status == 403)
        return base::refused("Shadowserver refused the key or the secret");
    if (answer->status != 200) return refusal_of(*answer);
    auto listed = listed_in(answer->body, feed.content.shadowserver->types);
    if (listed) return listed;
    // It may repeat what it was asked, so that is looked for in all that it says.
    auto failed = listed.error();
    if (failed.detail.find(keys.key) != std::string::npos)
        return base::refused("Shadowserver refused the key or the secret");
    failed.detail.resize(base::beginning(failed.detail, longest_told_fault).size());
    return failed;
}

}  // namespace

Attempt Feeds::State::ask_shadowserver(Feed const& feed, std::stop_token const& stop) const {
    Attempt attempt;
    auto const asked = [&]() -> base::Result<void> {
        auto const sealed =
            database.read([&](storage::Session const& session) { return feed_table::sealed(session, feed.id); });
        if (!sealed) return sealed.error();
        auto const keys = open_keys(sealed->keys, feed.id);
        if (!keys) return keys.error();
        auto listed = ask_for_list(feed, *keys, besides, clock.now(), stop);
        if (!listed) return listed.error();
        auto const fetched = database.read(
            [&](storage::Session const& session) { return feed_table::fetched_reports(session, feed.id); });
        if (!fetched) return fetched.error();
        std::set<std::string> const before(fetched->begin(), fetched->end());
        std::erase_if(*listed, [&](ListedReport const& report) { return before.contains(report.id); });
        auto const take = [&](std::size_t place) { return take_report(feed, (*listed)[place], attempt, stop); };
        take_listed(listed->size(), most_fetched, take, attempt, stop);
        return {};
    }();
    if (!asked) attempt.failed = asked.error();
    return attempt;
}

base::Result<bool> Feeds::State::take_report(Feed const& feed, ListedReport const& report, Attempt& attempt,
                                             std::stop_token const& stop) const {
    auto writer = intake.begin();
    if (!writer) return writer.error();
    auto const& content = feed.content;
    auto const fetched = fetch({.url = content.shadowserver->downloads + report.id, .most_bytes = content.most_bytes},
                               besides, *writer, clock, stop);
    if (fetched.failed) {
        auto failed = *fetched.failed;
        bool const is_of_this_one = failed.fault == base::Fault::invalid || failed.fault == base::Fault::not_found;
        if (is_of_this_one) attempt.received.push_back({as_utf8(report.file), failed});
        if (is_of_this_one) return false;
        failed.detail = fmt::format("{}: {}", report.file, failed.detail);
        attempt.not_before = fetched.not_before;
        return failed;
    }
    Attempt one;
    receive(told_of(feed, report.file), *fetched.blob, one, stop);
    attempt.received.insert(attempt.received.end(), one.received.begin(), one.received.end());
    if (one.failed) return *one.failed;
    auto const now = clock.now();
    auto const noted = database.write(storage::Priority::interactive, [&](storage::Session& session) {
        feed_table::note_fetched(session, feed.id, report.id, now, now - remembered);
    });
    if (!noted) return noted.error();
    return true;
}

}  // namespace kula::intake
