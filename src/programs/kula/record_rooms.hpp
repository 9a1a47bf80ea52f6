#pragma once
/// @file
/// The rooms that deliveries go through, of a data folder that no server has.

#include <memory>
#include <string>

#include "base/clock.hpp"
#include "events/event_store.hpp"
#include "intake/intake.hpp"
#include "journal/journal.hpp"
#include "registry/registry.hpp"
#include "storage/database.hpp"

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

    [[nodiscard]] intake::Intake const& intake() const { return *intake_; }
    [[nodiscard]] events::EventStore const& events() const { return *events_; }

private:
    RecordRooms() = default;

    base::SystemClock clock_{};
    std::unique_ptr<storage::Database> database_{};
    std::unique_ptr<journal::Journal> journal_{};
    std::unique_ptr<registry::Registry> registry_{};
    std::unique_ptr<events::EventStore> events_{};
    std::unique_ptr<intake::Intake> intake_{};
};

}  // namespace kula
