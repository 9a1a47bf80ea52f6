#pragma once
/// @file
/// Deliveries: kept raw first, then read row by row into events.
///
/// Nothing that was received is lost, and nothing counts twice: bytes are on disk before a row is read; the events of a
/// batch of rows, its quarantined rows and how far it is read are one transaction, so that after a crash reading goes
/// on at the next row. The same content from the same source is one delivery, however often it comes. Memory does not
/// depend on its size. Safe from any thread; who wants to read what another is reading waits for it.

#include <condition_variable>
#include <cstdint>
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
#include "intake/incoming.hpp"
#include "registry/registry.hpp"
#include "storage/blobs.hpp"
#include "storage/database.hpp"

namespace kula::intake {

/// What a block list says of its source's indicators.
struct ListAccount {
    std::uint64_t listed = 0;  ///< Different values.
    std::uint64_t fresh = 0;   ///< Of these, new or back.
    std::uint64_t gone = 0;    ///< Listed before, and no longer.
};

/// What became of a delivery: `rows` = `accepted` + `duplicates` + `quarantined`.
struct DeliveryAccount {
    std::string id{};
    std::string sha256{};
    std::string format{};
    std::uint64_t rows = 0;
    std::uint64_t accepted = 0;    ///< Of which an event is new.
    std::uint64_t duplicates = 0;  ///< All of whose events were known.
    std::uint64_t quarantined = 0;
    std::uint64_t events = 0;             ///< New ones.
    bool is_complete = true;              ///< It did not break off, as far as can be told.
    bool came_before = false;             ///< Nothing was read again.
    bool was_refused = false;             ///< It is no delivery of its source.
    std::optional<std::string> reason{};  ///< Why it was refused as a whole, is not complete, or told nothing.
    std::uint64_t left_out = 0;           ///< That the mapping says are no rows, when it was read.
    /// That the mapping does not know, of the first row; their cells are kept.
    std::vector<std::string> new_columns{};
    std::optional<ListAccount> list{};  ///< Of a block list that was taken as such.

    /// As whoever sent it is told: what came before tells nothing new, so that its rows are duplicates all.
    [[nodiscard]] DeliveryAccount as_answer() const;
};

/// A file that came, or one in an archive.
struct Received {
    std::string name{};  ///< As the sender named it; one in an archive or a mail behind that one's name and `/`.
    base::Result<DeliveryAccount> account;
};

struct QuarantinedRow {
    std::string delivery;
    std::string source;
    std::string name;
    std::uint64_t row = 0;
    std::uint64_t line = 0;
    std::string reason;
    std::string raw_base64;
};

class Intake {
public:
    /// All outlive it.
    static base::Result<std::unique_ptr<Intake>> open(storage::Database& database, events::EventStore const& events,
                                                      registry::Registry const& registry, indicators::Store& indicators,
                                                      base::Clock const& clock);

    /// Where a delivery's bytes go, before anything else.
    [[nodiscard]] base::Result<storage::BlobWriter> begin() const { return blobs_.begin(); }
    /// Reads what `begin` took, or goes on where reading stopped. `unavailable` where the disk or the database fails:
    /// the same call goes on. What cannot be understood is no failure but an account.
    /// `unavailable` as well where it is stopped. A block list that is whole becomes the present word of its source
    /// (`indicators`), also where the same content came before.
    base::Result<DeliveryAccount> read(Incoming const& incoming, storage::Blob const& blob,
                                       std::stop_token const& stop = {}) const;
    /// Reads what `begin` took by the mapping that reads such a file; of a zip archive, of a mail (RFC
    /// 5322), and of those in them, each file as a delivery of its own. `visit` is told of each, faults too. An archive
    /// or a mail is a delivery without rows that is read when all its files are; one of which nothing can be read is
    /// refused, and of a mail it is told what was not read.
    void receive(FileTold const& told, storage::Blob const& blob, std::function<void(Received const&)> const& visit,
                 std::stop_token const& stop = {}) const;
    /// Reads on what was begun and not read to its end: after a crash, or a stop. Yields how many those were; what
    /// fails does not hold up the others, and the first of it is told.
    base::Result<std::size_t> go_on(std::stop_token const& stop) const;

    /// All of them, in the order of deliveries and rows, while `visit` answers true.
    base::Result<void> each_quarantined(std::function<bool(QuarantinedRow const&)> const& visit) const;

private:
    class Claim;
    class Unpacking;

    Intake(storage::Database& database, events::EventStore const& events, registry::Registry const& registry,
           indicators::Store& indicators, base::Clock const& clock, storage::Blobs blobs)
        : database_(database),
          events_(events),
          registry_(registry),
          indicators_(indicators),
          clock_(clock),
          blobs_(std::move(blobs)) {}

    storage::Database& database_;
    events::EventStore const& events_;
    registry::Registry const& registry_;
    indicators::Store& indicators_;
    base::Clock const& clock_;
    storage::Blobs blobs_;
    mutable std::mutex mutex_{};
    mutable std::condition_variable_any is_free_{};
    mutable std::set<std::pair<std::string, std::string>> busy_{};  ///< Source and content.
};

}  // namespace kula::intake
