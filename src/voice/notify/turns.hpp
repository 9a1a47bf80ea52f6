#pragma once
// Whose turn it is to be sent to, of those that something is due for. What all senders keep to.
//
// A way is where something goes: of mail a domain, of webhooks one web address. It leads to a host: the domain again;
// scheme, name and port. All members are safe from any thread.

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "sending.hpp"

namespace kula::notify {

struct TurnRules {
    Pauses pauses{};                  ///< A way, or host, rests so long after a bad answer; longer after each next one.
    std::size_t most_a_minute = 60;   ///< Attempts at one host.
    std::size_t most_in_trouble = 1;  ///< Ways that are sent to at the same time, and whose last answer was bad.
};

class Turns {
public:
    using HostOf = std::function<std::string(std::string const& way)>;

    /// The clock outlives it.
    Turns(base::Clock const& clock, TurnRules rules, HostOf host_of)
        : clock_(clock), rules_(rules), host_of_(std::move(host_of)) {}

    /// Of these, the one that had its turn longest ago (the first of such); none where all rest, are sent to just now,
    /// or had their share of this minute.
    [[nodiscard]] std::optional<std::string> next(std::vector<std::string> const& ways);
    /// It has its turn: until `end`, nobody else is sent to at its host.
    void begin(std::string const& way);
    void end(std::string const& way);

    /// Its host is asked now.
    void ask(std::string const& way);
    void went_well(std::string const& way);
    /// Its host answers, but not well: the way rests, at least until then.
    void let_rest(std::string const& way, base::Instant at_least);
    /// Its host could not be reached: all its ways rest.
    void let_host_rest(std::string const& way);
    /// Somebody has mended something, or wants to see: neither it nor its host rests any longer.
    void hurry(std::string const& way);

private:
    struct Standing {
        base::Instant turn_at{};
        bool is_busy = false;
        std::int64_t bad_answers = 0;  ///< One after another.
        base::Instant rests_until{};
        std::deque<base::Instant> asked{};  ///< Within the last minute.
    };
    using Standings = std::map<std::string, Standing>;

    void tidy(Standings& standings) const;
    [[nodiscard]] static Standing const* found(Standings const& standings, std::string const& name);
    [[nodiscard]] bool is_free(Standings const& standings, std::string const& name) const;
    [[nodiscard]] bool is_in_trouble(std::string const& way) const;
    void rest(Standing& standing, base::Instant at_least) const;

    base::Clock const& clock_;
    TurnRules const rules_;
    HostOf const host_of_;
    mutable std::mutex mutex_{};
    Standings ways_{};
    Standings hosts_{};
};

}  // namespace kula::notify
