#pragma once
/// @file
/// Lets the findings follow what was delivered, as long as the server runs: at once at its start, then every few
/// seconds.

#include <thread>

#include "findings/findings.hpp"

namespace kula {

class FindingsFollower {
public:
    /// `findings` outlives it.
    explicit FindingsFollower(findings::Findings& findings);
    /// Ends behind the transaction that runs; the next start goes on there.
    ~FindingsFollower() = default;
    FindingsFollower(FindingsFollower const&) = delete;
    FindingsFollower& operator=(FindingsFollower const&) = delete;

private:
    void run(std::stop_token const& stop);

    findings::Findings& findings_;
    std::jthread thread_;
};

}  // namespace kula
