#include "udp_socket.hpp"

#include <fmt/format.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <system_error>
#include <utility>

#include "socket_address.hpp"

namespace kula::collect {
namespace {

base::Error cannot_listen(Endpoint const& endpoint, int code) {
    auto const sentence = [&](std::string_view reason) {
        return fmt::format("cannot listen on {}: {}", endpoint.text(), reason);
    };
    switch (code) {
        case EADDRINUSE: return base::unavailable(sentence("another program has this UDP port"));
        case EADDRNOTAVAIL: return base::invalid(sentence("this machine has no such address"));
        case EAFNOSUPPORT: return base::invalid(sentence("this machine does not speak this address family"));
        case EACCES: return base::refused(sentence("this process may not use this port"));
        default: return base::unavailable(sentence(std::generic_category().message(code)));
    }
}

bool set_option(int descriptor, int level, int option, int value) {
    return ::setsockopt(descriptor, level, option, &value, sizeof value) == 0;
}

/// More than `net.core.rmem_max` where this process may; the kernel doubles what it is asked for, for its own needs.
std::size_t grow_receive_buffer(int descriptor, std::size_t wanted) {
    auto const value = static_cast<int>(std::min<std::size_t>(wanted, std::numeric_limits<int>::max() / 2));
    if (!set_option(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, value))
        set_option(descriptor, SOL_SOCKET, SO_RCVBUF, value);
    int granted = 0;
    socklen_t length = sizeof granted;
    ::getsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &granted, &length);
    return static_cast<std::size_t>(std::max(granted, 0)) / 2;
}

}  // namespace

base::Result<UdpSocket> UdpSocket::bind(Endpoint const& endpoint, Share share, std::size_t receive_buffer) {
    int const family = endpoint.address.is_v4() ? AF_INET : AF_INET6;
    int const descriptor = ::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return cannot_listen(endpoint, errno);
    UdpSocket socket(descriptor, endpoint);
    if (family == AF_INET6) set_option(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    // The first one binds without sharing, so that it fails where any other program has the port, even one that shares.
    if (share == Share::with_the_first) set_option(descriptor, SOL_SOCKET, SO_REUSEPORT, 1);
    auto const address = to_socket_address(endpoint);
    if (::bind(descriptor, reinterpret_cast<sockaddr const*>(&address.storage), address.length) != 0) {
        return cannot_listen(endpoint, errno);
    }
    if (share == Share::first_of_several) set_option(descriptor, SOL_SOCKET, SO_REUSEPORT, 1);
    socket.receive_buffer_ = grow_receive_buffer(descriptor, receive_buffer);
    sockaddr_storage bound{};
    socklen_t length = sizeof bound;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&bound), &length) != 0) {
        return cannot_listen(endpoint, errno);
    }
    socket.endpoint_ = to_endpoint(bound);
    return socket;
}

UdpSocket::UdpSocket(UdpSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      endpoint_(other.endpoint_),
      receive_buffer_(other.receive_buffer_),
      last_drops_(other.last_drops_),
      drops_(other.drops_) {}

UdpSocket::~UdpSocket() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t UdpSocket::drops() {
    std::scoped_lock const lock(mutex_);
    std::array<std::uint32_t, SK_MEMINFO_VARS> memory{};
    socklen_t length = sizeof memory;
    if (descriptor_ >= 0 && ::getsockopt(descriptor_, SOL_SOCKET, SO_MEMINFO, memory.data(), &length) == 0) {
        drops_ += static_cast<std::uint32_t>(memory[SK_MEMINFO_DROPS] - last_drops_);
        last_drops_ = memory[SK_MEMINFO_DROPS];
    }
    return drops_;
}

void UdpSocket::close() {
    drops();
    std::scoped_lock const lock(mutex_);
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

}  // namespace kula::collect
