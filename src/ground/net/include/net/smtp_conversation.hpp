#pragma once
/// @file
/// The server's side of one SMTP connection (RFC 5321), as bytes in and answers out: whoever holds the socket carries
/// both. Takes plain mail only: no TLS, nobody signs in.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kula::net {

/// What was handed over: an envelope and a text whose lines end in CR LF, without its dots of transparency (§4.5.2).
struct TakenMail {
    std::string from;             ///< Empty for a delivery report (§4.5.5).
    std::vector<std::string> to;  ///< 1 to 100.
    std::string text;
};

/// One thread at a time.
class SmtpConversation {
public:
    struct Options {
        std::string name;                             ///< Ours, in the greeting.
        std::size_t longest_mail = 32 * 1024 * 1024;  ///< Bytes; longer is refused (552) and the next is listened to.
        /// Whether there is such a mailbox; else 550.
        std::function<bool(std::string_view address)> knows;
        /// False where it cannot be kept: the client is asked to come again (451). Answered 250 only afterwards.
        std::function<bool(TakenMail const& mail)> keep;
    };
    explicit SmtpConversation(Options options) : options_(std::move(options)) {}

    /// With what the server begins.
    [[nodiscard]] std::string greeting() const;
    /// Answers to what is whole by now, in its order (RFC 2920); a line ends in CR LF and nothing else, so that no mail
    /// hides in another. Keeps what is not whole: at most a mail and a line.
    std::string take(std::string_view bytes);
    /// Nothing more is heard: it was said goodbye, or the line was too long.
    [[nodiscard]] bool is_over() const { return step_ == Step::over; }

private:
    enum class Step : std::uint8_t { commands, text, over };
    std::string answer(std::string_view line);
    std::string from(std::string_view argument);
    std::string to(std::string_view argument);
    std::string text_line(std::string_view line);
    std::string finish();
    void reset();

    Options options_;
    Step step_ = Step::commands;
    std::string waiting_{};  ///< Not a whole line yet.
    TakenMail mail_{};
    bool is_greeted_ = false, has_sender_ = false, is_too_long_ = false;
};

}  // namespace kula::net
