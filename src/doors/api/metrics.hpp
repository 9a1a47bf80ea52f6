#pragma once
/// @file
/// Counters for Prometheus: what the server did with requests, and what the rooms tell when they are asked.

#include <prometheus/family.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>

#include <functional>
#include <string>
#include <vector>

#include "net/server.hpp"

namespace prometheus {
class Counter;
class Histogram;
}  // namespace prometheus

namespace kula::api {

using MetricFamilies = std::vector<prometheus::MetricFamily>;

/// One number without labels.
prometheus::MetricFamily counted(std::string name, std::string help, double value);
prometheus::MetricFamily measured(std::string name, std::string help, double value);

class Metrics {
public:
    /// `rooms` adds what the rooms tell; asked at every scrape.
    explicit Metrics(std::function<void(MetricFamilies&)> rooms);

    /// Safe from any thread, as all here. Routes and statuses are few, so that the number of series is bounded.
    void observe(net::Exchange const& exchange);
    /// Prometheus text format 0.0.4.
    [[nodiscard]] std::string text() const;

private:
    std::function<void(MetricFamilies&)> const rooms_;
    prometheus::Registry registry_;
    prometheus::Family<prometheus::Counter>& requests_;
    prometheus::Family<prometheus::Histogram>& seconds_;
};

}  // namespace kula::api
