#pragma once
/// @file
/// Asking a server, with its wish to be asked later granted within bounds.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/client.hpp"

namespace kula::client {

/// How often and how long an answer of 429 or 503 is waited for (RFC 9110 §10.2.3).
struct Patience {
    unsigned attempts = 5;
    std::chrono::seconds longest{60};  ///< For one `Retry-After`; beyond it the refusal is told at once.
    std::chrono::seconds whole{120};
};

class Asking {
public:
    /// `tell` gets a line for every request where something is to be told of them; empty: nothing is.
    Asking(std::unique_ptr<net::Client> client, std::function<void(std::chrono::seconds)> pause,
           std::function<void(std::string_view)> tell, Patience patience = {});

    /// The answer, the last one where several attempts were made. A request is repeated after 429, which did nothing,
    /// and after 503 where repeating cannot do it twice: `GET`, `PUT`, `DELETE`, or with an `Idempotency-Key`.
    base::Result<net::ClientAnswer> ask(net::ClientRequest const& request, net::Client::Sink const& sink = {});

private:
    std::unique_ptr<net::Client> client_;
    std::function<void(std::chrono::seconds)> pause_;
    std::function<void(std::string_view)> tell_;
    Patience patience_;
};

}  // namespace kula::client
