#include "admin_socket.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstring>

#include "base/descriptor.hpp"
#include "exit_status.hpp"

namespace kula {
namespace {

constexpr std::size_t longest_line = 1024 * 1024;
constexpr int look_for_the_end_every = 200;  // ms
constexpr std::chrono::seconds longest_request{5};
constexpr std::chrono::seconds longest_answer{60};

/// A file descriptor that closes itself.
std::optional<sockaddr_un> address_of(std::filesystem::path const& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto const& text = path.native();
    if (text.size() >= sizeof address.sun_path) return std::nullopt;
    std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
    return address;
}

void give_time(int socket, std::chrono::seconds time) {
    timeval const limit{time.count(), 0};
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

std::string read_line(int socket) {
    std::string line;
    char buffer[4096];
    while (line.size() < longest_line && line.find('\n') == std::string::npos) {
        auto const count = ::recv(socket, buffer, sizeof buffer, 0);
        if (count <= 0) break;
        line.append(buffer, static_cast<std::size_t>(count));
    }
    return line.substr(0, line.find('\n'));
}

bool write_line(int socket, std::string line) {
    line += '\n';
    for (std::size_t at = 0; at < line.size();) {
        auto const count = ::send(socket, line.data() + at, line.size() - at, MSG_NOSIGNAL);
        if (count <= 0) return false;
        at += static_cast<std::size_t>(count);
    }
    return true;
}

bool is_owner(int connection) {
    ucred other{};
    socklen_t size = sizeof other;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &other, &size) != 0) return false;
    return other.uid == geteuid() || other.uid == 0;
}

}  // namespace

base::Result<std::unique_ptr<AdminSocket>> AdminSocket::open(std::filesystem::path const& folder, Answer answer) {
    auto const path = folder / "kula.sock";
    auto const address = address_of(path);
    if (!address) return base::unavailable(path.string() + ": the path is too long for a socket");
    // The folder is ours alone, so what lies there is left from a process that is gone.
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    int const socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool const is_bound = socket >= 0 &&
                          ::bind(socket, reinterpret_cast<sockaddr const*>(&*address), sizeof *address) == 0 &&
                          ::chmod(path.c_str(), S_IRUSR | S_IWUSR) == 0 && ::listen(socket, 8) == 0;
    if (!is_bound) {
        if (socket >= 0) ::close(socket);
        return base::unavailable(path.string() + ": " + std::strerror(errno));
    }
    return std::unique_ptr<AdminSocket>(new AdminSocket(socket, path, std::move(answer)));
}

AdminSocket::AdminSocket(int socket, std::filesystem::path path, Answer answer)
    : socket_(socket),
      path_(std::move(path)),
      answer_(std::move(answer)),
      thread_([this](std::stop_token const& stop) { serve(stop); }) {}

AdminSocket::~AdminSocket() {
    thread_.request_stop();
    thread_.join();
    ::close(socket_);
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

void AdminSocket::serve(std::stop_token const& stop) const {
    while (!stop.stop_requested()) {
        pollfd waiting{socket_, POLLIN, 0};
        if (::poll(&waiting, 1, look_for_the_end_every) <= 0) continue;
        base::Descriptor const connection(::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC));
        if (!connection.is_open()) std::this_thread::sleep_for(std::chrono::milliseconds(look_for_the_end_every));
        if (!connection.is_open() || !is_owner(connection.number())) continue;
        give_time(connection.number(), longest_request);
        write_line(connection.number(), to_line(answer_to(read_line(connection.number()))));
    }
}

AdminAnswer AdminSocket::answer_to(std::string const& line) const {
    auto const request = parse_request(line);
    if (!request) return {status_failed, {}, "kula admin: no request\n"};
    try {
        return answer_(*request);
    } catch (std::exception const& bug) {
        return {status_failed, {}, std::string("kula admin: ") + bug.what() + '\n'};
    }
}

std::optional<AdminAnswer> ask_server(std::filesystem::path const& folder, AdminRequest const& request) {
    auto const address = address_of(folder / "kula.sock");
    if (!address) return std::nullopt;
    base::Descriptor const connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!connection.is_open()) return std::nullopt;
    if (::connect(connection.number(), reinterpret_cast<sockaddr const*>(&*address), sizeof *address) != 0)
        return std::nullopt;
    give_time(connection.number(), longest_answer);
    AdminAnswer const gone{status_failed, {}, "kula admin: the server went away before it answered\n"};
    if (!write_line(connection.number(), to_line(request))) return gone;
    return parse_answer(read_line(connection.number())).value_or(gone);
}

}  // namespace kula
