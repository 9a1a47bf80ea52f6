#pragma once
/// @file
/// Sends what is in the outbox for webhooks: marks one as being sent, asks the gate again, signs it, hands it to the
/// organisation's machine, writes down what became of it. No transaction is open while a machine is asked.
///
/// Signed by Standard Webhooks 1.0: `webhook-id` (the message's, the same at every attempt), `webhook-timestamp`,
/// `webhook-signature`. Taken is what is answered with 2xx. 410 switches the webhook off. Whatever else is answered, or
/// nothing, is tried again until the message's time is over. A program that ends between the answer and the second
/// transaction sends once more, and counts it.
///
/// Several threads send, each to another server, to the webhook that had its turn longest ago. One that answered badly
/// rests, longer each time; so does a server that could not be reached. At most half of the threads are with those
/// whose last answer was bad: however slow they are, they hold up no other.

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
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
    std::size_t most_a_minute = 60;            ///< Requests to one server.
    std::size_t threads = 4;
};

class Bell;
class Turns;
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
    /// Sends one that is due, where it may be sent to now. False where none was. Any thread.
    base::Result<bool> send_one(std::stop_token const& stop);

private:
    void run(std::stop_token const& stop);
    [[nodiscard]] base::Result<std::optional<Outbox::Due>> taken();
    [[nodiscard]] base::Result<Settlement> carry(Outbox::Due const& due, std::stop_token const& stop);
    [[nodiscard]] Settlement settled(Outbox::Due const& due, WebAnswer const& told);
    [[nodiscard]] Pauses pauses() const;

    Outbox& outbox_;
    Webhooks const& webhooks_;
    release::Gate const& gate_;
    WebTransport const transport_;
    base::Clock const& clock_;
    CourierOptions const options_;
    std::shared_ptr<Turns> turns_;
    std::mutex taking_{};        ///< From the choice until what was chosen has its turn.
    base::Instant tidied_at_{};  ///< Former secrets were.
    std::function<void(std::string const& sentence)> fault_{};
    std::shared_ptr<Bell> bell_;
    std::vector<std::jthread> threads_{};
};

}  // namespace kula::notify
