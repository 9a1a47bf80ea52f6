#include "owner_socket.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "exit_status.hpp"

namespace kula {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_line = 2 * 1024 * 1024;
constexpr std::size_t longest_piece = 64 * 1024;  ///< Of what is printed; a line has room, however it is escaped.
constexpr std::size_t most_connections = 8;
constexpr int look_for_the_end_every = 200;  // ms
constexpr std::chrono::seconds longest_request{5};
constexpr std::chrono::minutes longest_pause{10};       ///< Of somebody who reads, page by page.
constexpr std::chrono::milliseconds longest_wait{100};  ///< Of what is printed, where more comes.

std::optional<sockaddr_un> address_of(std::filesystem::path const& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto const& text = path.native();
    if (text.size() >= sizeof address.sun_path) return std::nullopt;
    std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
    return address;
}

void give_time(int socket, int option, std::chrono::seconds time) {
    timeval const limit{time.count(), 0};
    setsockopt(socket, SOL_SOCKET, option, &limit, sizeof limit);
}

std::string written(Json const& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// Room for one descriptor beside the bytes.
struct Ancillary {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> room{};
};

/// What comes line by line, with what was handed over beside it.
class Lines {
public:
    explicit Lines(int socket) : socket_(socket) {}
    ~Lines() {
        if (file_ >= 0) ::close(file_);
    }
    Lines(Lines const&) = delete;
    Lines& operator=(Lines const&) = delete;

    /// Without its end; nothing where none comes, or one is too long.
    std::optional<std::string> next() {
        for (;;) {
            if (auto const end = read_.find('\n'); end != std::string::npos) {
                auto line = read_.substr(0, end);
                read_.erase(0, end + 1);
                return line;
            }
            if (read_.size() >= longest_line || !receive()) return std::nullopt;
        }
    }
    /// Negative where none came.
    [[nodiscard]] int file() const { return file_; }

private:
    bool receive() {
        std::array<char, 16 * 1024> buffer{};
        iovec bytes{buffer.data(), buffer.size()};
        Ancillary ancillary;
        msghdr message{};
        message.msg_iov = &bytes;
        message.msg_iovlen = 1;
        message.msg_control = ancillary.room.data();
        message.msg_controllen = CMSG_LEN(sizeof(int));  // Of more than one the system closes the rest.
        ssize_t count = -1;
        do {
            count = ::recvmsg(socket_, &message, MSG_CMSG_CLOEXEC);
        } while (count < 0 && errno == EINTR);
        if (count <= 0) return false;
        for (auto* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
            if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
            int file = -1;
            std::memcpy(&file, CMSG_DATA(part), sizeof file);
            if (file_ >= 0) ::close(file_);
            file_ = file;
        }
        read_.append(buffer.data(), static_cast<std::size_t>(count));
        return true;
    }

    int const socket_;
    std::string read_{};
    int file_ = -1;
};

/// A line, with an open file beside its first bytes unless that is negative.
bool send_line(int socket, std::string line, int file = -1) {
    line += '\n';
    for (std::size_t at = 0; at < line.size();) {
        iovec bytes{line.data() + at, line.size() - at};
        msghdr message{};
        message.msg_iov = &bytes;
        message.msg_iovlen = 1;
        Ancillary ancillary;
        if (file >= 0) {
            message.msg_control = ancillary.room.data();
            message.msg_controllen = ancillary.room.size();
            auto* const part = CMSG_FIRSTHDR(&message);
            part->cmsg_level = SOL_SOCKET;
            part->cmsg_type = SCM_RIGHTS;
            part->cmsg_len = CMSG_LEN(sizeof file);
            std::memcpy(CMSG_DATA(part), &file, sizeof file);
        }
        auto const count = ::sendmsg(socket, &message, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        at += static_cast<std::size_t>(count);
        file = -1;
    }
    return true;
}

/// What is printed, a good piece at once, in its order.
class Pieces {
public:
    explicit Pieces(int socket) : socket_(socket) {}

    bool add(char const* stream, std::string_view text) {
        if (std::string_view(stream) != stream_) flush();
        stream_ = stream;
        waiting_ += text;
        bool const is_due = waiting_.size() >= longest_piece || Clock::now() - flushed_ >= longest_wait;
        return is_due ? flush() : is_read_;
    }
    bool flush() {
        for (std::string_view rest = waiting_; is_read_ && !rest.empty();) {
            auto const piece = base::beginning(rest, longest_piece);
            is_read_ = send_line(socket_, written({{stream_, piece}}));
            rest.remove_prefix(piece.size());
        }
        waiting_.clear();
        flushed_ = Clock::now();
        return is_read_;
    }

private:
    using Clock = std::chrono::steady_clock;

    Clock::time_point flushed_{};
    int const socket_;
    char const* stream_ = "out";
    std::string waiting_{};
    bool is_read_ = true;  ///< Somebody still reads.
};

/// Whether the other end still waits.
bool is_there(int socket) {
    pollfd other{socket, POLLRDHUP, 0};
    return ::poll(&other, 1, 0) <= 0;
}

bool is_owner(int connection) {
    ucred other{};
    socklen_t size = sizeof other;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &other, &size) != 0) return false;
    return other.uid == geteuid() || other.uid == 0;
}

std::optional<AdminRequest> parse_request(std::string_view line) {
    try {
        auto const json = Json::parse(line);
        return AdminRequest{json.at("verb").get<std::string>(),
                            json.at("options").get<std::map<std::string, std::vector<std::string>>>()};
    } catch (Json::exception const&) {
        return std::nullopt;
    }
}

/// Prints what a line of the answer tells; the exit status where it is the last one.
std::optional<int> told(std::string const& line, Print const& print) {
    try {
        auto const json = Json::parse(line);
        if (json.contains("status")) return json.at("status").get<int>();
        bool const is_out = json.contains("out");
        bool const is_printed =
            (is_out ? print.out : print.err)(json.at(is_out ? "out" : "err").get_ref<std::string const&>());
        return is_printed ? std::nullopt : std::optional(status_failed);
    } catch (Json::exception const&) {
        print.err("kula: the server answers what nobody understands\n");
        return status_failed;
    }
}

}  // namespace

base::Result<std::unique_ptr<OwnerSocket>> OwnerSocket::open(std::filesystem::path const& folder, Answer answer) {
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
    return std::unique_ptr<OwnerSocket>(new OwnerSocket(socket, path, std::move(answer)));
}

OwnerSocket::OwnerSocket(int socket, std::filesystem::path path, Answer answer)
    : socket_(socket),
      path_(std::move(path)),
      answer_(std::move(answer)),
      thread_([this](std::stop_token const& stop) { serve(stop); }) {}

OwnerSocket::~OwnerSocket() {
    thread_.request_stop();
    thread_.join();
    for (auto& connection : connections_) connection.thread.request_stop();
    connections_.clear();
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

void OwnerSocket::serve(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        connections_.remove_if([](Connection const& each) { return each.is_over.load(); });
        pollfd waiting{socket_.number(), POLLIN, 0};
        if (::poll(&waiting, 1, look_for_the_end_every) <= 0) continue;
        if (connections_.size() < most_connections) {
            accept();
        } else {
            std::this_thread::sleep_for(std::chrono::milliseconds(look_for_the_end_every));
        }
    }
}

void OwnerSocket::accept() {
    auto& made = connections_.emplace_back(::accept4(socket_.number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!made.socket.is_open() || !is_owner(made.socket.number())) {
        // Out of descriptors, as a rule: it may be better soon.
        if (!made.socket.is_open()) std::this_thread::sleep_for(std::chrono::milliseconds(look_for_the_end_every));
        connections_.pop_back();
        return;
    }
    try {
        made.thread = std::jthread([this, &made](std::stop_token const& stop) {
            answer_one(made, stop);
            made.is_over = true;
        });
    } catch (std::system_error const&) {
        connections_.pop_back();  // No thread is to be had: whoever asked is hung up on.
    }
}

void OwnerSocket::answer_one(Connection& connection, std::stop_token const& stop) const {
    int const socket = connection.socket.number();
    give_time(socket, SO_RCVTIMEO, longest_request);
    give_time(socket, SO_SNDTIMEO, longest_pause);
    // Whoever does not read does not hold up the end.
    std::stop_callback const hang_up(stop, [socket] { ::shutdown(socket, SHUT_WR); });
    Pieces pieces(socket);
    Print const print{[&](std::string_view text) { return pieces.add("out", text); },
                      [&](std::string_view text) { return pieces.add("err", text); },
                      [&] { return !stop.stop_requested() && is_there(socket); }};
    Lines lines(socket);
    auto const line = lines.next();
    auto const request = line ? parse_request(*line) : std::nullopt;
    int status = status_failed;
    if (!request) {
        print.err("kula: no request\n");
    } else {
        try {
            status = answer_(*request, lines.file(), print, stop);
        } catch (std::exception const& bug) {
            print.err(std::string("kula: ") + bug.what() + '\n');
        }
    }
    pieces.flush();
    send_line(socket, written({{"status", status}}));
    ::shutdown(socket, SHUT_RDWR);
}

std::optional<int> ask_owner(std::filesystem::path const& folder, AdminRequest const& request, int file,
                             Print const& print) {
    auto const address = address_of(folder / "kula.sock");
    if (!address) return std::nullopt;
    base::Descriptor const connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!connection.is_open()) return std::nullopt;
    if (::connect(connection.number(), reinterpret_cast<sockaddr const*>(&*address), sizeof *address) != 0)
        return std::nullopt;
    if (send_line(connection.number(), written({{"verb", request.verb}, {"options", request.options}}), file)) {
        Lines lines(connection.number());
        while (auto const line = lines.next()) {
            if (auto const status = told(*line, print)) return status;
        }
    }
    print.err("kula: the server went away before it was done\n");
    return status_failed;
}

}  // namespace kula
