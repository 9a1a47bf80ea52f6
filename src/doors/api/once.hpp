#pragma once
/// @file
/// `Idempotency-Key`: a request that was carried out and is sent again is answered as before, and not carried out
/// twice. One way for every operation whose contract takes the header.
///
/// Source: draft-ietf-httpapi-idempotency-key-header-07, and docs/decisions/0013: an answer is remembered where
/// something was carried out, for this caller, for 24 hours. Safe from any thread.

#include <mutex>
#include <set>
#include <string>

#include "contract.hpp"
#include "gate.hpp"
#include "journal/receipts.hpp"

namespace kula::api {

class Once {
public:
    explicit Once(journal::Receipts receipts) : receipts_(std::move(receipts)) {}

    /// The handler's answer to a request with a key, or the one that was given before, with `Idempotency-Replayed`. 422
    /// for a key that is none or was used for another request, 409 while the first one is under way or when its answer
    /// is no longer kept, 429 for a caller who has too many. A request without a key goes to the handler.
    [[nodiscard]] net::Response answer(net::Request const& request, Caller const& caller, OperationRule const& rule,
                                       GuardedHandler const& handler);
    /// Removes what is over.
    base::Result<void> tidy() { return receipts_.tidy(); }

private:
    [[nodiscard]] net::Response answer_first(net::Request const& request, Caller const& caller,
                                             journal::RequestKey const& key, OperationRule const& rule,
                                             GuardedHandler const& handler);

    journal::Receipts receipts_;
    std::mutex mutex_;
    std::set<std::string> under_way_{};  ///< As many as there are threads, at most.
};

}  // namespace kula::api
