#include "net/client.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <ctime>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "curl_easy.hpp"

namespace kula::net {
namespace {

bool is_visible(std::string_view token) {
    return std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

/// The server's address without a `/` at its end, or why it is none.
base::Result<std::string> checked_server(ClientOptions const& options) {
    Url const url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, options.server.c_str(), 0) != CURLUE_OK)
        return base::invalid(
            fmt::format("`{}` is no address of a server, such as https://kula.example.org", options.server));
    auto const scheme = part(url.get(), CURLUPART_SCHEME);
    if (scheme != "https" && scheme != "http")
        return base::invalid(fmt::format("`{}`: only https and http are spoken", options.server));
    if (!part(url.get(), CURLUPART_USER).empty() || !part(url.get(), CURLUPART_PASSWORD).empty() ||
        !part(url.get(), CURLUPART_QUERY).empty() || !part(url.get(), CURLUPART_FRAGMENT).empty())
        return base::invalid("the server's address has a name, a query or a fragment in it, which it may not have");
    auto const host = part(url.get(), CURLUPART_HOST);
    if (scheme == "http" && options.in_the_clear == InTheClear::on_loopback && !is_loopback(host))
        return base::invalid(
            fmt::format("`{}` is not this machine: without TLS the token could be read on the way; use https", host));
    auto text = options.server;
    while (text.ends_with('/')) text.pop_back();
    return text;
}

/// What one answer is put together from, while it comes.
struct Coming {
    CURL* easy;
    ClientAnswer answer{};
    Client::Sink const* sink = nullptr;
    std::size_t largest = 0;
    bool is_too_large = false;
    bool was_ended = false;  ///< By the sink.
};

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* coming_here) {
    auto& coming = *static_cast<Coming*>(coming_here);
    std::string_view line(bytes, count);
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("HTTP/")) {
        coming.answer.headers = {};  // What came before was an interim answer (1xx).
        return count;
    }
    auto const colon = line.find(':');
    if (colon == std::string_view::npos) return count;
    auto value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    auto clean = base::one_line(value);
    auto const name = line.substr(0, colon);
    bool const is_token = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    if (is_token) coming.answer.headers.add(std::string(name), std::move(clean));
    return count;
}

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* coming_here) {
    auto& coming = *static_cast<Coming*>(coming_here);
    long status = 0;
    curl_easy_getinfo(coming.easy, CURLINFO_RESPONSE_CODE, &status);
    if (coming.sink && status >= 200 && status < 300) {
        coming.was_ended = !(*coming.sink)({bytes, count});
        return coming.was_ended ? 0 : count;
    }
    coming.is_too_large = coming.answer.body.size() + count > coming.largest;
    if (coming.is_too_large) return 0;
    coming.answer.body.append(bytes, count);
    return count;
}

/// What a connection leads to; nothing of anything but IPv4 and IPv6.
std::optional<base::Address> address_of(curl_sockaddr const& peer) {
    // `addr` is shorter than what stands there: libcurl keeps the whole address from its beginning on.
    auto const* const begin = reinterpret_cast<std::byte const*>(&peer) + offsetof(curl_sockaddr, addr);
    if (peer.family == AF_INET) return base::Address::v4_bytes(begin + offsetof(sockaddr_in, sin_addr));
    if (peer.family == AF_INET6) return base::Address::v6_bytes(begin + offsetof(sockaddr_in6, sin6_addr));
    return std::nullopt;
}

int is_to_end(void* stop_here, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<std::stop_token const*>(stop_here)->stop_requested() ? 1 : 0;
}

List header_lines(ClientRequest const& request) {
    List lines;
    auto const add = [&](std::string const& line) {
        auto* const longer = curl_slist_append(lines.get(), line.c_str());
        base::must(longer != nullptr, "there is memory for a header");
        static_cast<void>(lines.release());
        lines.reset(longer);
    };
    for (auto const& [name, value] : request.headers) add(std::string(name).append(": ").append(value));
    add("Expect:");
    return lines;
}

}  // namespace

bool is_loopback(std::string host) {
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host == "localhost") return true;
    auto const address = base::Address::parse(host);
    static auto const v4 = *base::Prefix::parse("127.0.0.0/8");
    return address && (v4.contains(*address) || host == "::1");
}

curl_socket_t open_allowed_socket(void* peers_here, curlsocktype, curl_sockaddr* peer) {
    auto& peers = *static_cast<AllowedPeers*>(peers_here);
    auto const address = address_of(*peer);
    if (!address || !peers.may_reach(*address)) {
        peers.was_refused = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(peer->family, peer->socktype | SOCK_CLOEXEC, peer->protocol);
}

struct Client::State {
    ClientOptions options;
    Easy easy;
    std::string fault = std::string(CURL_ERROR_SIZE, '\0');

    /// Everything that one request must not inherit from the one before. Connections stay.
    void prepare(ClientRequest const& request, curl_slist* lines, Coming& coming);
    void bound(AllowedPeers& peers);
    [[nodiscard]] base::Error why(CURLcode code) const;
};

void Client::State::prepare(ClientRequest const& request, curl_slist* lines, Coming& coming) {
    curl_easy_reset(easy.get());
    set(easy, CURLOPT_NOSIGNAL, 1L);
    set(easy, CURLOPT_ERRORBUFFER, fault.data());
    set(easy, CURLOPT_URL, (options.server + request.target).c_str());
    set(easy, CURLOPT_PATH_AS_IS, 1L);
    set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    set(easy, CURLOPT_FOLLOWLOCATION, 0L);
    set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    if (options.server.starts_with("http:")) set(easy, CURLOPT_PROXY, "");
    verify_peer(easy, options.authorities);
    set(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(options.connecting.count()));
    set(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.silence.count()));
    set(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
    set(easy, CURLOPT_USERAGENT, "kula");
    if (!options.bearer_token.empty()) {
        set(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
        set(easy, CURLOPT_XOAUTH2_BEARER, options.bearer_token.c_str());
    }
    set(easy, CURLOPT_HTTPHEADER, lines);
    set(easy, CURLOPT_HEADERFUNCTION, &take_header);
    set(easy, CURLOPT_HEADERDATA, static_cast<void*>(&coming));
    set(easy, CURLOPT_WRITEFUNCTION, &take_body);
    set(easy, CURLOPT_WRITEDATA, static_cast<void*>(&coming));
    if (request.method == Method::post || request.method == Method::put || request.method == Method::patch) {
        set(easy, CURLOPT_POST, 1L);
        set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set(easy, CURLOPT_POSTFIELDS, request.body.data());
    }
    if (request.method == Method::head) {
        set(easy, CURLOPT_NOBODY, 1L);
    } else {
        set(easy, CURLOPT_CUSTOMREQUEST, std::string(to_text(request.method)).c_str());
    }
}

/// How long, how far, and until when.
void Client::State::bound(AllowedPeers& peers) {
    if (options.longest.count() > 0) set(easy, CURLOPT_TIMEOUT, static_cast<long>(options.longest.count()));
    if (options.may_reach) {
        set(easy, CURLOPT_OPENSOCKETFUNCTION, &open_allowed_socket);
        set(easy, CURLOPT_OPENSOCKETDATA, static_cast<void*>(&peers));
    }
    if (options.stop.stop_possible()) {
        set(easy, CURLOPT_NOPROGRESS, 0L);
        set(easy, CURLOPT_XFERINFOFUNCTION, &is_to_end);
        set(easy, CURLOPT_XFERINFODATA, static_cast<void*>(&options.stop));
    }
}

base::Error Client::State::why(CURLcode code) const {
    std::string_view const told(fault.c_str());
    std::string const reason(told.empty() ? curl_easy_strerror(code) : told);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return base::unavailable(fmt::format("`{}` does not answer: {}", options.server, reason));
    if (code == CURLE_PEER_FAILED_VERIFICATION)
        return base::unavailable(
            fmt::format("the certificate of `{}` is not to be believed: {}", options.server, reason));
    return base::unavailable(fmt::format("`{}` cannot be reached: {}", options.server, reason));
}

Client::Client(std::unique_ptr<State> state) : state_(std::move(state)) {}
Client::~Client() = default;

base::Result<std::unique_ptr<Client>> Client::open(ClientOptions options) {
    start_libcurl();
    auto server = checked_server(options);
    if (!server) return server.error();
    options.server = std::move(*server);
    if (!is_visible(options.bearer_token)) return base::invalid("the token holds what no token holds");
    base::must(options.silence.count() >= 1, "a client waits for some time");
    auto state = std::make_unique<State>();
    state->options = std::move(options);
    state->easy.reset(curl_easy_init());
    base::must(state->easy != nullptr, "there is memory for a client");
    return std::unique_ptr<Client>(new Client(std::move(state)));
}

base::Result<ClientAnswer> Client::ask(ClientRequest const& request) { return ask(request, {}); }

base::Result<ClientAnswer> Client::ask(ClientRequest const& request, Sink const& sink) {
    Coming coming{state_->easy.get(), {}, sink ? &sink : nullptr, state_->options.largest_answer};
    auto const lines = header_lines(request);
    state_->prepare(request, lines.get(), coming);
    AllowedPeers peers{state_->options.may_reach};
    state_->bound(peers);
    state_->fault.front() = '\0';
    auto const code = curl_easy_perform(state_->easy.get());
    if (coming.is_too_large) {
        return base::unavailable(fmt::format("the answer is larger than {} MiB", coming.largest / 1024 / 1024));
    }
    if (code == CURLE_ABORTED_BY_CALLBACK) return base::unavailable("it was stopped");
    if (code == CURLE_COULDNT_CONNECT && peers.was_refused)
        return base::refused(
            fmt::format("`{}` is at an address that may not be reached from here", state_->options.server));
    if (code != CURLE_OK && !coming.was_ended) return state_->why(code);
    long status = 0;
    curl_easy_getinfo(state_->easy.get(), CURLINFO_RESPONSE_CODE, &status);
    coming.answer.status = static_cast<unsigned>(status);
    return std::move(coming.answer);
}

bool Client::may_have_arrived() const {
    long bytes = 0;
    curl_easy_getinfo(state_->easy.get(), CURLINFO_REQUEST_SIZE, &bytes);
    return bytes > 0;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (char const c : text) {
        bool const is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                              c == '.' || c == '_' || c == '~';
        if (is_plain) {
            encoded += c;
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        encoded += '%';
        encoded += digits[byte >> 4];
        encoded += digits[byte & 15];
    }
    return encoded;
}

std::optional<base::Instant> retry_after(std::string_view value, base::Instant now) {
    std::int64_t seconds = 0;
    auto const [end, fault] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    constexpr std::int64_t most = 31'536'000;
    if (fault == std::errc() && end == value.data() + value.size())
        return now + std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, most));
    std::tm time{};
    std::string const text(value);  // RFC 9110 §5.6.7, the form that is still written.
    char const* const rest = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &time);
    if (rest == nullptr || *rest != '\0') return std::nullopt;
    return base::Instant(std::chrono::seconds(::timegm(&time)));
}

std::string sentence_of(ClientAnswer const& answer) {
    constexpr std::size_t longest_place = 300;
    bool const is_redirect = answer.status >= 300 && answer.status < 400;
    auto const location = answer.headers.find("Location");
    if (!is_redirect || !location) return fmt::format("the server answered {}", answer.status);
    auto const to = base::beginning(location->substr(0, location->find_first_of("?#")), longest_place);
    return fmt::format("the server answered {}: it is at `{}` now, which is not followed", answer.status,
                       base::one_line(to));
}

}  // namespace kula::net
