#include "demo_mail_server.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "net/smtp_conversation.hpp"
#include "shipped_data.hpp"

namespace kula {
namespace {

constexpr std::size_t most_connections = 16;               ///< Others wait until one ends.
constexpr int look_for_the_end_every = 200;                // ms
constexpr auto longest_silence = std::chrono::minutes(5);  // RFC 5321 §4.5.3.2.7

std::string name_of(base::Instant taken) {
    auto name = base::to_text(taken);
    std::erase_if(name, [](char letter) { return letter == ':' || letter == '-'; });
    return name + ".eml";
}

/// Under another name first, so that nobody reads half a mail.
bool lay(std::filesystem::path const& file, net::TakenMail const& mail) {
    auto const part = std::filesystem::path(file).replace_extension(".part");
    std::ofstream out(part, std::ios::binary);
    out << "Return-Path: <" << mail.from << ">\r\n";
    for (auto const& to : mail.to) out << "Delivered-To: " << to << "\r\n";
    out << mail.text;
    out.close();
    std::error_code failed;
    if (out) std::filesystem::rename(part, file, failed);
    return out && !failed;
}

std::vector<std::string> addresses_of_nobody() {
    return nlohmann::json::parse(shipped_data("demo/scans.json")).at("without_mailbox").get<std::vector<std::string>>();
}

}  // namespace

struct DemoMailServer::Connection {
    Connection(int accepted, net::SmtpConversation::Options options, base::Instant now)
        : socket(accepted), conversation(std::move(options)), heard_at(now) {
        is_open = say(conversation.greeting());
    }
    ~Connection() { close(socket); }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    /// Answers are short: whoever does not even take those is left.
    [[nodiscard]] bool say(std::string_view answer) const {
        return answer.empty() || send(socket, answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT) ==
                                     static_cast<ssize_t>(answer.size());
    }
    void hear(base::Instant now) {
        std::array<char, 64 * 1024> bytes{};
        auto const count = recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
        is_open = count > 0 && say(conversation.take({bytes.data(), static_cast<std::size_t>(count)})) &&
                  !conversation.is_over();
        heard_at = now;
    }

    int const socket;
    net::SmtpConversation conversation;
    base::Instant heard_at;
    bool is_open = true;
};

base::Result<std::unique_ptr<DemoMailServer>> DemoMailServer::start(std::filesystem::path mailbox,
                                                                    base::Clock const& clock) {
    std::unique_ptr<DemoMailServer> server(new DemoMailServer(std::move(mailbox), clock));
    if (auto const listening = server->listen(); !listening) return listening.error();
    server->thread_ = std::jthread([&made = *server](std::stop_token const& stop) { made.run(stop); });
    return server;
}

DemoMailServer::~DemoMailServer() {
    if (thread_.joinable()) {
        thread_.request_stop();
        thread_.join();
    }
    if (listener_ >= 0) close(listener_);
}

std::string DemoMailServer::address() const { return fmt::format("smtp://127.0.0.1:{}", port_); }

base::Result<void> DemoMailServer::listen() {
    std::error_code failed;
    std::filesystem::create_directories(mailbox_, failed);
    if (failed) return base::unavailable("cannot make " + mailbox_.string() + ": " + failed.message());
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof own;
    auto* const address = reinterpret_cast<sockaddr*>(&own);
    if (listener_ < 0 || bind(listener_, address, size) != 0 || ::listen(listener_, SOMAXCONN) != 0 ||
        getsockname(listener_, address, &size) != 0)
        return base::unavailable("the demo's mail server finds no port on this machine");
    port_ = ntohs(own.sin_port);
    return {};
}

std::unique_ptr<DemoMailServer::Connection> DemoMailServer::accepted() {
    int const socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return nullptr;
    net::SmtpConversation::Options options;
    options.name = "mx.csirt.example";
    options.knows = [nobody = addresses_of_nobody()](std::string_view to) {
        return std::find(nobody.begin(), nobody.end(), base::lower_case(to)) == nobody.end();
    };
    options.keep = [this](net::TakenMail const& mail) { return lay(mailbox_ / name_of(clock_.now()), mail); };
    return std::make_unique<Connection>(socket, std::move(options), clock_.now());
}

void DemoMailServer::run(std::stop_token const& stop) {
    std::vector<std::unique_ptr<Connection>> connections;
    while (!stop.stop_requested()) {
        std::vector<pollfd> watched;
        for (auto const& each : connections) watched.push_back({each->socket, POLLIN, 0});
        if (connections.size() < most_connections) watched.push_back({listener_, POLLIN, 0});
        if (poll(watched.data(), watched.size(), look_for_the_end_every) < 0 && errno != EINTR) return;
        auto const now = clock_.now();
        for (std::size_t each = 0; each < connections.size(); ++each) {
            if (watched[each].revents != 0) connections[each]->hear(now);
        }
        std::erase_if(connections, [&](std::unique_ptr<Connection> const& each) {
            return !each->is_open || now - each->heard_at > longest_silence;
        });
        if (watched.back().fd != listener_ || watched.back().revents == 0) continue;
        if (auto connection = accepted()) connections.push_back(std::move(connection));
    }
}

}  // namespace kula
