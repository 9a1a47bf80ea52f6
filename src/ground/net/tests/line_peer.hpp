#pragma once
// A server of a test's own that speaks a protocol of lines.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <optional>
#include <string>
#include <thread>

namespace kula::net {

/// Says what `answer` yields to each line of a client; nothing ends the connection. One client.
class LinePeer {
public:
    using Answer = std::function<std::optional<std::string>(std::string const& line)>;

    LinePeer(std::string greeting, Answer answer) {
        listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&at), size), 0);
        EXPECT_EQ(::listen(listener_, 4), 0);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        thread_ = std::jthread(
            [this, greeting = std::move(greeting), answer = std::move(answer)] { talk(greeting, answer); });
    }
    ~LinePeer() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_ = {};
        ::close(listener_);
    }
    LinePeer(LinePeer const&) = delete;
    LinePeer& operator=(LinePeer const&) = delete;

    [[nodiscard]] unsigned port() const { return port_; }
    /// All lines of the client. Once it is done.
    std::string heard() {
        ::shutdown(listener_, SHUT_RDWR);  // It may be that none came.
        thread_ = {};
        return heard_;
    }

private:
    static std::string line_from(int socket) {
        std::string line;
        for (char c = 0; ::recv(socket, &c, 1, 0) == 1;) {
            line += c;
            if (c == '\n') break;
        }
        return line;
    }
    void talk(std::string const& greeting, Answer const& answer) {
        int const socket = ::accept(listener_, nullptr, nullptr);
        if (socket < 0) return;
        auto const say = [socket](std::string const& text) {
            [[maybe_unused]] auto const sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
        };
        say(greeting);
        for (auto line = line_from(socket); !line.empty(); line = line_from(socket)) {
            heard_ += line;
            auto const said = answer(line);
            if (!said) break;
            say(*said);
        }
        ::close(socket);
    }

    int listener_ = -1;
    unsigned port_ = 0;
    std::string heard_{};
    std::jthread thread_{};
};

}  // namespace kula::net
