#pragma once
/// @file
/// Sends what is in the outbox, mail by mail: marks one as being sent, asks the gate again, puts it together, hands it
/// to the mail server, writes down what became of it. Two transactions a mail, none open while a server is asked.
///
/// A program that ends between the server's `250` and the second transaction sends that mail once more, with the same
/// `Message-ID`, and counts it: SMTP leaves no other way not to lose one (RFC 5321 §6.1, RFC 1047).

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "net/smtp.hpp"
#include "notify/composer.hpp"
#include "notify/outbox.hpp"

namespace kula::notify {

/// Hands one mail to a mail server.
using Transport = std::function<net::SmtpAnswer(std::string const& from, std::string const& to, std::string const& mail,
                                                std::stop_token const& stop)>;

struct PostmanOptions {
    std::size_t most_a_minute = 60;            ///< Mails to one domain.
    std::chrono::seconds first_pause{60};      ///< Until the second attempt; each next one waits twice as long,
    std::chrono::seconds longest_pause{3600};  ///< but no longer than that.
    std::chrono::seconds look{5};              ///< Between two looks for what is due, where nothing is entered.
};

class Bell;
class Turns;
struct Pauses;

class Postman {
public:
    /// All outlive it. Nothing is sent before `start`.
    Postman(Outbox& outbox, release::Gate const& gate, Composer const& composer, Transport transport,
            base::Clock const& clock, PostmanOptions options = {});
    /// Ends what is under way.
    ~Postman();
    Postman(Postman const&) = delete;
    Postman& operator=(Postman const&) = delete;

    /// `fault` is told, in the sender's thread, when the database or the mail server fails. Once.
    void start(std::function<void(std::string const& sentence)> fault);
    /// Sends one that is due. False where none was, or the mail server did not come to an answer. One thread.
    base::Result<bool> send_one(std::stop_token const& stop);

private:
    void run(std::stop_token const& stop);
    [[nodiscard]] base::Result<Settlement> carry(Outbox::Due const& due, std::stop_token const& stop);
    [[nodiscard]] Pauses pauses() const;
    [[nodiscard]] Settlement settled(Outbox::Due const& due, net::SmtpAnswer const& answer) const;

    Outbox& outbox_;
    release::Gate const& gate_;
    Composer const& composer_;
    Transport const transport_;
    base::Clock const& clock_;
    PostmanOptions const options_;
    std::unique_ptr<Turns> turns_;
    std::function<void(std::string const& sentence)> fault_{};
    std::shared_ptr<Bell> bell_;
    std::jthread thread_;
};

}  // namespace kula::notify
