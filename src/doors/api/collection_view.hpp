#pragma once
/// @file
/// Exporters, sockets and losses as the contract shows them: schema `Collection`.

#include <atomic>
#include <string_view>

#include "base/clock.hpp"
#include "collect/collector.hpp"
#include "json.hpp"

namespace kula::api {

class CollectionView {
public:
    /// `collector` may be null: then nothing is collected. It and the clock outlive the view.
    CollectionView(collect::Collector const* collector, base::Clock const& clock)
        : collector_(collector), clock_(clock), since_(clock.now()) {}

    /// Safe from any thread, as all here.
    [[nodiscard]] Json collection() const;
    [[nodiscard]] collect::CollectorState state() const {
        auto const* const collector = collector_.load();
        return collector != nullptr ? collector->state() : collect::CollectorState{};
    }
    void watch(collect::Collector const* collector) { collector_ = collector; }

private:
    std::atomic<collect::Collector const*> collector_;
    base::Clock const& clock_;
    base::Instant const since_;
};

/// `netflow5`, `netflow9`, `ipfix`, `sflow5`.
std::string_view name_of(formats::ExportProtocol protocol);

}  // namespace kula::api
