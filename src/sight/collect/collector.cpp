#include "collect/collector.hpp"

#include <atomic>
#include <cerrno>
#include <system_error>
#include <utility>

#include "receiver.hpp"
#include "stop_signal.hpp"

namespace kula::collect {
class Collector::Threads {
public:
    Threads(CollectSettings const& settings, base::Clock const& clock)
        : settings_(settings), clock_(clock), decoder_(settings.limits) {}
    ~Threads() { stop(); }
    Threads(Threads const&) = delete;
    Threads& operator=(Threads const&) = delete;

    base::Result<void> listen(MakeTaker const& make_taker) {
        if (stop_.descriptor() < 0) return base::unavailable(std::generic_category().message(errno));
        for (auto const& endpoint : settings_.endpoints) {
            auto bound = endpoint;
            for (std::size_t i = 0; i < settings_.sockets_an_endpoint; ++i) {
                auto socket = UdpSocket::bind(bound, share(i), settings_.receive_buffer);
                if (!socket) return std::move(socket).error();
                bound = socket->endpoint();  // the port that the kernel chose for the first is that of the others
                receivers_.push_back(std::make_unique<Receiver>(std::move(*socket), make_taker(), decoder_, clock_,
                                                                settings_, stop_, running_));
            }
            endpoints_.push_back(bound);
        }
        for (auto const& receiver : receivers_) receiver->start();
        is_running_ = true;
        return {};
    }

    void stop() {
        if (!std::exchange(is_running_, false)) return;
        stop_.raise();
        for (auto const& receiver : receivers_) receiver->join();
    }

    [[nodiscard]] std::vector<Endpoint> const& endpoints() const { return endpoints_; }

    [[nodiscard]] CollectorState state() const {
        CollectorState state;
        for (auto const& receiver : receivers_) state.sockets.push_back(receiver->state());
        state.exporters = decoder_.exporters();
        state.lost = decoder_.lost();
        return state;
    }

private:
    [[nodiscard]] Share share(std::size_t index) const {
        if (settings_.sockets_an_endpoint == 1) return Share::alone;
        return index == 0 ? Share::first_of_several : Share::with_the_first;
    }

    CollectSettings const settings_;
    base::Clock const& clock_;
    formats::ExportDecoder decoder_;
    StopSignal stop_;
    std::atomic<std::size_t> running_ = 0;
    std::vector<std::unique_ptr<Receiver>> receivers_;
    std::vector<Endpoint> endpoints_;
    bool is_running_ = false;
};

base::Result<std::unique_ptr<Collector>> Collector::start(CollectSettings const& settings, base::Clock const& clock,
                                                          MakeTaker const& make_taker) {
    if (settings.sockets_an_endpoint == 0 || settings.endpoints.empty()) {
        return base::invalid("a collector needs an endpoint to listen on");
    }
    if (settings.sockets_an_endpoint > most_sockets ||
        settings.endpoints.size() > most_sockets / settings.sockets_an_endpoint) {
        return base::invalid("a collector has no more than 256 sockets");
    }
    auto threads = std::make_unique<Threads>(settings, clock);
    if (auto const listening = threads->listen(make_taker); !listening) return listening.error();
    return std::unique_ptr<Collector>(new Collector(std::move(threads)));
}

Collector::Collector(std::unique_ptr<Threads> threads) : threads_(std::move(threads)) {}

Collector::~Collector() = default;

void Collector::stop() { threads_->stop(); }

std::vector<Endpoint> Collector::endpoints() const { return threads_->endpoints(); }

CollectorState Collector::state() const { return threads_->state(); }

}  // namespace kula::collect
