#pragma once
/// @file
/// An exporter with a socket of its own that sends to a collector on the loopback, for tests.

#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <span>
#include <thread>

#include "formats/export_encoder.hpp"
#include "socket_address.hpp"

namespace kula::collect::testing {

/// Whether the condition comes true within ten seconds.
inline bool eventually(std::function<bool()> const& condition) {
    auto const until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::yield();
    }
    return true;
}

class LoopbackExporter {
public:
    LoopbackExporter(Endpoint const& collector, formats::ExportSettings settings)
        : descriptor_(::socket(collector.address.is_v4() ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0)),
          encoder_(with_boot(settings)) {
        auto const address = to_socket_address(collector);
        ::connect(descriptor_, reinterpret_cast<sockaddr const*>(&address.storage), address.length);
    }
    ~LoopbackExporter() { ::close(descriptor_); }
    LoopbackExporter(LoopbackExporter const&) = delete;
    LoopbackExporter& operator=(LoopbackExporter const&) = delete;

    void send(std::span<formats::Flow const> flows) {
        encoder_.encode(flows, now_, [this](auto datagram) { send_bytes(datagram); });
    }
    /// Sends only the data: the first datagram, with the templates, gets lost.
    void send_without_templates(std::span<formats::Flow const> flows) {
        std::size_t datagrams = 0;
        encoder_.encode(flows, now_, [&](auto datagram) {
            if (++datagrams > 1) send_bytes(datagram);
        });
    }
    void send_templates() {
        encoder_.send_templates(now_, [this](auto datagram) { send_bytes(datagram); });
    }
    /// Everything gets lost.
    void skip(std::span<formats::Flow const> flows) {
        encoder_.encode(flows, now_, [](auto) {});
    }
    void send_bytes(std::span<std::byte const> datagram) {
        while (::send(descriptor_, datagram.data(), datagram.size(), 0) < 0 && errno == EINTR) {
        }
    }

private:
    static formats::ExportSettings with_boot(formats::ExportSettings settings) {
        settings.booted = base::from_microseconds(1'800'000'000'000'000) - std::chrono::hours(1);
        return settings;
    }

    int const descriptor_;
    base::Instant const now_ = base::from_microseconds(1'800'000'000'000'000);
    formats::ExportEncoder encoder_;
};

}  // namespace kula::collect::testing
