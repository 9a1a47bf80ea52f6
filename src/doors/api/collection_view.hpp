#pragma once
/// @file
/// Exporters, sockets and losses as the contract shows them: schema `Collection`.

#include <atomic>
#include <map>
#include <mutex>
#include <string_view>
#include <tuple>

#include "base/clock.hpp"
#include "collect/collector.hpp"
#include "json.hpp"

namespace kula::api {

class CollectionView {
public:
    /// `collector` may be null: then nothing is collected. It and the clock outlive the view.
    CollectionView(collect::Collector const* collector, base::Clock const& clock)
        : collector_(collector), clock_(clock), since_(clock.now()) {}

    /// Notes who is new, so it is to be asked every few seconds: an exporter's `first_seen` is when it was last seen at
    /// the first of these questions. Safe from any thread, as all here.
    [[nodiscard]] Json collection();
    [[nodiscard]] collect::CollectorState state() const {
        auto const* const collector = collector_.load();
        return collector != nullptr ? collector->state() : collect::CollectorState{};
    }
    void watch(collect::Collector const* collector) { collector_ = collector; }

private:
    using Sender = std::tuple<formats::Exporter, formats::ExportProtocol, std::uint32_t>;
    using FirstSeen = std::map<Sender, base::Instant>;  ///< Of those that the decoder still knows: bounded as it is.
    FirstSeen note(collect::CollectorState const& state);
    static Sender name_of_sender(formats::ExporterState const& exporter);

    std::atomic<collect::Collector const*> collector_;
    base::Clock const& clock_;
    base::Instant const since_;
    std::mutex mutex_;
    FirstSeen first_seen_;
};

/// `netflow5`, `netflow9`, `ipfix`, `sflow5`.
std::string_view name_of(formats::ExportProtocol protocol);

}  // namespace kula::api
