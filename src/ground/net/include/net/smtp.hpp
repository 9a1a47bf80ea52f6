#pragma once
/// @file
/// Hands mail to one mail server (submission, RFC 6409; SMTP, RFC 5321): one recipient a mail, so that there is one
/// answer to each.
///
/// Off this machine TLS is needed unless it was agreed otherwise: STARTTLS (RFC 3207), or from the first byte on
/// (RFC 8314). The certificate and its name are verified. libcurl does the work (decision 0014).

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/client.hpp"

namespace kula::net {

struct SmtpOptions {
    std::string server;      ///< `smtp://mail.example.org:587` (25 unless told) or `smtps://…` (465 unless told).
    std::string hello_as{};  ///< Our name in EHLO; empty: the machine's.
    std::string user{};      ///< Empty: nobody signs in.
    std::string password{};
    std::filesystem::path authorities{};  ///< PEM; whose certificates are believed, instead of the system's.
    /// Where `smtp://` may go without TLS; on loopback it always does.
    InTheClear in_the_clear = InTheClear::on_loopback;
    std::chrono::seconds connecting{30};
    std::chrono::seconds longest{300};  ///< One mail from connecting to the last answer, 1 s or more.
};

enum class SmtpOutcome : std::uint8_t {
    accepted,   ///< The server has taken the responsibility (RFC 5321 §6.1).
    deferred,   ///< It may take this mail later (4yz).
    rejected,   ///< It will never take this mail (5yz to the sender, the recipient or the text).
    no_answer,  ///< It did not come to an answer about this mail: unreachable, no TLS, not let in.
};

struct SmtpAnswer {
    SmtpOutcome outcome = SmtpOutcome::no_answer;
    unsigned code = 0;   ///< Of the last answer; 0 where there was none.
    std::string text{};  ///< The last answer, or what went wrong; one line of at most 500 bytes.
    /// The text was sent and the answer lost: the server may have taken it (RFC 5321 §4.5.3.2.6, RFC 1047).
    bool may_be_accepted = false;
};

/// One thread at a time. The connection is kept and used again. The process ignores SIGPIPE.
class SmtpClient {
public:
    /// Asks nobody yet. `invalid`: the address is none of a mail server, or there is a password without TLS.
    static base::Result<std::unique_ptr<SmtpClient>> open(SmtpOptions options);
    ~SmtpClient();
    SmtpClient(SmtpClient const&) = delete;
    SmtpClient& operator=(SmtpClient const&) = delete;

    /// `mail` is the whole mail, lines ending in CR LF. Both addresses are without brackets and have no line breaks.
    /// A stop ends what is under way: `no_answer`.
    SmtpAnswer send(std::string_view from, std::string_view to, std::string_view mail, std::stop_token const& stop);

private:
    struct State;
    explicit SmtpClient(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kula::net
