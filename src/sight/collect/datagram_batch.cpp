#include "datagram_batch.hpp"

#include <cerrno>

#include "socket_address.hpp"

namespace kula::collect {
namespace {

constexpr std::size_t longest_datagram = 65'536;
/// Datagrams start a cache line further each, or they would all fall into the same few lines of the cache.
constexpr std::size_t stride = longest_datagram + 64;

}  // namespace

// Only the pages that datagrams really fill are ever touched.
DatagramBatch::DatagramBatch() : bytes_(new std::byte[capacity * stride]) {
    for (std::size_t i = 0; i < capacity; ++i) {
        places_[i] = {bytes_.get() + i * stride, longest_datagram};
        messages_[i] = {};
        messages_[i].msg_hdr.msg_name = &senders_[i];
        messages_[i].msg_hdr.msg_iov = &places_[i];
        messages_[i].msg_hdr.msg_iovlen = 1;
    }
}

DatagramBatch::Outcome DatagramBatch::receive(int descriptor) {
    for (std::size_t i = 0; i < capacity; ++i) messages_[i].msg_hdr.msg_namelen = sizeof(sockaddr_storage);
    int const count = ::recvmmsg(descriptor, messages_.data(), capacity, MSG_DONTWAIT, nullptr);
    size_ = count > 0 ? static_cast<std::size_t>(count) : 0;
    if (count > 0) return Outcome::received;
    bool const is_empty = count == 0 || errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    return is_empty ? Outcome::nothing : Outcome::failed;
}

std::span<std::byte const> DatagramBatch::datagram(std::size_t index) const {
    return {bytes_.get() + index * stride, messages_[index].msg_len};
}

formats::Exporter DatagramBatch::sender(std::size_t index) const {
    auto const endpoint = to_endpoint(senders_[index]);
    return {endpoint.address, endpoint.port};
}

}  // namespace kula::collect
