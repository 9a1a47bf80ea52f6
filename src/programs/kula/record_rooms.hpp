#pragma once
/// @file
/// The rooms that deliveries go through: opened here, or of the server that owns the data folder.

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "events/event_store.hpp"
#include "indicators/store.hpp"
#include "intake/feeds.hpp"
#include "intake/intake.hpp"
#include "journal/journal.hpp"
#include "record_verbs.hpp"
#include "registry/registry.hpp"
#include "storage/database.hpp"
#include "vulnerabilities/catalogue.hpp"

namespace CLI {
class App;
}

namespace kula {

struct RecordPlace {
    std::string data{};
    std::string database{};
};

/// `--data` and `--database`.
void add_record_place(CLI::App& command, RecordPlace& place);

class RecordRooms {
public:
    /// Makes the folder where it is missing. `unavailable` while another process has it.
    static base::Result<std::unique_ptr<RecordRooms>> open(RecordPlace const& place);

    [[nodiscard]] RecordVerbRooms verbs() const { return {*intake_, *feeds_, *events_}; }

private:
    RecordRooms() = default;

    base::SystemClock clock_{};
    std::unique_ptr<storage::Database> database_{};
    std::unique_ptr<journal::Journal> journal_{};
    std::unique_ptr<registry::Registry> registry_{};
    std::unique_ptr<indicators::Store> indicators_{};
    std::unique_ptr<vulnerabilities::Catalogue> vulnerabilities_{};
    std::unique_ptr<events::EventStore> events_{};
    std::unique_ptr<intake::Intake> intake_{};
    std::unique_ptr<intake::Feeds> feeds_{};
};

/// Whoever answers for a data folder: the server that owns it, or this process.
class RecordPlaceOwner {
public:
    explicit RecordPlaceOwner(RecordPlace const& place) : place_(place) {}

    /// Prints what is told; yields the exit status. `command` is for faults, `file` open or negative.
    [[nodiscard]] int ask(std::string_view command, AdminRequest const& request, int file = -1) const;

private:
    RecordPlace const& place_;
    mutable std::unique_ptr<RecordRooms> rooms_{};  ///< Once they are opened.
};

}  // namespace kula
