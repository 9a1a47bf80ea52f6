#pragma once
/// @file
/// A bound UDP socket that does not block, with the kernel's count of what it had to drop.

#include <cstddef>
#include <cstdint>
#include <mutex>

#include "base/result.hpp"
#include "collect/endpoint.hpp"

namespace kula::collect {

/// Whether another socket of this process has the port already, and lets this one share it.
enum class Share : std::uint8_t { alone, first_of_several, with_the_first };

class UdpSocket {
public:
    /// Errors as `Collector::start` documents them.
    static base::Result<UdpSocket> bind(Endpoint const& endpoint, Share share, std::size_t receive_buffer);

    UdpSocket(UdpSocket&& other) noexcept;
    UdpSocket& operator=(UdpSocket&&) = delete;
    ~UdpSocket();

    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] Endpoint const& endpoint() const { return endpoint_; }
    [[nodiscard]] std::size_t receive_buffer() const { return receive_buffer_; }
    /// Datagrams dropped since the start. The kernel counts 32 bits: to be asked now and then. Safe from any thread.
    std::uint64_t drops();
    /// Lets the port go; what was dropped until then stays known.
    void close();

private:
    UdpSocket(int descriptor, Endpoint endpoint) : descriptor_(descriptor), endpoint_(endpoint) {}

    int descriptor_ = -1;
    Endpoint endpoint_;
    std::size_t receive_buffer_ = 0;
    std::mutex mutex_;  ///< Guards the two below, and the descriptor against being closed while it is asked.
    std::uint32_t last_drops_ = 0;
    std::uint64_t drops_ = 0;
};

}  // namespace kula::collect
