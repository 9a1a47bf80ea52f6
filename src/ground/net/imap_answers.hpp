#pragma once
// What a mail server says over IMAP, put together from its bytes as they come, and read. Pure.
//
// A line may hold literals: so many bytes that are told beforehand and may be anything, lines that look like answers
// too (RFC 3501 §4.3). They are never looked at for answers. Source: RFC 3501 §2.2, §4, §7, §9.

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kula::net {

struct ImapAnswer {
    std::string text;                     ///< Without its line end; a literal stands in it as `{5}`.
    std::vector<std::string> literals{};  ///< In their order.
};

class ImapAnswers {
public:
    static constexpr std::size_t longest = 4u << 20;  ///< Bytes of one answer, but for a body's.
    static constexpr std::size_t most_waiting = 10'000;

    /// A body's literal (`BODY[] {5}`), at most so long, goes there instead of into the answer, whose literal is empty.
    struct Body {
        std::function<base::Result<void>(std::string_view)> sink;
        std::uint64_t most_bytes = 0;
    };
    /// Until it is told otherwise; without one a body is a literal like others.
    void take_body(Body body) { body_ = std::move(body); }

    /// `unavailable` where the server says more than it may; what the sink says.
    base::Result<void> add(std::string_view bytes);
    /// The next one that is whole.
    std::optional<ImapAnswer> next();

private:
    base::Result<void> end_line();

    ImapAnswer coming_{};
    std::size_t held_ = 0;            ///< Bytes of literals in `coming_`.
    std::uint64_t literal_left_ = 0;  ///< Of the literal that is being read.
    bool is_body_ = false;            ///< It goes to the sink.
    std::size_t line_begin_ = 0;      ///< In `coming_.text`: behind the last literal.
    std::deque<ImapAnswer> whole_{};
    Body body_{};
};

/// `K7 OK done`: whether it is the end of the command `K7`, and how that went.
enum class ImapEnd : std::uint8_t { none, ok, no, bad };
ImapEnd end_of(ImapAnswer const& answer, std::string_view tag);

/// `* OK [UIDVALIDITY 38]`, by its word.
std::optional<std::uint32_t> number_told(ImapAnswer const& answer, std::string_view word);
/// `* 172 EXISTS`
std::optional<std::uint32_t> mails_told(ImapAnswer const& answer);
/// `* SEARCH 2 84`, added to `numbers`; false for another answer.
bool read_search(ImapAnswer const& answer, std::vector<std::uint32_t>& numbers);

/// `* 12 FETCH (UID 17 RFC822.SIZE 44 BODY[] {44}…)`: what of it was told.
struct ImapFetched {
    std::optional<std::uint32_t> uid{};
    std::optional<std::uint64_t> bytes{};
    std::optional<std::string> structure{};
    bool is_seen = false;
    std::optional<std::string> body{};  ///< Empty where it went to a sink.
};
/// Nothing for another answer, and for one that breaks the grammar.
std::optional<ImapFetched> read_fetch(ImapAnswer const& answer);

/// In quotes, as a command may hold it (RFC 3501 §9, `quoted`). Of a text without control characters.
std::string imap_quoted(std::string_view text);
/// A folder's name in modified UTF-7 (RFC 3501 §5.1.3). Of UTF-8; what is none becomes U+FFFD.
std::string imap_folder_name(std::string_view name);

}  // namespace kula::net
