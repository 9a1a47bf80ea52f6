#include "delivery.hpp"

#include <spdlog/spdlog.h>

namespace kula {

base::Result<std::vector<bus::Message>> OutboxSource::fetch(std::string_view subscriber, std::size_t limit) {
    auto entries = outbox_.next(subscriber, limit);
    if (!entries) return entries.error();
    std::vector<bus::Message> messages;
    messages.reserve(entries->size());
    for (auto& entry : *entries) {
        messages.push_back({entry.sequence, entry.at, std::move(entry.actor), std::move(entry.fact.deed),
                            std::move(entry.fact.subject), std::move(entry.fact.after)});
    }
    return messages;
}

base::Result<void> OutboxSource::confirm(std::string_view subscriber, std::int64_t sequence) {
    return outbox_.confirm(subscriber, sequence);
}

base::Result<void> OutboxSource::bury(std::string_view subscriber, std::int64_t sequence, std::string_view reason) {
    spdlog::error("{} could not handle entry {} of the trail: {}", subscriber, sequence, reason);
    return outbox_.bury(subscriber, sequence, reason);
}

}  // namespace kula
