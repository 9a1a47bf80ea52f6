#pragma once
/// @file
/// `kula.sock` in the data folder: how `kula admin` talks to the server that owns the folder. Whoever may open the
/// folder may ask: the socket has mode 0600, and the other end must be of the same user, or root.

#include <filesystem>
#include <functional>
#include <optional>
#include <thread>

#include "admin.hpp"
#include "base/result.hpp"

namespace kula {

class AdminSocket {
public:
    using Answer = std::function<AdminAnswer(AdminRequest const&)>;
    /// Answers one request after the other in a thread of its own, until it goes. `unavailable` where the socket cannot
    /// be made (a folder whose path is too long for one).
    static base::Result<std::unique_ptr<AdminSocket>> open(std::filesystem::path const& folder, Answer answer);
    ~AdminSocket();
    AdminSocket(AdminSocket const&) = delete;
    AdminSocket& operator=(AdminSocket const&) = delete;

private:
    AdminSocket(int socket, std::filesystem::path path, Answer answer);
    void serve(std::stop_token const& stop) const;
    [[nodiscard]] AdminAnswer answer_to(std::string const& line) const;

    int const socket_;
    std::filesystem::path const path_;
    Answer const answer_;
    std::jthread thread_;
};

/// Asks the server that owns the folder; nothing where no server listens there. An empty answer means that it went.
std::optional<AdminAnswer> ask_server(std::filesystem::path const& folder, AdminRequest const& request);

}  // namespace kula
