#pragma once
/// @file
/// Receipts: that what somebody asked under a key of theirs was carried out, and what it was answered. So that the same
/// request, sent again because its answer was lost, is not carried out twice.
///
/// A receipt is written in the transaction of the change itself (`storage::Rider`), its answer right after. Between the
/// two the program may end: then there is a receipt without an answer, and still nothing happens twice.
///
/// Answers may hold secrets that are told once. They are sealed with a key that is made of the server's secret and of
/// the caller's key, which is stored nowhere: neither the database nor the database and the server's keys open them.
/// All members are safe from any thread.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "storage/database.hpp"

namespace kula::journal {

/// How long a receipt counts, and its answer at most.
constexpr std::chrono::hours receipt_life{24};
/// Of one caller within that time.
constexpr std::int64_t most_receipts = 10'000;
/// Bytes of one answer; a longer one is not kept.
constexpr std::size_t longest_answer = 256 * 1024;
/// Bytes of the answers of one caller, sealed; beyond it the oldest go, their receipts stay.
constexpr std::int64_t most_answer_bytes = 16 * 1024 * 1024;

/// Whose request it is: told by its sender.
struct RequestKey {
    std::string caller;   ///< `user:<id>`, `token:<id>`.
    std::string key;      ///< 1 to 255 bytes.
    std::string request;  ///< What is asked, whole; only its digest is kept.
};

struct Receipt {
    bool is_of_this_request = false;  ///< Otherwise the key was used for another one.
    std::optional<std::string> answer{};
};

class Receipts {
public:
    /// After `Journal::open`, which brings the tables. `secret` is the server's; the database and the clock outlive the
    /// receipts.
    Receipts(storage::Database& database, base::Clock const& clock, std::string secret)
        : database_(&database), clock_(&clock), secret_(std::move(secret)) {}

    [[nodiscard]] base::Result<std::optional<Receipt>> find(RequestKey const& key) const;
    /// `refused` where this caller has `most_receipts` already.
    [[nodiscard]] base::Result<void> admit(std::string const& caller) const;
    /// In the unit of the change. `conflict` where there is one already.
    base::Result<void> write(storage::Session& session, RequestKey const& key) const;
    /// The answer to hand out again for so long; writes the receipt, too, where no change did.
    base::Result<void> keep(RequestKey const& key, std::string_view answer, std::chrono::seconds life);
    /// Nothing came of it after all.
    base::Result<void> drop(RequestKey const& key);
    /// Removes what is over. To be called now and then, so that sealed secrets go in time.
    base::Result<void> tidy();

private:
    storage::Database* database_;
    base::Clock const* clock_;
    std::string secret_;
};

}  // namespace kula::journal
