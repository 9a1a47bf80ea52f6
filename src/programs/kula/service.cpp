#include "service.hpp"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "announced_space.hpp"
#include "backup_options.hpp"
#include "demo_country.hpp"
#include "demo_people.hpp"
#include "desk_assets.hpp"
#include "keys.hpp"
#include "record_verbs.hpp"
#include "sensor.hpp"
#include "upgrade.hpp"

namespace kula {
namespace {

constexpr auto between_rounds = std::chrono::minutes(5);  // of the housekeeper, and before a failure is tried again
constexpr auto longest_rest = std::chrono::minutes(1);    // until it is looked whether a delivery was left

/// Moves a room out of its result, or says why it could not be opened.
template <class Room>
base::Result<void> take(std::unique_ptr<Room>& place, base::Result<std::unique_ptr<Room>> opened) {
    if (!opened) return opened.error();
    place = std::move(*opened);
    return {};
}

}  // namespace

bool is_loopback(base::Address address) {
    return base::Prefix(base::Address::v4(0x7f000000), 8).contains(address) || address == *base::Address::parse("::1");
}

base::Result<std::unique_ptr<Service>> Service::start(ServeOptions const& options, base::Clock const& clock) {
    std::unique_ptr<Service> service(new Service(options, clock));
    for (auto const step : {&Service::load_tables, &Service::open_signer, &Service::open_rooms, &Service::collect,
                            &Service::answer, &Service::open_backups}) {
        if (auto const done = (service.get()->*step)(); !done) return done.error();
    }
    service->feed_runner_ = std::make_unique<intake::FeedRunner>(
        *service->feeds_, clock, [](std::string_view fault) { spdlog::error("feeds: {}", fault); });
    service->table_watch_ = std::make_unique<TableWatch>(*service->tables_, [raw = service.get()] {
        raw->matcher_->follow_national_space();
        raw->matcher_->follow_indicators();
    });
    service->reader_ = std::jthread([raw = service.get()](std::stop_token const& stop) { raw->read_on(stop); });
    service->follower_ = std::make_unique<FindingsFollower>(*service->findings_);
    service->housekeeper_ = std::jthread([raw = service.get()](std::stop_token const& stop) { raw->keep_house(stop); });
    return service;
}

Service::~Service() {
    table_watch_.reset();
    daily_backups_.reset();
    follower_.reset();
    reader_.request_stop();  // Who asks over the socket may wait for what it reads.
    owner_socket_.reset();
    reader_ = {};
    delivery_.reset();
    rounds_.reset();
    housekeeper_.request_stop();
    if (doors_) doors_->close();
    if (server_) server_->stop();
    feed_runner_.reset();
    if (collector_) collector_->stop();
    collecting_log_.reset();
}

events::Retention Service::retention() const {
    return {.longest = std::chrono::days(options_.keep_days), .most_bytes = options_.keep_megabytes * 1'000'000};
}

base::Result<void> Service::load_tables() {
    bool const is_demo = options_.purpose == ServeOptions::Purpose::demo;
    origins::TablePaths const paths{options_.as_table, is_demo ? std::string() : options_.countries};
    if (auto done = take(tables_, origins::TableFiles::open(paths, clock_)); !done) return done;
    if (!is_demo) return {};
    auto countries = origins::read_table(origins::TableKind::countries, demo_countries());
    if (!countries) return countries.error();
    countries->about.version = "demo";
    countries->about.read_at = clock_.now();
    tables_->use_countries(std::make_shared<origins::CountryTable const>(std::move(*countries)));
    return {};
}

base::Result<void> Service::open_rooms() {
    storage::DatabaseOptions const where{.folder = options_.data, .url = options_.database};
    if (auto done = take(database_, storage::Database::open(where, clock_)); !done) return done;
    auto const upgraded = upgrade(*database_, {where}, clock_);
    if (!upgraded) return upgraded.error();
    if (!upgraded->scripts.empty())
        spdlog::info("upgraded: {} have run; the backup of before is {}", to_text(upgraded->scripts),
                     upgraded->saved_to.string());
    if (auto done = take(journal_, journal::Journal::open(*database_, clock_)); !done) return done;
    if (auto done = take(indicators_, indicators::Store::open(*database_, *journal_, clock_)); !done) return done;
    if (auto done = take(vulnerabilities_, vulnerabilities::Catalogue::open(*database_, *journal_, clock_)); !done)
        return done;
    if (auto done = take(registry_, registry::Registry::open(*database_, *journal_, clock_)); !done) return done;
    if (auto done = open_access(); !done) return done;
    if (auto done = open_checkpoints(); !done) return done;
    if (auto done = use_warninglists(); !done) return done;
    if (auto done = take(sightings_, events::SightingStore::open(*database_, clock_)); !done) return done;
    if (auto done = take(events_, events::EventStore::open(*database_, clock_)); !done) return done;
    if (auto done = take(intake_, intake::Intake::open(*database_, *journal_, *events_, *registry_, *indicators_,
                                                       *vulnerabilities_, clock_, [this] { return tables_->now(); }));
        !done)
        return done;
    if (auto done = open_feeds(); !done) return done;
    if (auto done = take(findings_, findings::Findings::open(
                                        *database_, *journal_, *registry_, *vulnerabilities_, clock_,
                                        [this](auto const& listed) { return intake::watched(*indicators_, listed); }));
        !done) {
        return done;
    }
    incidents::IsCommon const is_common = [this](auto const&, auto const& value) {
        auto const lists = indicators_->warninglists();
        auto const parsed = indicators::Value::parse(value, indicators::ReservedSpace::allow);
        return lists != nullptr && parsed && !lists->matches(*parsed).empty();
    };
    if (auto done = take(incidents_, incidents::Incidents::open(*database_, *journal_, clock_, is_common)); !done)
        return done;
    triage_ = std::make_unique<incidents::Triage>(*database_, *journal_, clock_, is_common);
    routing_ = std::make_unique<findings::RoutingStore>(*database_, *journal_, clock_);
    auto const country = [this](base::Address address) { return tables_->now().countries->find(address); };
    auto const window = std::chrono::milliseconds(static_cast<std::int64_t>(options_.window * 1000));
    aggregator_ = std::make_unique<events::SightingAggregator>(
        *sightings_, [this] { return registry_->attribution(); },
        tables_->now().countries ? events::CountryOf(country) : events::CountryOf(), clock_,
        events::AggregatorOptions{.window = window});
    matcher_ = std::make_unique<LiveMatcher>([this] { return indicators_->compile(tables_->now().as_numbers); },
                                             [this] { return national_space(); }, clock_);
    registry_->on_change([this] { matcher_->follow_national_space(); });
    indicators_->on_change([this] { matcher_->follow_indicators(); });
    if (auto done = open_mailing(); !done) return done;
    make_doors();
    return {};
}

base::Result<void> Service::open_mailing() {
    auto secrets = open_secrets(options_.data, options_.secret_key);
    if (!secrets) return secrets.error();
    if (auto done = take(mailing_, Mailing::open(options_.mail, {*database_, *journal_, *registry_, *findings_, clock_},
                                                 signer_ ? &*signer_ : nullptr, *secrets));
        !done)
        return done;
    link_secrets_.emplace(std::move(*secrets));
    answers_ = std::make_unique<rounds::Answers>(*database_, *findings_, mailing_->outbox(), *link_secrets_, clock_);
    contact_links_ = std::make_unique<rounds::ContactLinks>(*registry_, mailing_->outbox(), *link_secrets_, clock_);
    return {};
}

base::Result<void> Service::open_access() {
    auto secrets = open_secrets(options_.data, options_.secret_key);
    if (!secrets) return secrets.error();
    auto key = open_signing_key(options_.data, *secrets);
    if (!key) return key.error();
    signing_key_ = std::move(*key);
    access::Options options;
    options.longest_pause = std::chrono::minutes(options_.idle_minutes);
    options.password_queue = 3;  // Of the threads that answer, so many may wait for a password.
    if (options_.purpose == ServeOptions::Purpose::demo) options.second_factor = access::SecondFactor::optional;
    if (auto done = take(access_, access::Access::open(*database_, *journal_, *secrets, clock_, options)); !done) {
        return done;
    }
    return options_.purpose == ServeOptions::Purpose::demo ? refuse_others_than_demo_people(*access_)
                                                           : refuse_demo_people(*access_);
}

base::Result<void> Service::open_feeds() {
    auto secrets = open_secrets(options_.data, options_.secret_key);
    if (!secrets) return secrets.error();
    std::vector<base::Prefix> besides;
    for (auto const& prefix : options_.feeds_from) besides.push_back(*base::Prefix::parse(prefix));
    return take(feeds_, intake::Feeds::open(*intake_, *database_, *journal_, *secrets, clock_, std::move(besides),
                                            intake::OwnSensors{*sightings_, *indicators_}));
}

base::Result<void> Service::open_checkpoints() {
    auto opened = journal::DailyCheckpoint::open(std::filesystem::path(options_.data) / "checkpoints", *journal_,
                                                 *signing_key_, clock_);
    if (!opened) return opened.error();
    checkpoints_.emplace(std::move(*opened));
    return {};
}

base::Result<void> Service::open_signer() {
    if (options_.openpgp_key.empty()) return {};
    auto opened = seals::OpenPgpSigner::open(options_.openpgp_key);
    if (!opened)
        return base::Error{opened.error().fault, "--openpgp-key " + options_.openpgp_key + " " + opened.error().detail};
    signer_.emplace(std::move(*opened));
    return {};
}

/// What was signed by another key than the published one would convince nobody.
portal::Sign Service::sign() const {
    if (!signer_) return {};
    return [this](std::string_view text) {
        auto const by = signer_->signing_fingerprint();
        auto const verified = seals::verifies_for(registry_->team()->content.pgp_key, by);
        if (!verified) {
            spdlog::warn("whether the team's published key holds {}: {}", by, verified.error().detail);
        } else if (!*verified) {
            spdlog::warn("security.txt is signed by {} of {}, which the team's published key does not hold", by,
                         signer_->fingerprint());
        }
        auto done = signer_->clear_sign(text);
        if (!done) spdlog::error("security.txt goes unsigned: the key {}", done.error().detail);
        return done;
    };
}

base::Result<void> Service::open_backups() {
    if (options_.backup_to.empty()) return {};
    auto sealing = sealing_of({{}, options_.backup_recipients});
    if (!sealing) return sealing.error();
    DailyBackupOptions options{.database = {.folder = options_.data, .url = options_.database, .readers = 1},
                               .folder = options_.backup_to,
                               .keep = options_.backup_keep,
                               .sealing = std::move(*sealing)};
    daily_backups_ = std::make_unique<DailyBackups>(std::move(options), clock_);
    return {};
}

base::Result<void> Service::use_warninglists() {
    bool const is_told = !options_.warninglists.empty();
    if (!is_told && options_.purpose != ServeOptions::Purpose::demo) return {};
    auto lists = is_told ? indicators::Warninglists::load(options_.warninglists) : demo_warninglists();
    if (!lists) return lists.error();
    for (auto const& fault : lists->faults()) spdlog::warn("{}: {}", fault.file, fault.reason);
    auto const flagged =
        indicators_->use_warninglists(std::make_shared<indicators::Warninglists const>(std::move(*lists)));
    if (!flagged) return flagged.error();
    return {};
}

std::shared_ptr<registry::NationalSpace const> Service::national_space() const {
    auto space = registry_->national_space();
    auto const as_table = tables_->now().as_numbers;
    if (space->as_numbers().empty() || !as_table) return space;
    return std::make_shared<registry::NationalSpace const>(with_announced(*space, *as_table));
}

/// The doors subscribe to the rooms, so they are there before anything is collected.
void Service::make_doors() {
    bool const is_demo = options_.purpose == ServeOptions::Purpose::demo;
    api::About const about{.version = KULA_VERSION,
                           .edition = is_demo ? api::Edition::demo : api::Edition::production,
                           .started_at = clock_.now(),
                           .window = std::chrono::milliseconds(static_cast<std::int64_t>(options_.window * 1000)),
                           .retention = retention(),
                           .knows_countries = tables_->now().countries != nullptr,
                           .tables = [this] { return tables_->states(); },
                           .snapshot_at = [this] { return std::optional(matcher_->built_at()); },
                           .longest_pause = std::chrono::minutes(options_.idle_minutes),
                           .next_cleanup = [this] { return next_cleanup(); },
                           .last_checkpoint = [this] { return checkpoints_->latest(); },
                           .mail_from = mailing_->from(),
                           .inbox = [this] { return mailing_->inbox(); },
                           .demo_people = is_demo ? demo_people() : std::string()};
    doors_ = std::make_unique<api::Doors>(api::Rooms{*database_,
                                                     *journal_,
                                                     *access_,
                                                     *registry_,
                                                     *indicators_,
                                                     *sightings_,
                                                     *events_,
                                                     mailing_->gate(),
                                                     mailing_->outbox(),
                                                     mailing_->webhooks(),
                                                     *aggregator_,
                                                     *intake_,
                                                     *feeds_,
                                                     nullptr,
                                                     *signing_key_,
                                                     clock_,
                                                     *findings_,
                                                     *vulnerabilities_,
                                                     *incidents_,
                                                     *triage_},
                                          about, desk_assets());
    portal_ = std::make_unique<portal::Portal>(
        portal::Rooms{*registry_, *sightings_, clock_, answers_.get(), contact_links_.get()},
        is_demo ? portal::Edition::demo : portal::Edition::production, sign());
}

base::Result<void> Service::collect() {
    if (options_.collect.empty()) return {};
    collect::CollectSettings settings;
    settings.sockets_an_endpoint = options_.collect_threads;
    for (auto const& endpoint : options_.collect) settings.endpoints.push_back(*collect::Endpoint::parse(endpoint));
    auto done = take(collector_, collect::Collector::start(settings, clock_, [this] {
                         return std::make_unique<Sensor>(*matcher_, *aggregator_);
                     }));
    doors_->watch(collector_.get());
    if (done) collecting_log_ = std::make_unique<CollectingLog>(*collector_, *aggregator_, *sightings_, clock_);
    return done;
}

net::ServerOptions Service::server_options() const {
    auto const listen = *collect::Endpoint::parse(options_.listen);
    net::ServerOptions out;
    out.address = listen.address;
    out.port = listen.port;
    out.reach = options_.in_the_clear ? net::Reach::anywhere_in_the_clear : net::Reach::anywhere;
    out.host_names = options_.host_names;
    out.quick_threads = 8;
    for (auto const& proxy : options_.trusted_proxies) out.trusted_proxies.push_back(*base::Prefix::parse(proxy));
    if (!options_.tls_certificate.empty())
        out.tls = net::TlsOptions{net::PemFiles{options_.tls_certificate, options_.tls_key}};
    if (!options_.tls_pkcs12.empty())
        out.tls = net::TlsOptions{net::Pkcs12File{options_.tls_pkcs12, options_.tls_pkcs12_password}};
    if (is_loopback(listen.address) && out.trusted_proxies.empty()) {
        // One machine's own programs are one client: its share is all there is.
        out.limits.requests_per_second = 0;
        out.limits.connections_per_client = 0;
    }
    return out;
}

base::Result<void> Service::reload_tls() { return server_->reload_tls(); }

void Service::reload_tables() { table_watch_->look_now(); }

base::Result<void> Service::answer() {
    net::Observers observers{.exchange = doors_->observer(),
                             .fault = [](std::string_view sentence) { spdlog::error("server: {}", sentence); }};
    auto router = doors_->router();
    portal_->add_routes(router);
    if (auto done =
            take(server_, net::Server::start(std::move(router), server_options(), clock_, std::move(observers)));
        !done) {
        return done;
    }
    doors_->watch(server_.get());
    rounds_ = std::make_unique<RoundsRunner>(
        rounds::Rounds::Rooms{*database_, *findings_, *routing_, *registry_, mailing_->gate(), mailing_->outbox(),
                              mailing_->webhooks(), *answers_, *contact_links_, clock_});
    deliver();
    mailing_->start([](std::string const& sentence) { spdlog::warn("outbox: {}", sentence); });
    doors_->open();
    auto const opened =
        take(owner_socket_,
             OwnerSocket::open(options_.data, [this](auto const&... asked) { return answer_owner(asked...); }));
    if (!opened) spdlog::warn("kula admin, import and export cannot reach this server: {}", opened.error().detail);
    return {};
}

int Service::answer_owner(AdminRequest const& request, int file, Print const& print, std::stop_token const& stop) {
    if (is_record_verb(request.verb))
        return answer_record_verb(request, file, {*intake_, *feeds_, *events_}, print, stop);
    return kula::answer(request, {*access_, *registry_, clock_}).told(print);
}

/// What a crash, or the end of the server of before, left in the middle; then what is to be read again.
void Service::read_on(std::stop_token const& stop) const {
    std::chrono::seconds pause{};
    do {
        auto const read = intake_->go_on(stop);
        if (!read && !stop.stop_requested())
            spdlog::error("a delivery that was begun is not read on: {}", read.error().detail);
        if (read && *read > 0) spdlog::info("deliveries that were begun before and are read now: {}", *read);
        pause = read ? std::chrono::seconds(longest_rest) : std::chrono::seconds(between_rounds);
    } while (intake_->wait_for_begun(stop, pause));
}

/// What is to be told after a change; each subscriber has its own place in the trail.
void Service::deliver() {
    delivery_ = std::make_unique<Delivery>(journal::Outbox(*database_, clock_));
    delivery_->dispatcher().subscribe("desk", [this](bus::Message const& message) -> base::Result<void> {
        bool const is_of_the_registry =
            message.subject.starts_with("organisation:") || message.subject.starts_with("proposal:") ||
            message.subject.starts_with("national_space:") || message.subject.starts_with("team:");
        bool const is_of_findings = message.subject.starts_with("finding:") || message.deed == "findings.followed" ||
                                    message.deed == "findings.weighed" || message.deed == "findings.told";
        bool const is_of_mail = message.subject.starts_with("message:");
        bool const is_of_incidents = message.subject.starts_with("incident:") || message.subject.starts_with("report:");
        if (!is_of_the_registry && !is_of_findings && !is_of_mail && !is_of_incidents) return {};
        return doors_->announce(message.at, message.deed, message.subject, message.after);
    });
    delivery_->dispatcher().subscribe("rounds", [this](bus::Message const& message) -> base::Result<void> {
        if (RoundsRunner::concerns(message.deed, message.subject)) rounds_->wake();
        return {};
    });
    delivery_->dispatcher().start();
}

std::vector<collect::Endpoint> Service::collecting_at() const {
    return collector_ ? collector_->endpoints() : std::vector<collect::Endpoint>{};
}

std::optional<base::Instant> Service::next_cleanup() const {
    auto const next = next_round_.load();
    return next == 0 ? std::nullopt : std::optional(base::from_microseconds(next));
}

void Service::keep_house(std::stop_token const& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any signal;
    for (unsigned round = 0; !stop.stop_requested(); ++round) {
        auto const removed = sightings_->apply(retention());
        if (removed && *removed > 0) spdlog::info("{} sightings were older or more than is kept, and went", *removed);
        if (!removed) spdlog::warn("retention: {}", removed.error().detail);
        auto const checkpoint = checkpoints_->sign_if_due();
        if (!checkpoint) spdlog::warn("checkpoint of the trail: {}", checkpoint.error().detail);
        if (checkpoint && *checkpoint) spdlog::info("signed {}", (*checkpoint)->string());
        if (auto const tidied = doors_->tidy(); !tidied) spdlog::warn("answers kept: {}", tidied.error().detail);
        if (round % 12 == 0) {
            if (auto const tidied = access_->tidy(); !tidied) spdlog::warn("sessions: {}", tidied.error().detail);
            if (auto const refreshed = indicators_->refresh(); !refreshed) {
                spdlog::warn("decay of indicators: {}", refreshed.error().detail);
            }
        }
        next_round_ = base::to_microseconds(clock_.now() + between_rounds);
        signal.wait_for(lock, stop, between_rounds, [&] { return stop.stop_requested(); });
    }
}

}  // namespace kula
