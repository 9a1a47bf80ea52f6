#include "metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/text_serializer.h>

namespace kula::api {
namespace {

prometheus::MetricFamily family(std::string name, std::string help, prometheus::MetricType type,
                                prometheus::ClientMetric metric) {
    return {std::move(name), std::move(help), type, {std::move(metric)}};
}

}  // namespace

prometheus::MetricFamily counted(std::string name, std::string help, double value) {
    prometheus::ClientMetric metric;
    metric.counter.value = value;
    return family(std::move(name), std::move(help), prometheus::MetricType::Counter, std::move(metric));
}

prometheus::MetricFamily measured(std::string name, std::string help, double value) {
    prometheus::ClientMetric metric;
    metric.gauge.value = value;
    return family(std::move(name), std::move(help), prometheus::MetricType::Gauge, std::move(metric));
}

Metrics::Metrics(std::function<void(MetricFamilies&)> rooms)
    : rooms_(std::move(rooms)),
      requests_(prometheus::BuildCounter()
                    .Name("kula_http_requests_total")
                    .Help("Requests answered, by route and status")
                    .Register(registry_)),
      seconds_(prometheus::BuildHistogram()
                   .Name("kula_http_handling_seconds")
                   .Help("From the whole request to the whole answer, by route")
                   .Register(registry_)) {}

void Metrics::observe(net::Exchange const& exchange) {
    std::string const route = exchange.pattern.empty() ? "none" : std::string(exchange.pattern);
    std::string const method = exchange.method.empty() ? "none" : std::string(exchange.method);
    requests_.Add({{"method", method}, {"route", route}, {"status", std::to_string(net::number(exchange.status))}})
        .Increment();
    if (exchange.pattern.empty()) return;
    static prometheus::Histogram::BucketBoundaries const bounds{0.001, 0.005, 0.02, 0.1, 0.5, 2, 10};
    seconds_.Add({{"route", route}}, bounds).Observe(static_cast<double>(exchange.handling.count()) / 1e6);
}

std::string Metrics::text() const {
    auto families = registry_.Collect();
    rooms_(families);
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace kula::api
