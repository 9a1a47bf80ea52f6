#pragma once
/// @file
/// What is known of vulnerabilities: which are exploited, and how likely that is.
///
/// Sources: CISA, Known Exploited Vulnerabilities catalogue; FIRST, Exploit Prediction Scoring System. A list is told
/// as a whole and replaces what it said before. Days are `YYYY-MM-DD`. Safe from any thread; who tells waits for
/// whoever tells, nobody who asks waits for either.

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "storage/database.hpp"

namespace kula::vulnerabilities {

/// `CVE-2021-44228`, in capitals; nothing of any other text (CVE ID syntax of 2014: four digits or more, here at most
/// twelve).
std::optional<std::string> parse_cve(std::string_view text);
/// Whether it is a day of the calendar, `2026-03-01`.
bool is_day(std::string_view text);

/// One that is known to be exploited.
struct Exploited {
    std::string cve{};  ///< As `parse_cve` has it.
    std::string vendor{}, product{};
    std::string name{};  ///< What the list calls it, for people.
    std::string added{};
    std::string due{};     ///< Until when the list's owner asks its own to act; empty: not told.
    std::string action{};  ///< What it asks of them.
    bool is_used_for_ransomware = false;
};

/// By CVE. `generation` is another one for each word of the list; 0: nothing was told yet.
struct ExploitedList {
    std::int64_t generation = 0;
    /// By its owner: at the earliest the day of its newest entry, where nothing more is told; nothing of no list.
    std::optional<base::Instant> released{};
    std::map<std::string, Exploited, std::less<>> entries{};
};

/// The probability of exploitation within 30 days.
struct Score {
    std::string cve{};
    double score = 0;                    ///< 0 to 1, kept to a billionth.
    std::optional<double> percentile{};  ///< The share of all that score no higher; absent in the first files.
};

/// Which day's scores, by which model; each empty where it is not told.
struct ScoreDay {
    std::string day{};
    std::string model{};
};

/// What became of a list.
struct Told {
    std::uint64_t listed = 0;
    std::uint64_t fresh = 0;  ///< Of these, not listed before.
    std::uint64_t gone = 0;   ///< Listed before, and no longer.
};

/// More are refused.
constexpr std::size_t most_exploited = 100'000;
constexpr std::size_t most_scores = 2'000'000;

class Catalogue {
public:
    /// Both outlive it.
    static base::Result<std::unique_ptr<Catalogue>> open(storage::Database& database, journal::Journal& journal,
                                                         base::Clock const& clock);

    /// Each CVE once, `added` on a day each. `invalid` where the list is empty, too long, or shrank below nine tenths,
    /// `conflict` where it was released before the known one (where that is not told: its newest entry is older): then
    /// it stays what it was. `unavailable` where the database does not answer.
    base::Result<Told> tell(std::vector<Exploited> const& list, std::optional<base::Instant> released = {});
    /// Likewise; `conflict` where the stored scores are of a later day.
    base::Result<Told> tell(std::vector<Score> const& list, ScoreDay const& day);

    /// Never null; never changes.
    [[nodiscard]] std::shared_ptr<ExploitedList const> exploited() const;
    /// Of those among `cves` that have one, in no order; at most 10,000 are asked for.
    [[nodiscard]] base::Result<std::map<std::string, Score, std::less<>>> scores(
        std::vector<std::string> const& cves) const;

private:
    Catalogue(storage::Database& database, journal::Journal& journal, base::Clock const& clock)
        : database_(database), journal_(journal), clock_(clock) {}
    base::Result<void> load();
    base::Result<void> forget_other_scores(std::int64_t generation);

    storage::Database& database_;
    journal::Journal& journal_;
    base::Clock const& clock_;
    std::mutex telling_{};
    mutable std::mutex mutex_{};  ///< Of `exploited_`.
    std::shared_ptr<ExploitedList const> exploited_ = std::make_shared<ExploitedList const>();
};

}  // namespace kula::vulnerabilities
