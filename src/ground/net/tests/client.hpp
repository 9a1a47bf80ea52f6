#pragma once
/// @file
/// A raw HTTP client for tests: a POSIX socket, so that anything can be sent, in any pieces. Reads give up after 20 s.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace kula::net::testing {

struct Reply {
    int status = 0;
    std::string head{};
    std::string body{};

    /// The value of a header, by its name as the server writes it.
    [[nodiscard]] std::optional<std::string> header(std::string const& name) const {
        auto const at = head.find("\r\n" + name + ": ");
        if (at == std::string::npos) return std::nullopt;
        auto const begin = at + name.size() + 4;
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
};

class Client {
public:
    explicit Client(std::uint16_t port, int receive_buffer = 0)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        if (receive_buffer > 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        timeval const patience{20, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    virtual ~Client() { close(); }
    Client(Client&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), connected_(other.connected_), unread_(std::move(other.unread_)) {}
    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;

    [[nodiscard]] bool connected() const { return connected_; }
    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }
    void shut_down_writing() { ::shutdown(socket_, SHUT_WR); }

    /// False when the server has closed.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            auto const sent = transmit(bytes);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// Reads on until `mark` has come, and returns everything up to its end. Nothing when the server closed before.
    std::optional<std::string> until(std::string_view mark) {
        for (;;) {
            auto const at = unread_.find(mark);
            if (at != std::string::npos) {
                auto text = unread_.substr(0, at + mark.size());
                unread_.erase(0, at + mark.size());
                return text;
            }
            if (!more()) return std::nullopt;
        }
    }

    /// One response, by its `Content-Length`; without one, to the end of the connection.
    Reply reply(bool head_only = false) {
        Reply out;
        auto head = until("\r\n\r\n");
        if (!head) return out;
        out.head = std::move(*head);
        out.status = std::stoi(out.head.substr(out.head.find(' ') + 1, 3));
        auto const length = out.header("Content-Length");
        if (head_only || out.status == 204 || out.status == 304) return out;
        if (!length) {
            out.body = rest();
            return out;
        }
        auto const wanted = static_cast<std::size_t>(std::stoull(*length));
        while (unread_.size() < wanted && more()) {
        }
        out.body = unread_.substr(0, wanted);
        unread_.erase(0, wanted);
        return out;
    }

    /// Everything until the server closes.
    std::string rest() {
        while (more()) {
        }
        return std::exchange(unread_, {});
    }

    /// True when the server closes the connection without sending another byte.
    bool is_closed() { return unread_.empty() && !more(); }

    /// How it was closed: with what was sent before lost, perhaps.
    [[nodiscard]] bool was_reset() const { return was_reset_; }

    Reply ask(std::string_view text) {
        send(text);
        return reply();
    }
    Reply get(std::string const& target) { return ask("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"); }

protected:
    [[nodiscard]] int descriptor() const { return socket_; }
    /// As `send` and `recv` of POSIX.
    virtual long transmit(std::string_view bytes) { return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
    virtual long receive(char* bytes, std::size_t size) { return ::recv(socket_, bytes, size, 0); }

private:
    bool more() {
        char bytes[16384];
        auto const got = receive(bytes, sizeof bytes);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) ADD_FAILURE() << "nothing came within 20 s";
        was_reset_ = got < 0 && errno == ECONNRESET;
        if (got <= 0) return false;
        unread_.append(bytes, static_cast<std::size_t>(got));
        return true;
    }

    int socket_;
    bool connected_ = false;
    bool was_reset_ = false;
    std::string unread_;
};

/// Waits up to 20 s for a condition.
inline bool eventually(std::function<bool()> const& holds) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::yield();
    }
    return true;
}

}  // namespace kula::net::testing
