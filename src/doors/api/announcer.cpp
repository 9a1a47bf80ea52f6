#include "announcer.hpp"

#include <algorithm>

#include "sighting_view.hpp"

namespace kula::api {
namespace {

constexpr std::size_t remembered = 256;
constexpr std::size_t remembered_of_findings = 4096;
constexpr std::size_t most_ids = 100;

void join(events::News& sum, events::News const& more) {
    sum.at = std::max(sum.at, more.at);
    sum.count += more.count;
    sum.begun += more.begun;
    for (auto const id : more.ids) {
        if (sum.ids.size() < most_ids && std::find(sum.ids.begin(), sum.ids.end(), id) == sum.ids.end())
            sum.ids.push_back(id);
    }
    for (std::size_t direction = 0; direction < sum.flows.size(); ++direction)
        sum.flows[direction] += more.flows[direction];
    sum.bytes += more.bytes;
}

Json told(events::News const& news) {
    Json ids = Json::array();
    for (auto const id : news.ids) ids.push_back(id.text());
    return {{"at", time(news.at)},   {"count", count(news.count)}, {"new", count(news.begun)},
            {"ids", std::move(ids)}, {"flows", shown(news.flows)}, {"bytes", count(news.bytes)}};
}

/// What a reader of such a record must be allowed.
std::string_view permission_for(std::string_view subject) {
    if (subject.starts_with("finding:") || subject.starts_with("delivery:")) return "findings.read";
    if (subject.starts_with("message:")) return "messages.read";
    if (subject.starts_with("incident:") || subject.starts_with("report:")) return "incidents.read";
    return "organisations.read";
}

}  // namespace

Announcer::Announcer(Source status, Source collection, Pace pace)
    : status_(std::move(status)),
      collection_(std::move(collection)),
      pace_(pace),
      broadcast_(remembered),
      to_organisations_(remembered_of_findings),
      thread_([this] { run(); }) {}

Announcer::~Announcer() { close(); }

void Announcer::tell_change(base::Instant at, std::string_view deed, std::string_view subject) {
    Json const change{{"at", time(at)}, {"deed", deed}, {"subject", subject}};
    broadcast_.publish("changed", written(change), permission_for(subject));
}

void Announcer::add(findings::Finding const& finding, base::Instant at) {
    if (!finding.identity.organisation || !findings::is_for_outsiders(finding)) return;
    std::lock_guard const lock(mutex_);
    auto& news = pending_findings_[*finding.identity.organisation];
    news.at = std::max(news.at, at);
    if (news.ids.contains(finding.id)) return;
    ++news.count;
    if (news.ids.size() < most_ids) news.ids.insert(finding.id);
    changed_.notify_all();
}

void Announcer::close() {
    {
        std::lock_guard const lock(mutex_);
        stopped_ = true;
        changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
    broadcast_.close();
    to_organisations_.close();
}

void Announcer::add(events::News const& news) {
    std::lock_guard const lock(mutex_);
    if (pending_) {
        join(*pending_, news);
    } else {
        pending_ = news;
    }
    changed_.notify_all();
}

std::shared_ptr<net::EventStream> Announcer::follow(std::optional<std::string_view> last_event_id,
                                                    std::set<std::string, std::less<>> permissions,
                                                    std::function<bool()> holds) {
    auto const wants = [permissions = std::move(permissions)](std::string_view permission) {
        return permissions.contains(permission);
    };
    return watched(broadcast_.subscribe(last_event_id, wants), std::move(holds));
}

std::shared_ptr<net::EventStream> Announcer::follow_findings(std::optional<std::string_view> last_event_id,
                                                             base::Clearance clearance, std::function<bool()> holds) {
    auto const wants = [clearance = std::move(clearance)](std::string_view organisation) {
        auto const id = base::Uuid::parse(organisation);
        return id && clearance.may_see(*id);
    };
    return watched(to_organisations_.subscribe(last_event_id, wants), std::move(holds));
}

std::shared_ptr<net::EventStream> Announcer::watched(std::shared_ptr<net::EventStream> stream,
                                                     std::function<bool()> holds) {
    if (holds) {
        std::lock_guard const lock(mutex_);
        followers_.push_back({stream, std::move(holds)});
    }
    return stream;
}

void Announcer::look_again() {
    std::lock_guard const lock(mutex_);
    looks_again_ = true;
    changed_.notify_all();
}

void Announcer::end_what_holds_no_more() {
    std::vector<Follower> followers;
    {
        std::lock_guard const lock(mutex_);
        looks_again_ = false;
        std::erase_if(followers_, [](Follower const& follower) {
            auto const stream = follower.stream.lock();
            return !stream || !stream->is_open();
        });
        followers = followers_;
    }
    for (auto const& follower : followers) {
        auto const stream = follower.stream.lock();
        if (stream && !follower.holds()) stream->close();
    }
}

void Announcer::run() {
    auto const now = [] { return std::chrono::steady_clock::now(); };
    auto sightings_due = now();
    auto others_due = now();
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            auto const is_woken = [this] { return stopped_ || looks_again_; };
            auto const has_news = [&] { return is_woken() || pending_ || !pending_findings_.empty(); };
            if (changed_.wait_until(lock, others_due, has_news) && !is_woken()) {
                changed_.wait_until(lock, sightings_due, is_woken);
            }
            if (stopped_) return;
        }
        if (now() >= others_due || looks_again()) end_what_holds_no_more();
        if (now() >= sightings_due) {
            bool const told_sightings = tell_sightings();
            if (tell_findings() || told_sightings) sightings_due = now() + pace_.sightings;
        }
        if (now() >= others_due) {
            broadcast_.close_older_than(pace_.longest_stream);
            to_organisations_.close_older_than(pace_.longest_stream);
            tell_others();
            others_due = now() + pace_.others;
        }
    }
}

bool Announcer::tell_sightings() {
    std::optional<events::News> news;
    {
        std::lock_guard const lock(mutex_);
        news.swap(pending_);
    }
    if (news) broadcast_.publish("sightings", written(told(*news)), "sightings.read");
    return news.has_value();
}

bool Announcer::tell_findings() {
    decltype(pending_findings_) pending;
    {
        std::lock_guard const lock(mutex_);
        pending.swap(pending_findings_);
    }
    for (auto const& [organisation, news] : pending) {
        Json ids = Json::array();
        for (auto const& id : news.ids) ids.push_back(id.text());
        Json const told{{"at", time(news.at)},
                        {"organisation", organisation.text()},
                        {"count", count(news.count)},
                        {"ids", std::move(ids)}};
        to_organisations_.publish("findings", written(told), organisation.text());
    }
    return !pending.empty();
}

void Announcer::tell_others() {
    auto collection = collection_();
    if (broadcast_.subscribers() == 0) return;
    tell_if_changed("exporters", "collection.read", std::move(collection), last_collection_);
    tell_if_changed("status", "status.read", status_(), last_status_);
}

void Announcer::tell_if_changed(std::string_view name, std::string_view permission, Json now, Json& last) {
    auto const text = written(now);
    now.erase("now");
    if (now == last) return;
    last = std::move(now);
    broadcast_.publish(name, text, permission);
}

}  // namespace kula::api
