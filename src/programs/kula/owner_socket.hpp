#pragma once
/// @file
/// `kula.sock` in the data folder: how verbs of the command line talk to the server that owns the folder. Whoever may
/// open the folder may ask: the socket has mode 0600, and the other end must be of the same user, or root.
///
/// A request is a line of JSON, `{"verb":"import","options":{"source":["dataplane"]}}`, with at most one open file
/// beside it (SCM_RIGHTS, unix(7)). The answer is lines: `{"out":"…"}` and `{"err":"…"}` as they come, `{"status":0}`
/// at last.

#include <atomic>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>

#include "admin.hpp"
#include "base/descriptor.hpp"
#include "base/result.hpp"

namespace kula {

class OwnerSocket {
public:
    /// Prints and yields the exit status; `file` is negative where none came. Called from several threads at once. What
    /// takes long is to end when `stop` asks.
    using Answer =
        std::function<int(AdminRequest const& request, int file, Print const& print, std::stop_token const& stop)>;

    /// Answers up to eight requests beside each other, until it goes. `unavailable` where the socket cannot be made (a
    /// folder whose path is too long for one).
    static base::Result<std::unique_ptr<OwnerSocket>> open(std::filesystem::path const& folder, Answer answer);
    ~OwnerSocket();
    OwnerSocket(OwnerSocket const&) = delete;
    OwnerSocket& operator=(OwnerSocket const&) = delete;

private:
    struct Connection {
        explicit Connection(int number) : socket(number) {}
        base::Descriptor socket;
        std::atomic<bool> is_over = false;
        std::jthread thread{};
    };

    OwnerSocket(int socket, std::filesystem::path path, Answer answer);
    void serve(std::stop_token const& stop);
    void accept();
    void answer_one(Connection& connection, std::stop_token const& stop) const;

    base::Descriptor const socket_;
    std::filesystem::path const path_;
    Answer const answer_;
    std::list<Connection> connections_{};  ///< The serving thread's.
    std::jthread thread_;
};

/// Asks the server that owns the folder and prints what it tells; nothing where no server listens there. `file` is
/// handed over unless it is negative.
std::optional<int> ask_owner(std::filesystem::path const& folder, AdminRequest const& request, int file,
                             Print const& print);

}  // namespace kula
