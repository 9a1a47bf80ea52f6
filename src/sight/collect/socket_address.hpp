#pragma once
/// @file
/// Addresses and ports as the kernel's socket calls know them.

#include <netinet/in.h>
#include <sys/socket.h>

#include "collect/endpoint.hpp"

namespace kula::collect {

struct SocketAddress {
    sockaddr_storage storage;
    socklen_t length;
};

SocketAddress to_socket_address(Endpoint const& endpoint);
/// Of the two Internet families; another one is told as 0.0.0.0:0.
Endpoint to_endpoint(sockaddr_storage const& storage);

}  // namespace kula::collect
