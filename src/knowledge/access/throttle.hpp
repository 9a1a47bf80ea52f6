#pragma once
// Progressive delay against guessing. An attempt is counted when it begins, so that many at once count as many, and
// taken back when it was right.
//
// Who is delayed: the pair of name and address; the address (IPv6: its /64); and, while a name is tried from all over,
// every address that did not sign in to it within 30 days. So strangers can neither lock an owner out nor slow down the
// places where the owner works. Bounded memory; forgotten at a restart. Names are kept as digests, since a typed name
// may be a password. Safe from any thread.

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "lru.hpp"

namespace kula::access {

class Throttle {
public:
    /// What every unknown address has to wait while a name is under attack.
    enum class UnderAttack : std::uint8_t {
        knock,     ///< A while from its own first attempt on: many addresses gain little, none starves another.
        one_line,  ///< All of them together one attempt after the other: for short codes.
    };
    struct Rules {
        int free_attempts = 5;  ///< Wrong ones before the first delay of 1 s, which then doubles.
        std::chrono::seconds longest{std::chrono::minutes(15)};
        int free_attempts_on_name = 20;  ///< From everywhere together.
        UnderAttack under_attack = UnderAttack::knock;
        std::chrono::seconds longest_on_name{30};
        std::size_t most = 20'000;  ///< Entries of each kind that are remembered.
    };
    static constexpr std::chrono::minutes decay{10};  ///< After which one wrong attempt is forgotten.
    static constexpr std::chrono::hours known_for{30 * 24};

    Throttle(base::Clock const& clock, Rules rules);

    using Wait = std::optional<std::chrono::seconds>;
    /// Nothing: the attempt is counted and may go on. Otherwise how long to wait, at least 1 s.
    Wait admit(std::string_view name, std::string_view address);
    /// It was right: the pair begins anew, the address and the name get the attempt back.
    void was_right(std::string_view name, std::string_view address);
    /// It was neither right nor wrong.
    void take_back(std::string_view name, std::string_view address);
    /// Its owner has signed in from there.
    void remember(std::string_view name, std::string_view address);

    /// Attempts that name nobody: the address alone.
    Wait admit_address(std::string_view address);
    void take_back_address(std::string_view address);

    /// An IPv4 address (mapped ones too), the /64 of an IPv6 one, or the text as it is.
    static std::string place_of(std::string_view address);

private:
    struct Count {
        int wrong = 0;
        base::Instant last{};
    };
    [[nodiscard]] int wrong_now(Count const& count) const;
    [[nodiscard]] std::chrono::microseconds remaining(Count const* count, int free, std::chrono::seconds longest) const;
    std::chrono::microseconds wait_for_name(std::string const& name, std::string const& pair);
    void add(Count& count) const;
    static void take_one(Lru<Count>& counts, std::string const& key);

    base::Clock const& clock_;
    Rules const rules_;
    std::mutex mutex_;
    Lru<Count> pairs_, addresses_, names_;
    Lru<base::Instant> known_;
};

}  // namespace kula::access
