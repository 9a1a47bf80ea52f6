#pragma once
/// @file
/// The demo's closed loop: an invented scanner lays a report into the drop folder every few minutes, owners are told by
/// mail, and some of them answer by its link and mend what was found. What they do is told by the state of the
/// findings alone, so a demo that is started again goes on.

#include <filesystem>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "findings/findings.hpp"
#include "findings/routing_store.hpp"
#include "intake/feeds.hpp"
#include "notify/outbox.hpp"
#include "registry/registry.hpp"
#include "release/gate.hpp"
#include "rounds/answers.hpp"
#include "rounds/topic.hpp"

namespace kula {

class DemoLoop {
public:
    /// All outlive it.
    struct Rooms {
        registry::Registry& registry;
        intake::Feeds& feeds;
        findings::Findings& findings;
        findings::RoutingStore& routing;
        release::Gate& gate;
        notify::Outbox const& outbox;
        rounds::Answers const& answers;
        base::Clock const& clock;
    };
    /// Lets the rules send where nobody changed them yet, and says where the portal is (`http://localhost:8080`).
    static base::Result<std::unique_ptr<DemoLoop>> start(Rooms rooms, std::string const& portal);
    ~DemoLoop() = default;
    DemoLoop(DemoLoop const&) = delete;
    DemoLoop& operator=(DemoLoop const&) = delete;

private:
    /// What the scanner finds, and what becomes of it.
    struct Service {
        std::string place;
        std::uint16_t port = 0;
        std::string transport;
        std::string type;
        std::string problem;
        std::optional<findings::State> answers{};  ///< What its owner answers; absent where nobody does.
        bool mends = false;                        ///< What is said to be fixed is.

        [[nodiscard]] bool is_at(findings::Identity const& identity) const;
    };
    explicit DemoLoop(Rooms rooms);
    void run(std::stop_token const& stop) const;
    base::Result<void> agree_to_plain_mail() const;
    [[nodiscard]] base::Result<std::string> report() const;
    base::Result<void> lay_report() const;
    base::Result<void> answer() const;
    base::Result<void> answer(findings::Finding const& finding, findings::State with) const;

    Rooms const rooms_;
    std::vector<Service> services_;
    std::jthread thread_{};
};

}  // namespace kula
