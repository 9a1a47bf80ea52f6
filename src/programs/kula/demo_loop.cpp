#include "demo_loop.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <fstream>
#include <mutex>

#include <nlohmann/json.hpp>

#include "demo_organisations.hpp"
#include "shipped_data.hpp"

namespace kula {
namespace {

using findings::Finding;
using findings::State;

constexpr auto between_visits = std::chrono::seconds(5);
constexpr auto between_reports = std::chrono::minutes(3);
base::Actor const loop_maker{"system:demo"};

nlohmann::json scans() { return nlohmann::json::parse(shipped_data("demo/scans.json")); }

base::Result<void> let_rules_send(findings::RoutingStore& routing) {
    auto stored = routing.stored();
    if (!stored) return stored.error();
    if (stored->version > 0) return {};
    stored->content.sends = true;
    auto const replaced = routing.replace(0, std::move(stored->content), loop_maker);
    if (!replaced) return replaced.error();
    return {};
}

/// A demo may listen at another port each time; an address that somebody told stays.
base::Result<void> tell_portal(registry::Registry& registry, std::string const& portal) {
    auto const team = registry.team();
    if (!team->content.portal.empty() && !team->content.portal.starts_with("http://localhost:")) return {};
    auto content = team->content;
    content.portal = portal;
    auto const replaced = registry.replace_team(team->version, std::move(content), loop_maker);
    if (!replaced) return replaced.error();
    return {};
}

base::Result<std::vector<Finding>> findings_in(findings::Findings const& findings, std::vector<State> states) {
    findings::FindingQuery query;
    query.states = std::move(states);
    query.limit = 1000;
    query.clearance = base::Clearance::everything();
    auto page = findings.list(query);
    if (!page) return page.error();
    return std::move(page->items);
}

}  // namespace

bool DemoLoop::Service::is_at(findings::Identity const& identity) const {
    return identity.place == place && identity.problem == problem;
}

DemoLoop::DemoLoop(Rooms rooms) : rooms_(rooms) {
    auto const told = scans();
    for (auto const& json : told.at("services")) {
        services_.push_back({json.at("place").get<std::string>(), json.at("port").get<std::uint16_t>(),
                             json.at("transport").get<std::string>(), json.at("type").get<std::string>(),
                             json.at("problem").get<std::string>(), findings::parse_state(json.value("answers", "")),
                             json.value("mends", false)});
    }
}

base::Result<std::unique_ptr<DemoLoop>> DemoLoop::start(Rooms rooms, std::string const& portal) {
    std::unique_ptr<DemoLoop> loop(new DemoLoop(rooms));
    if (auto const told = tell_portal(rooms.registry, portal); !told) return told.error();
    if (auto const agreed = loop->agree_to_plain_mail(); !agreed) return agreed.error();
    if (auto const sends = let_rules_send(rooms.routing); !sends) return sends.error();
    loop->thread_ = std::jthread([&made = *loop](std::stop_token const& stop) { made.run(stop); });
    return loop;
}

void DemoLoop::run(std::stop_token const& stop) const {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any signal;
    auto next_report = rooms_.clock.now();
    while (!stop.stop_requested()) {
        base::Result<void> done;
        if (rooms_.clock.now() >= next_report) {
            done = lay_report();
            next_report = rooms_.clock.now() + between_reports;
        }
        if (done) done = answer();
        if (!done) spdlog::warn("the demo's loop: {}", done.error().detail);
        signal.wait_for(lock, stop, between_visits, [&] { return stop.stop_requested(); });
    }
}

base::Result<void> DemoLoop::agree_to_plain_mail() const {
    auto const told = scans();
    for (auto const& [name, why] : told.at("agreed").items()) {
        auto const organisation = demo_organisation(name, rooms_.registry);
        if (!organisation) return organisation.error();
        auto const known = rooms_.gate.plain_agreement(*organisation, base::Clearance::everything());
        if (!known) return known.error();
        if (*known) continue;
        auto const agreed = rooms_.gate.agree(*organisation, base::Tlp::amber, why.get<std::string>(), loop_maker);
        if (!agreed) return agreed.error();
    }
    return {};
}

/// All services but those that were mended.
base::Result<std::string> DemoLoop::report() const {
    auto const gone = findings_in(rooms_.findings, {State::claimed_fixed, State::verified});
    if (!gone) return gone.error();
    auto const now = base::to_seconds_text(rooms_.clock.now());
    std::string out =
        "time.source,source.ip,source.port,protocol.transport,classification.type,classification.identifier\n";
    for (auto const& service : services_) {
        bool const is_gone = service.mends && std::any_of(gone->begin(), gone->end(), [&](Finding const& each) {
                                 return service.is_at(each.identity);
                             });
        if (is_gone) continue;
        out += fmt::format("{},{},{},{},{},{}\n", now, service.place, service.port, service.transport, service.type,
                           service.problem);
    }
    return out;
}

/// Under another name first, as the drop folder wants it.
base::Result<void> DemoLoop::lay_report() const {
    auto const written = report();
    if (!written) return written.error();
    auto const folder = rooms_.feeds.drop_folder("example-scanner");
    auto name = "scan-" + base::to_seconds_text(rooms_.clock.now()) + ".csv";
    std::erase_if(name, [](char letter) { return letter == ':'; });
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    std::ofstream out(folder / (name + ".part"), std::ios::binary);
    out << *written;
    out.close();
    if (out && !failed) std::filesystem::rename(folder / (name + ".part"), folder / name, failed);
    if (!out || failed) return base::unavailable("cannot write to " + folder.string());
    return {};
}

/// Each looks at what it was told, and answers at the next look. What came back after its answer it leaves to the team.
base::Result<void> DemoLoop::answer() const {
    auto const told = findings_in(rooms_.findings, {State::notified, State::seen});
    if (!told) return told.error();
    for (auto const& finding : *told) {
        auto const service = std::find_if(services_.begin(), services_.end(),
                                          [&](Service const& each) { return each.is_at(finding.identity); });
        if (service == services_.end() || !service->answers || finding.relapses > 0) continue;
        auto const with = finding.state == State::notified ? State::seen : *service->answers;
        if (auto const done = answer(finding, with); !done) return done;
    }
    return {};
}

/// By the link of the newest mail that is about it, as whoever has that mail does.
base::Result<void> DemoLoop::answer(Finding const& finding, State with) const {
    notify::MessageQuery query;
    query.state = notify::MessageState::sent;
    query.topic = rounds::topic_of(finding.id);
    query.limit = 1;
    query.clearance = base::Clearance::everything();
    auto const sent = rooms_.outbox.list(query);
    if (!sent) return sent.error();
    if (sent->items.empty()) return {};
    auto const link = rooms_.answers.token(sent->items.front().id, rooms_.clock.now() + rounds::link_life);
    auto const reason =
        findings::needs_reason(with, findings::Party::owner) ? "This address is another organisation's." : "";
    auto const done = rooms_.answers.answer(link, {finding.id}, {with, reason});
    if (!done) return done.error();
    return {};
}

}  // namespace kula
