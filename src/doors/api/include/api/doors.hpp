#pragma once
/// @file
/// The doors of Kula: the REST API and its stream as `api/openapi.yaml` says, the desk, and what operators ask of a
/// server.
///
/// Built on rooms that are open already; answers as soon as `router()` is given to a `net::Server`. Every route of the
/// API stands behind a gate that knows the caller and what the contract asks of them. All members are safe from any
/// thread.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "collect/collector.hpp"
#include "events/aggregator.hpp"
#include "events/event_store.hpp"
#include "events/store.hpp"
#include "findings/findings.hpp"
#include "incidents/incidents.hpp"
#include "incidents/triage.hpp"
#include "indicators/store.hpp"
#include "intake/feeds.hpp"
#include "intake/intake.hpp"
#include "journal/journal.hpp"
#include "net/router.hpp"
#include "net/server.hpp"
#include "net/static_files.hpp"
#include "notify/inbox.hpp"
#include "notify/outbox.hpp"
#include "notify/webhooks.hpp"
#include "origins/table_files.hpp"
#include "registry/registry.hpp"
#include "release/gate.hpp"
#include "seals/signing_key.hpp"
#include "storage/database.hpp"
#include "vulnerabilities/catalogue.hpp"

namespace kula::api {

/// Where the doors lead. All outlive them.
struct Rooms {
    storage::Database& database;
    journal::Journal& journal;
    access::Access& access;
    registry::Registry& registry;
    indicators::Store& indicators;
    events::SightingStore& sightings;
    events::EventStore& events;
    release::Gate& gate;
    notify::Outbox& outbox;
    notify::Webhooks& webhooks;
    events::SightingAggregator const& aggregator;
    intake::Intake& intake;
    intake::Feeds& feeds;
    collect::Collector const* collector;  ///< Null where nothing is collected, or not yet.
    seals::SigningKey signing_key;        ///< For checkpoints of the trail; what is derived from it seals answers.
    base::Clock const& clock;
    findings::Findings& findings;
    vulnerabilities::Catalogue const& vulnerabilities;
    incidents::Incidents& incidents;
    incidents::Triage& triage;
};

enum class Edition { production, demo };

/// What the server says of itself.
struct About {
    std::string version;
    Edition edition = Edition::production;
    base::Instant started_at;
    std::chrono::milliseconds window{5000};  ///< Of the aggregator.
    events::Retention retention{};
    bool knows_countries = false;
    std::function<std::vector<origins::TableState>()> tables{};    ///< Of AS numbers and countries, as they stand.
    std::function<std::optional<base::Instant>()> snapshot_at{};   ///< When the set that is matched now was compiled.
    std::chrono::minutes longest_pause{30};                        ///< Of a session without use.
    std::function<std::optional<base::Instant>()> next_cleanup{};  ///< When retention is applied next.
    std::function<std::optional<journal::Checkpoint>()>
        last_checkpoint{};    ///< The latest one of every day, for /metrics.
    std::string mail_from{};  ///< Whom mail is from; empty where no mail server is set up.
    std::function<std::optional<notify::InboxState>()> inbox{};  ///< Of the team's mailbox, where one is read.
    std::string demo_people{};  ///< JSON of `/desk/demo.json`: who may sign in to the demo; empty in production.
};

class Doors {
public:
    /// `desk` are the files of the desk; none where it is not built in.
    /// Subscribes to the rooms, so it is to be made before threads that change them start.
    Doors(Rooms rooms, About about, std::vector<net::Asset> desk = {});
    /// Ends the streams.
    ~Doors();
    Doors(Doors const&) = delete;
    Doors& operator=(Doors const&) = delete;

    /// All routes. The doors outlive the server that gets them.
    [[nodiscard]] net::Router router();
    /// For `net::Server::start`, so that requests are counted.
    [[nodiscard]] std::function<void(net::Exchange const&)> observer();
    /// For `/metrics`; the server outlives the doors' answering. Null for none.
    void watch(net::Server const* server);
    /// In place of `Rooms::collector`, for one that started later.
    void watch(collect::Collector const* collector);
    /// `/readyz` says why not until this was called, and whenever the database does not answer.
    void open();
    /// Removes what the doors remember of requests and is over. To be called every few minutes: an answer with a secret
    /// is kept for 10.
    base::Result<void> tidy();
    /// Tells every open desk of the team that something was changed, and organisations whose findings an entry of the
    /// trail is about. `after` is what it left, in JSON. `unavailable` where the database does not answer.
    base::Result<void> announce(base::Instant at, std::string_view deed, std::string_view subject,
                                std::string_view after);
    /// Ends every stream, so that a server can stop without waiting for them, and asks no room by itself any more.
    /// Once.
    void close();

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace kula::api
