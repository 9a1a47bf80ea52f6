#pragma once
/// @file
/// Sends NetFlow v5 datagrams over the loopback at an offered rate, as several exporters with right sequence numbers.

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstring>
#include <functional>
#include <random>
#include <thread>
#include <vector>

#include "formats/netflow5.hpp"

namespace kula::bench {

/// The two ends of one flow, in host order.
struct Ends {
    std::uint32_t source;
    std::uint32_t destination;
};

class Replayer {
public:
    static constexpr std::size_t records_a_datagram = 30;
    static constexpr std::size_t datagram_size =
        formats::Netflow5::header_size + records_a_datagram * formats::Netflow5::record_size;

    Replayer(std::uint16_t port, std::size_t exporters, std::function<Ends(std::mt19937_64&)> const& ends) {
        std::mt19937_64 random(7);
        for (std::size_t i = 0; i < exporters; ++i) lines_.push_back(connect(port));
        for (auto& line : lines_) fill(line, ends, random);
    }
    ~Replayer() {
        for (auto const& line : lines_) ::close(line.descriptor);
    }
    Replayer(Replayer const&) = delete;
    Replayer& operator=(Replayer const&) = delete;

    /// Sends `flows_a_second` (0: as many as it can) for so long; the flows that were sent.
    std::uint64_t send(double flows_a_second, std::chrono::duration<double> length) {
        using Clock = std::chrono::steady_clock;
        auto const start = Clock::now();
        std::uint64_t sent = 0;
        for (std::size_t turn = 0;; ++turn) {
            auto const passed = std::chrono::duration<double>(Clock::now() - start);
            if (passed >= length) return sent;
            if (flows_a_second > 0 && static_cast<double>(sent) > flows_a_second * passed.count()) {
                std::this_thread::sleep_for(std::chrono::microseconds(100));
                continue;
            }
            sent += send_batch(lines_[turn % lines_.size()]);
        }
    }

private:
    static constexpr std::size_t batch = 64;
    static constexpr std::size_t sequence_at = 16;

    struct Line {
        int descriptor = -1;
        std::uint32_t sequence = 0;
        std::vector<std::byte> bytes;
        std::array<iovec, batch> places{};
        std::array<mmsghdr, batch> messages{};
    };

    static void put32(std::byte* to, std::uint32_t value) {
        value = htonl(value);
        std::memcpy(to, &value, sizeof value);
    }

    static Line connect(std::uint16_t port) {
        Line line;
        line.descriptor = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::connect(line.descriptor, reinterpret_cast<sockaddr const*>(&address), sizeof address);
        return line;
    }

    static void fill(Line& line, std::function<Ends(std::mt19937_64&)> const& ends, std::mt19937_64& random) {
        line.bytes.resize(batch * datagram_size);
        for (std::size_t d = 0; d < batch; ++d) {
            auto* const datagram = line.bytes.data() + d * datagram_size;
            put32(datagram, 5U << 16 | records_a_datagram);
            for (std::size_t r = 0; r < records_a_datagram; ++r) {
                auto* const record = datagram + formats::Netflow5::header_size + r * formats::Netflow5::record_size;
                auto const pair = ends(random);
                put32(record, pair.source);
                put32(record + 4, pair.destination);
                put32(record + 16, 3);
                put32(record + 20, 1200);
                put32(record + 32, 0xC00001BBU);  // ports 49152 to 443
                record[38] = std::byte{6};
            }
            line.places[d] = {datagram, datagram_size};
        }
    }

    static std::uint64_t send_batch(Line& line) {
        for (std::size_t d = 0; d < batch; ++d) {
            line.messages[d].msg_hdr.msg_iov = &line.places[d];
            line.messages[d].msg_hdr.msg_iovlen = 1;
            put32(line.bytes.data() + d * datagram_size + sequence_at,
                  line.sequence + static_cast<std::uint32_t>(d * records_a_datagram));
        }
        int const count = ::sendmmsg(line.descriptor, line.messages.data(), batch, 0);
        auto const flows = static_cast<std::uint64_t>(count > 0 ? count : 0) * records_a_datagram;
        line.sequence += static_cast<std::uint32_t>(flows);
        return flows;
    }

    std::vector<Line> lines_;
};

}  // namespace kula::bench
