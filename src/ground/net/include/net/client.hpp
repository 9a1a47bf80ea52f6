#pragma once
/// @file
/// The other end of HTTP: asks one server and takes its answers.
///
/// Source: RFC 9110, RFC 6750 (the token). Certificates and names are verified, always. A redirect is an answer like
/// any other: nothing is sent anywhere else than to the server that was named, the token least of all. Nothing is read
/// from
/// `.netrc`; a proxy of the environment is used for https alone, through which it sees nothing. libcurl does the work
/// (decision 0014).

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "net/http.hpp"

namespace kula::net {

/// Whether anything may travel where others can read it.
enum class InTheClear : std::uint8_t {
    on_loopback,  ///< `http` only to `localhost`, 127.0.0.0/8 and ::1.
    anywhere,
};

struct ClientOptions {
    std::string server;          ///< `https://kula.example.org`, with a port and a path before all others if need be.
    std::string bearer_token{};  ///< Sent with every request; empty: none.
    std::filesystem::path authorities{};  ///< PEM; whose certificates are believed, instead of the system's.
    InTheClear in_the_clear = InTheClear::on_loopback;
    std::chrono::seconds connecting{10};             ///< Until a connection with TLS stands.
    std::chrono::seconds silence{60};                ///< The longest time without any byte, 1 s or more.
    std::size_t largest_answer = 64u * 1024 * 1024;  ///< Bytes of a body that is kept in memory.
    std::chrono::seconds longest{0};                 ///< One request with its answer; 0: as long as bytes come.
    /// Asked of every address before it is connected to, a proxy's too; none: any.
    std::function<bool(base::Address)> may_reach{};
    std::stop_token stop{};  ///< Ends what is under way, within about a second.
};

struct ClientRequest {
    Method method = Method::get;
    std::string target = "/";  ///< Path and query, percent-encoded.
    Headers headers{};         ///< Besides what the client sends by itself. `Content-Type` belongs to a body.
    std::string body{};        ///< Sent with `post`, `put` and `patch`.
};

struct ClientAnswer {
    unsigned status = 0;
    Headers headers{};
    std::string body{};
    [[nodiscard]] bool is_good() const { return status >= 200 && status < 300; }
};

/// One thread at a time. Connections are kept and used again. The process ignores SIGPIPE: TLS writes to connections
/// that may have ended.
class Client {
public:
    /// Bytes of a body as they come; `false` ends the transfer.
    using Sink = std::function<bool(std::string_view)>;

    /// Asks nobody yet. `invalid`: the server's address is none, or is in the clear where it may not be, or the token
    /// is none that a header can carry.
    static base::Result<std::unique_ptr<Client>> open(ClientOptions options);
    ~Client();
    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;

    /// Whatever the server answers, once it has answered. `unavailable`: it could not be reached or was silent, its
    /// certificate is not to be believed, the answer is larger than it may be, or it was stopped; the sentence says
    /// which. `refused`: only addresses that may not be reached.
    base::Result<ClientAnswer> ask(ClientRequest const& request);
    /// As before, the body of a good answer (2xx) going into `sink`, however long it is.
    base::Result<ClientAnswer> ask(ClientRequest const& request, Sink const& sink);
    /// Whether the last request, or some of it, was sent: the server may have taken it, though no answer came.
    [[nodiscard]] bool may_have_arrived() const;

private:
    struct State;
    explicit Client(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// A name or value as a query or path may hold it: everything but letters, digits and `-._~` is percent-encoded
/// (RFC 3986 §2.3).
std::string percent_encoded(std::string_view text);

/// What `Retry-After` says (RFC 9110 §10.2.3): seconds, a year at most, or a date as HTTP writes it; nothing of
/// anything else.
std::optional<base::Instant> retry_after(std::string_view value, base::Instant now);

/// Of an answer that is not good, for people, in one line: `the server answered 404`; of a redirect also where to,
/// without what a query may hold.
std::string sentence_of(ClientAnswer const& answer);

}  // namespace kula::net
