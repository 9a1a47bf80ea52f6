#pragma once
/// @file
/// Sends what is in the outbox for webhooks: marks one as being sent, asks the gate again, signs it, hands it to the
/// organisation's machine, writes down what became of it. No transaction is open while a machine is asked.
///
/// Signed by Standard Webhooks 1.0: `webhook-id` (the message's, the same at every attempt), `webhook-timestamp`,
/// `webhook-signature`. Taken is what is answered with 2xx. 410 switches the webhook off. Whatever else is answered, or
/// nothing, is tried again until the message's time is over. A program that ends between the answer and the second
/// transaction sends once more, and counts it. Several threads send, each to another server: one that is slow holds up
/// no other.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/address.hpp"
#include "base/clock.hpp"
#include "net/client.hpp"
#include "notify/outbox.hpp"
#include "notify/webhooks.hpp"

namespace kula::notify {

/// What came of one request.
struct WebAnswer {
    base::Result<net::ClientAnswer> answer;
    bool may_have_arrived = true;  ///< Though no answer came.
};

/// Asks one server, named by scheme, name and port.
using WebTransport =
    std::function<WebAnswer(std::string const& server, net::ClientRequest const& request, std::stop_token const& stop)>;

/// Only public addresses, and those in `besides`, which are the operator's to name. 15 seconds an attempt; redirects
/// are not followed.
WebTransport over_the_web(std::vector<base::Prefix> besides);

struct CourierOptions {
    std::chrono::seconds first_pause{60};      ///< Until the second attempt; each next one waits twice as long,
    std::chrono::seconds longest_pause{3600};  ///< but no longer than that, unless the server asks for it.
    std::chrono::seconds look{5};              ///< Between two looks for what is due, where nothing is entered.
    std::size_t threads = 4;
};

class Bell;
struct Pauses;

class Courier {
public:
    /// All outlive it. Nothing is sent before `start`.
    Courier(Outbox& outbox, Webhooks const& webhooks, release::Gate const& gate, WebTransport transport,
            base::Clock const& clock, CourierOptions options = {});
    /// Ends what is under way.
    ~Courier();
    Courier(Courier const&) = delete;
    Courier& operator=(Courier const&) = delete;

    /// `fault` is told, in the senders' threads, when the database fails. Once.
    void start(std::function<void(std::string const& sentence)> fault);
    /// Sends one that is due, to a server that nobody else sends to just now. False where none was. Any thread.
    base::Result<bool> send_one(std::stop_token const& stop);

private:
    void run(std::stop_token const& stop);
    [[nodiscard]] base::Result<std::optional<Outbox::Due>> taken();
    [[nodiscard]] base::Result<Settlement> carry(Outbox::Due const& due, std::stop_token const& stop);
    [[nodiscard]] Settlement settled(Message const& message, WebAnswer const& told);
    [[nodiscard]] Pauses pauses() const;
    void let_rest(Message const& message, base::Instant until);
    void done_with(Message const& message);

    Outbox& outbox_;
    Webhooks const& webhooks_;
    release::Gate const& gate_;
    WebTransport const transport_;
    base::Clock const& clock_;
    CourierOptions const options_;
    std::mutex mutex_{};                              ///< Of the next two.
    std::set<std::string> busy_{};                    ///< Servers that somebody sends to.
    std::map<std::string, base::Instant> resting_{};  ///< Servers that did not answer, or asked to be left alone.
    std::function<void(std::string const& sentence)> fault_{};
    std::shared_ptr<Bell> bell_;
    std::vector<std::jthread> threads_{};
};

}  // namespace kula::notify
