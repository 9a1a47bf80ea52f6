#pragma once
/// @file
/// How the worth of an indicator fades once nobody sees it any more.
///
/// Source: the polynomial decaying model of MISP (S. Mokaddem, G. Wagener, A. Dulaunoy, A. Iklody: Taxonomy driven
/// indicator scoring in MISP threat intelligence platforms, 2019, arXiv:1902.03914, section on the decaying of IoCs):
/// score(t) = base · (1 − (t / lifetime)^(1 / speed)), t being the time since the last sighting. Pure; any thread.

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "indicators/value.hpp"

namespace kula::indicators {

/// How one kind of indicator fades.
struct Decay {
    std::chrono::microseconds lifetime{};  ///< When nothing is left. Greater than zero.
    /// MISP's δ, greater than zero: 1 is a straight line, less falls late (holds, then drops), more falls early.
    double speed = 1;
    /// Below this score, 0 to 100, an indicator is expired.
    double threshold = 0;
};

/// 0 to 100: `confidence` (0 to 100) until `last_seen`, 0 from `last_seen` + lifetime on.
double score(double confidence, base::Instant last_seen, Decay const& decay, base::Instant now);

/// From when on the score is below the threshold: the same model solved for the time. `last_seen` if it never is above.
base::Instant expires_at(double confidence, base::Instant last_seen, Decay const& decay);

/// Expired means: past the end of its validity, or faded below the threshold.
bool is_expired(double confidence, base::Instant last_seen, std::optional<base::Instant> valid_until,
                Decay const& decay, base::Instant now);

/// What holds for each kind.
class DecayTable {
public:
    /// Of `data/indicator_decay.json`: `{"<kind>": {"lifetime_days": 1…36500, "speed": 0.01…100, "threshold": 0…100}}`,
    /// every kind once. Fails with `invalid`, naming the kind and the rule.
    static base::Result<DecayTable> parse(std::string_view json);
    /// As shipped.
    static DecayTable const& shipped();

    [[nodiscard]] Decay const& of(Kind kind) const { return decays_[static_cast<std::size_t>(kind)]; }

private:
    std::array<Decay, 9> decays_{};
};

}  // namespace kula::indicators
