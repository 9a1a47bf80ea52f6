#pragma once
/// @file
/// The outbox of the trail, delivered by the bus: what every subscriber of the program is told after a change.

#include "bus/dispatcher.hpp"
#include "journal/outbox.hpp"

namespace kula {

/// Entries as messages.
class OutboxSource final : public bus::Source {
public:
    explicit OutboxSource(journal::Outbox outbox) : outbox_(outbox) {}
    base::Result<std::vector<bus::Message>> fetch(std::string_view subscriber, std::size_t limit) override;
    base::Result<void> confirm(std::string_view subscriber, std::int64_t sequence) override;
    base::Result<void> bury(std::string_view subscriber, std::int64_t sequence, std::string_view reason) override;

private:
    journal::Outbox outbox_;
};

/// Source, waiting and dispatcher, in the order in which they need each other.
class Delivery {
public:
    explicit Delivery(journal::Outbox outbox) : source_(outbox) {}
    [[nodiscard]] bus::Dispatcher& dispatcher() { return dispatcher_; }

private:
    OutboxSource source_;
    bus::RealWaiting waiting_;
    bus::Dispatcher dispatcher_{source_, waiting_};
};

}  // namespace kula
