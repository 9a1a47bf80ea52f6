#pragma once
/// @file
/// Reads a folder of one mailbox on a mail server (IMAP4rev1, RFC 3501): which mails came, their bytes, and that they
/// were taken. Nothing here deletes a mail, and reading one does not mark it.
///
/// The password never travels without TLS off this machine: STARTTLS (RFC 3501 §6.2.1), or TLS from the first byte on
/// (RFC 8314). The certificate and its name are verified. libcurl connects and signs in; what is said then is ours,
/// because its own way to fetch a mail marks it as read.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/result.hpp"

namespace kula::net {

struct ImapOptions {
    std::string server;  ///< `imaps://mail.example.org` (993 unless told) or `imap://mail.example.org:143`.
    std::string user{};
    std::string password{};
    std::filesystem::path authorities{};  ///< PEM; whose certificates are believed, instead of the system's.
    /// Asked of every address before it is connected to; none: any.
    std::function<bool(base::Address)> may_reach{};
    std::chrono::seconds connecting{30};  ///< Until it has let us in.
    std::chrono::seconds silence{60};     ///< Without a byte from it, 1 s or more.
    std::chrono::seconds longest{3600};   ///< From connecting on; then every call fails.
    std::stop_token stop{};               ///< Ends what is under way, within about a second.
};

/// What a folder is just now.
struct ImapFolder {
    std::uint32_t uid_validity = 0;  ///< UIDs of another one say nothing of these mails (RFC 3501 §2.3.1.1).
    std::uint32_t mails = 0;
};

/// Mails by their UID, lowest first: a mail that comes later has a higher one.
struct ImapFound {
    std::vector<std::uint32_t> uids{};
    bool are_more = false;  ///< Than were asked for.
};

/// What a mail is, before it is read.
struct ImapOutline {
    std::uint64_t bytes = 0;
    std::string structure{};  ///< Its parts, as the server writes them (BODYSTRUCTURE).
    bool is_seen = false;     ///< Somebody read it.
};

/// A folder's address (RFC 5092 §3), as an operator writes it.
struct ImapAddress {
    std::string server;  ///< As `ImapOptions::server`.
    std::string user;
    std::string folder;  ///< `INBOX` unless told.
};
/// `imaps://team@mail.example.org/INBOX`; what is special in a name is percent-encoded, an `@` in the user's may stand
/// as it is. `invalid` for anything else, and where a password stands in it.
base::Result<ImapAddress> parse_imap_address(std::string const& text);

/// One thread at a time. The process ignores SIGPIPE. After `unavailable` the connection is good for nothing.
class ImapClient {
public:
    /// Connects and signs in. `invalid`: the address is none of a mail server. `refused`: it does not let this name in
    /// with this password, or its address may not be reached. `unavailable`: anything else; the sentence says what.
    static base::Result<std::unique_ptr<ImapClient>> connect(ImapOptions options);
    /// Whether `connect` takes it for an address; asks nobody.
    static base::Result<void> check_server(std::string const& server);
    ~ImapClient();
    ImapClient(ImapClient const&) = delete;
    ImapClient& operator=(ImapClient const&) = delete;

    // All that follow fail with `refused` where the server says no, in its words, and with `unavailable`.

    /// Before anything else is asked. The name is UTF-8, without control characters; levels as the server parts them.
    base::Result<ImapFolder> select(std::string_view folder);
    /// Those above `uid`, at most so many; where `from` has entries, those whose sender's line holds one of them
    /// (ASCII, without control characters; in any case). A folder of more than some 500,000 mails is `unavailable`.
    base::Result<ImapFound> above(std::uint32_t uid, std::vector<std::string> const& from, std::size_t most);
    /// Nothing where the mail is gone.
    base::Result<std::optional<ImapOutline>> outline(std::uint32_t uid);
    using Sink = std::function<base::Result<void>(std::string_view)>;
    /// The mail into `sink`, as it came; false where it is gone. `unavailable` where it is longer than `most_bytes`,
    /// and what `sink` says: both end the connection.
    base::Result<bool> fetch(std::uint32_t uid, std::uint64_t most_bytes, Sink const& sink);
    /// As read by somebody.
    base::Result<void> mark_seen(std::uint32_t uid);
    /// Into another folder, which is there (RFC 6851).
    base::Result<void> move(std::uint32_t uid, std::string_view folder);

private:
    struct State;
    explicit ImapClient(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kula::net
