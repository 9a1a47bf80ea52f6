#pragma once
/// @file
/// A running Kula: rooms built in floor order, connected, and taken down in reverse.

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "api/doors.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "collect/collector.hpp"
#include "collecting_log.hpp"
#include "daily_backups.hpp"
#include "delivery.hpp"
#include "events/aggregator.hpp"
#include "events/event_store.hpp"
#include "events/store.hpp"
#include "findings_follower.hpp"
#include "incidents/incidents.hpp"
#include "incidents/triage.hpp"
#include "indicators/store.hpp"
#include "intake/feed_runner.hpp"
#include "intake/feeds.hpp"
#include "intake/intake.hpp"
#include "intake/sensors.hpp"
#include "journal/daily_checkpoint.hpp"
#include "live_matcher.hpp"
#include "mailing.hpp"
#include "net/server.hpp"
#include "origins/table_files.hpp"
#include "owner_socket.hpp"
#include "portal/portal.hpp"
#include "registry/registry.hpp"
#include "rounds/answers.hpp"
#include "rounds/contact_links.hpp"
#include "rounds_runner.hpp"
#include "seals/openpgp_signer.hpp"
#include "serve_options.hpp"
#include "storage/database.hpp"
#include "table_watch.hpp"
#include "vulnerabilities/catalogue.hpp"

namespace kula {

/// 127.0.0.0/8 and ::1.
bool is_loopback(base::Address address);

class Service {
public:
    /// Everything runs when this returns. `clock` outlives the service. The fault names what could not be had: the data
    /// folder, a port, a file.
    static base::Result<std::unique_ptr<Service>> start(ServeOptions const& options, base::Clock const& clock);
    /// Stops collecting, flushes what waits, then closes.
    ~Service();
    Service(Service const&) = delete;
    Service& operator=(Service const&) = delete;

    /// `http://127.0.0.1:8080`
    [[nodiscard]] std::string url() const { return server_->url(); }
    [[nodiscard]] std::vector<collect::Endpoint> collecting_at() const;
    /// Reads certificate and key anew; the old ones stay where that fails.
    base::Result<void> reload_tls();
    /// Reads the tables of AS numbers and countries whose files have changed, without waiting for its next look.
    void reload_tables();
    [[nodiscard]] registry::Registry& registry() { return *registry_; }
    [[nodiscard]] indicators::Store& indicators() { return *indicators_; }
    [[nodiscard]] access::Access& access() { return *access_; }
    [[nodiscard]] intake::Feeds& feeds() { return *feeds_; }
    [[nodiscard]] Mailing& mailing() { return *mailing_; }
    [[nodiscard]] findings::Findings& findings() { return *findings_; }
    [[nodiscard]] findings::RoutingStore& routing() { return *routing_; }
    [[nodiscard]] rounds::Answers& answers() { return *answers_; }

private:
    Service(ServeOptions const& options, base::Clock const& clock) : options_(options), clock_(clock) {}
    base::Result<void> load_tables();
    base::Result<void> open_rooms();
    base::Result<void> open_mailing();
    base::Result<void> use_warninglists();
    [[nodiscard]] std::shared_ptr<registry::NationalSpace const> national_space() const;
    void make_doors();
    base::Result<void> collect();
    base::Result<void> answer();
    base::Result<void> open_access();
    base::Result<void> open_feeds();
    base::Result<void> open_checkpoints();
    base::Result<void> open_signer();
    [[nodiscard]] portal::Sign sign() const;
    base::Result<void> open_backups();
    void deliver();
    [[nodiscard]] net::ServerOptions server_options() const;
    void keep_house(std::stop_token const& stop);
    void read_on(std::stop_token const& stop) const;
    int answer_owner(AdminRequest const& request, int file, Print const& print, std::stop_token const& stop);
    [[nodiscard]] events::Retention retention() const;
    /// Absent before the first round of the housekeeper.
    [[nodiscard]] std::optional<base::Instant> next_cleanup() const;

    ServeOptions options_;
    base::Clock const& clock_;
    std::unique_ptr<origins::TableFiles> tables_;
    std::unique_ptr<storage::Database> database_;
    std::optional<seals::SigningKey> signing_key_;
    std::optional<seals::OpenPgpSigner> signer_;
    std::unique_ptr<journal::Journal> journal_;
    std::optional<journal::DailyCheckpoint> checkpoints_;
    std::unique_ptr<registry::Registry> registry_;
    std::unique_ptr<access::Access> access_;
    std::unique_ptr<indicators::Store> indicators_;
    std::unique_ptr<vulnerabilities::Catalogue> vulnerabilities_;
    std::unique_ptr<events::SightingStore> sightings_;
    std::unique_ptr<events::SightingAggregator> aggregator_;
    std::unique_ptr<events::EventStore> events_;
    std::unique_ptr<intake::Intake> intake_;
    std::unique_ptr<intake::Feeds> feeds_;
    std::unique_ptr<findings::Findings> findings_;
    std::unique_ptr<incidents::Incidents> incidents_;
    std::unique_ptr<incidents::Triage> triage_;
    std::unique_ptr<findings::RoutingStore> routing_;
    std::unique_ptr<Mailing> mailing_;
    std::optional<seals::SecretBox> link_secrets_;
    std::unique_ptr<rounds::Answers> answers_;
    std::unique_ptr<rounds::ContactLinks> contact_links_;
    std::unique_ptr<LiveMatcher> matcher_;
    std::unique_ptr<api::Doors> doors_;
    std::unique_ptr<portal::Portal> portal_;
    std::unique_ptr<collect::Collector> collector_;
    std::unique_ptr<CollectingLog> collecting_log_;
    std::unique_ptr<net::Server> server_;
    std::unique_ptr<Delivery> delivery_;
    std::unique_ptr<OwnerSocket> owner_socket_;
    std::atomic<std::int64_t> next_round_ = 0;  ///< Microseconds UTC.
    std::jthread housekeeper_;
    std::jthread reader_;  ///< Of deliveries that were begun before.
    std::unique_ptr<FindingsFollower> follower_;
    std::unique_ptr<RoundsRunner> rounds_;
    std::unique_ptr<DailyBackups> daily_backups_;
    std::unique_ptr<intake::FeedRunner> feed_runner_;
    std::unique_ptr<TableWatch> table_watch_;
};

}  // namespace kula
