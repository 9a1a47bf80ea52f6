#pragma once
/// @file
/// The demo's mail server: takes mail on loopback and lays it into a mailbox, a folder of files that mail programs
/// open. Nothing leaves the machine. One of its invented addresses is of nobody, so that there is a refusal to see.

#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace kula {

class DemoMailServer {
public:
    /// Files are called after the moment in which a mail was taken, `20261127T050000.000000Z.eml`, and begin with whom
    /// it was from and for (`Return-Path`, RFC 5321 §4.4; `Delivered-To`). The clock outlives it. `unavailable` where
    /// there is no folder or no port.
    static base::Result<std::unique_ptr<DemoMailServer>> start(std::filesystem::path mailbox, base::Clock const& clock);
    ~DemoMailServer();
    DemoMailServer(DemoMailServer const&) = delete;
    DemoMailServer& operator=(DemoMailServer const&) = delete;

    /// `smtp://127.0.0.1:40025`
    [[nodiscard]] std::string address() const;

private:
    struct Connection;
    DemoMailServer(std::filesystem::path mailbox, base::Clock const& clock)
        : mailbox_(std::move(mailbox)), clock_(clock) {}
    base::Result<void> listen();
    void run(std::stop_token const& stop);
    [[nodiscard]] std::unique_ptr<Connection> accepted();

    std::filesystem::path const mailbox_;
    base::Clock const& clock_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::jthread thread_{};
};

}  // namespace kula
