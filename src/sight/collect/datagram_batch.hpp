#pragma once
/// @file
/// Room for many datagrams, filled by one system call.

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <memory>
#include <span>

#include "formats/exports.hpp"

namespace kula::collect {

class DatagramBatch {
public:
    static constexpr std::size_t capacity = 64;

    DatagramBatch();

    enum class Outcome { received, nothing, failed };
    /// Takes what is there, without waiting. What was received before is gone then.
    Outcome receive(int descriptor);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool is_full() const { return size_ == capacity; }
    [[nodiscard]] std::span<std::byte const> datagram(std::size_t index) const;
    [[nodiscard]] formats::Exporter sender(std::size_t index) const;

private:
    std::unique_ptr<std::byte[]> bytes_;
    std::array<sockaddr_storage, capacity> senders_;
    std::array<iovec, capacity> places_;
    std::array<mmsghdr, capacity> messages_;
    std::size_t size_ = 0;
};

}  // namespace kula::collect
