#pragma once
/// @file
/// Deliveries: kept raw first, then read row by row into events.
///
/// Nothing that was received is lost, and nothing counts twice: bytes are on disk before a row is read; the events of a
/// batch of rows, its quarantined rows and how far it is read are one transaction, so that after a crash reading goes
/// on at the next row. The same content from the same source is one delivery, however often it comes. Memory does not
/// depend on its size. Safe from any thread; who wants to read what another is reading waits for it.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "events/event_store.hpp"
#include "indicators/store.hpp"
#include "intake/delivery.hpp"
#include "intake/incoming.hpp"
#include "intake/trial.hpp"
#include "journal/journal.hpp"
#include "origins/table.hpp"
#include "registry/registry.hpp"
#include "storage/blobs.hpp"
#include "storage/database.hpp"
#include "vulnerabilities/catalogue.hpp"

namespace kula::intake {

/// A file that came, or one in an archive.
struct Received {
    std::string name{};  ///< As the sender named it; one in an archive or a mail behind that one's name and `/`.
    base::Result<DeliveryAccount> account;
};

class Intake {
public:
    /// All outlive it. `tables`, asked once a batch, tells what events were not told of where their addresses are at
    /// home; empty where no table is installed.
    static base::Result<std::unique_ptr<Intake>> open(storage::Database& database, journal::Journal& journal,
                                                      events::EventStore const& events,
                                                      registry::Registry const& registry, indicators::Store& indicators,
                                                      vulnerabilities::Catalogue& vulnerabilities,
                                                      base::Clock const& clock, origins::TablesSource tables = {});

    /// Where a delivery's bytes go, before anything else.
    [[nodiscard]] base::Result<storage::BlobWriter> begin() const { return blobs_.begin(); }
    /// Reads what `begin` took, or goes on where reading stopped. `unavailable` where the disk or the database fails:
    /// the same call goes on. What cannot be understood is no failure but an account.
    /// `unavailable` as well where it is stopped. A block list that is whole becomes the present word of its source
    /// (`indicators`), also where the same content came before; so does what is known of vulnerabilities.
    base::Result<DeliveryAccount> read(Incoming const& incoming, storage::Blob const& blob,
                                       std::stop_token const& stop = {}) const;
    /// Reads what `begin` took by the mapping that reads such a file; of a zip archive, of a mail (RFC
    /// 5322), and of those in them, each file as a delivery of its own. `visit` is told of each, faults too. An archive
    /// or a mail is a delivery without rows that is read when all its files are; one of which nothing can be read is
    /// refused, and of a mail it is told what was not read.
    void receive(FileTold const& told, storage::Blob const& blob, std::function<void(Received const&)> const& visit,
                 std::stop_token const& stop = {}) const;
    /// Reads on what was begun and not read to its end, and nobody reads: after a crash, a stop, or `read_again`.
    /// Yields how many those were; what fails does not hold up the others, and the first of it is told.
    base::Result<std::size_t> go_on(std::stop_token const& stop) const;

    /// Begins a delivery anew of which rows are set aside, or which was refused: by this mapping, or by the one that
    /// would read it if it came now, a shipped one as it is shipped now. Whoever waits in `wait_for_begun` is told. The
    /// trail is told in the same transaction. `conflict` where nothing of it is set aside, or it is being read;
    /// `not_found` also where the clearance does not reach, as in all that follow.
    base::Result<Delivery> read_again(DeliveryId id, std::optional<Mapping> const& mapping, base::Actor const& actor);
    /// Until a delivery is begun that `go_on` reads, or so long; false where it is stopped before. For one thread.
    bool wait_for_begun(std::stop_token const& stop, std::chrono::seconds longest) const;

    /// Deliveries are the team's: an outsider is shown none. `invalid` for a cursor of another order.
    [[nodiscard]] base::Result<DeliveryPage> list(DeliveryQuery const& query) const;
    [[nodiscard]] base::Result<DeliveryTotals> totals(base::Clearance const& clearance) const;
    /// Whose deliveries there are, by name.
    [[nodiscard]] base::Result<std::vector<std::string>> sources(base::Clearance const& clearance) const;
    [[nodiscard]] base::Result<Delivery> find(DeliveryId id, base::Clearance const& clearance) const;
    /// What reads it, or read it last, as JSON; nothing of an archive, and of what a Kula of before read.
    [[nodiscard]] base::Result<std::optional<std::string>> mapping_of(DeliveryId id,
                                                                      base::Clearance const& clearance) const;
    /// At most `limit` set-aside rows behind this one, each with its first 4 KiB.
    [[nodiscard]] base::Result<std::vector<ShownRow>> quarantined(DeliveryId id, std::uint64_t behind,
                                                                  std::size_t limit,
                                                                  base::Clearance const& clearance) const;
    /// Where its bytes lie, as they came.
    [[nodiscard]] base::Result<std::filesystem::path> raw(DeliveryId id, base::Clearance const& clearance) const;
    /// Its first 20 lines, unpacked; none of an archive, and of what cannot be unpacked.
    [[nodiscard]] base::Result<Preview> preview(DeliveryId id, base::Clearance const& clearance) const;
    /// What a mapping would make of its beginning (`try_mapping`).
    [[nodiscard]] base::Result<Trial> try_on(DeliveryId id, Mapping const& mapping,
                                             base::Clearance const& clearance) const;

    /// All of them, in the order of deliveries and rows, while `visit` answers true.
    base::Result<void> each_quarantined(std::function<bool(QuarantinedRow const&)> const& visit) const;

private:
    class Claim;
    class Unpacking;

    Intake(storage::Database& database, journal::Journal& journal, events::EventStore const& events,
           registry::Registry const& registry, indicators::Store& indicators,
           vulnerabilities::Catalogue& vulnerabilities, base::Clock const& clock, origins::TablesSource tables,
           storage::Blobs blobs)
        : database_(database),
          journal_(journal),
          events_(events),
          registry_(registry),
          indicators_(indicators),
          vulnerabilities_(vulnerabilities),
          clock_(clock),
          tables_(std::move(tables)),
          blobs_(std::move(blobs)) {}

    [[nodiscard]] bool is_being_read(std::pair<std::string, std::string> const& delivery) const;
    [[nodiscard]] base::Result<std::string> beginning_of(Delivery const& delivery, std::size_t bytes,
                                                         bool& is_whole) const;

    storage::Database& database_;
    journal::Journal& journal_;
    events::EventStore const& events_;
    registry::Registry const& registry_;
    indicators::Store& indicators_;
    vulnerabilities::Catalogue& vulnerabilities_;
    base::Clock const& clock_;
    origins::TablesSource tables_;
    storage::Blobs blobs_;
    mutable std::mutex mutex_{};
    mutable std::condition_variable_any is_free_{};
    mutable std::set<std::pair<std::string, std::string>> busy_{};  ///< Source and content.
    mutable bool has_begun_ = false;                                ///< Since `wait_for_begun` answered.
};

}  // namespace kula::intake
