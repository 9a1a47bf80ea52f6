#include "net/imap.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "curl_easy.hpp"
#include "imap_answers.hpp"

namespace kula::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds between_looks{200};  // for a stop
constexpr std::size_t longest_said = 300;   // of what a server says, in a sentence of ours

base::Error no_server(std::string const& server) {
    return base::invalid(fmt::format("`{}` is no address of a mail server, such as imaps://mail.example.org", server));
}

int is_imap_stopped(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<std::stop_token const*>(stop)->stop_requested() ? 1 : 0;
}

std::string shown(std::string_view text) { return base::one_line(base::beginning(text, longest_said)); }

/// Of percent-encoded text without control characters; nothing of anything else.
std::optional<std::string> decoded(std::string_view text) {
    int size = 0;
    std::unique_ptr<char, decltype(&curl_free)> const plain(
        curl_easy_unescape(nullptr, text.data(), static_cast<int>(text.size()), &size), &curl_free);
    if (text.empty()) return std::string();
    if (!plain) return std::nullopt;
    std::string out(plain.get(), static_cast<std::size_t>(size));
    bool const is_plain = std::none_of(out.begin(), out.end(), base::is_control);
    return is_plain ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace

struct ImapClient::State {
    ImapOptions options;
    Easy easy{};
    std::string fault = std::string(CURL_ERROR_SIZE, '\0');
    steady_clock::time_point end{};
    ImapAnswers answers{};
    std::uint64_t commands = 0;
    bool is_over = false;

    void prepare(AllowedPeers& peers);
    [[nodiscard]] base::Error why(CURLcode code, AllowedPeers const& peers) const;
    base::Result<void> wait(short events, steady_clock::time_point silent_until);
    base::Result<void> say(std::string_view text);
    base::Result<ImapAnswer> hear();
    using Visit = std::function<void(ImapAnswer const&)>;
    /// Each answer but the last goes to `visit`. Whatever fails but a NO ends the connection.
    base::Result<void> ask(std::string const& command, Visit const& visit);
    base::Result<void> converse(std::string const& command, Visit const& visit);
};

void ImapClient::State::prepare(AllowedPeers& peers) {
    Url const url(curl_url());
    base::must(url && curl_url_set(url.get(), CURLUPART_URL, options.server.c_str(), 0) == CURLUE_OK, "it was checked");
    bool const is_sealed = part(url.get(), CURLUPART_SCHEME) == "imaps";
    bool const is_near = is_loopback(part(url.get(), CURLUPART_HOST));
    set(easy, CURLOPT_NOSIGNAL, 1L);
    set(easy, CURLOPT_ERRORBUFFER, fault.data());
    set(easy, CURLOPT_URL, options.server.c_str());
    set(easy, CURLOPT_PROTOCOLS_STR, "imap,imaps");
    set(easy, CURLOPT_PROXY, "");
    set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(easy, CURLOPT_USE_SSL, static_cast<long>(is_sealed || !is_near ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    verify_peer(easy, options.authorities);
    set(easy, CURLOPT_USERNAME, options.user.c_str());
    set(easy, CURLOPT_PASSWORD, options.password.c_str());
    set(easy, CURLOPT_CONNECT_ONLY, 1L);
    set(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(options.connecting.count()));
    set(easy, CURLOPT_TIMEOUT, static_cast<long>(options.connecting.count()));
    set(easy, CURLOPT_NOPROGRESS, 0L);
    set(easy, CURLOPT_XFERINFOFUNCTION, &is_imap_stopped);
    set(easy, CURLOPT_XFERINFODATA, static_cast<void*>(&options.stop));
    if (options.may_reach) {
        set(easy, CURLOPT_OPENSOCKETFUNCTION, &open_allowed_socket);
        set(easy, CURLOPT_OPENSOCKETDATA, static_cast<void*>(&peers));
    }
}

base::Error ImapClient::State::why(CURLcode code, AllowedPeers const& peers) const {
    auto const& server = options.server;
    if (code == CURLE_ABORTED_BY_CALLBACK) return base::unavailable("it was stopped");
    if (code == CURLE_COULDNT_CONNECT && peers.was_refused)
        return base::refused(fmt::format("`{}` is at an address that may not be reached from here", server));
    if (code == CURLE_LOGIN_DENIED)
        return base::refused(fmt::format("`{}` does not let this name in with this password", server));
    std::string_view const told(fault.c_str());
    auto const reason = shown(told.empty() ? curl_easy_strerror(code) : told);
    if (code == CURLE_PEER_FAILED_VERIFICATION)
        return base::unavailable(fmt::format("the certificate of `{}` is not to be believed: {}", server, reason));
    return base::unavailable(fmt::format("`{}` cannot be reached: {}", server, reason));
}

base::Result<void> ImapClient::State::wait(short events, steady_clock::time_point silent_until) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy.get(), CURLINFO_ACTIVESOCKET, &socket);
    for (;;) {
        auto const now = steady_clock::now();
        if (options.stop.stop_requested()) return base::unavailable("it was stopped");
        if (now >= end) return base::unavailable(fmt::format("`{}` takes too long", options.server));
        if (now >= silent_until) return base::unavailable(fmt::format("`{}` does not answer", options.server));
        pollfd look{socket, events, 0};
        if (socket == CURL_SOCKET_BAD)
            return base::unavailable(fmt::format("`{}` ended the connection", options.server));
        if (::poll(&look, 1, static_cast<int>(between_looks.count())) > 0) return {};
    }
}

base::Result<void> ImapClient::State::say(std::string_view text) {
    auto const silent_until = steady_clock::now() + options.silence;
    while (!text.empty()) {
        std::size_t count = 0;
        auto const code = curl_easy_send(easy.get(), text.data(), text.size(), &count);
        if (code == CURLE_AGAIN) {
            if (auto waited = wait(POLLOUT, silent_until); !waited) return waited;
            continue;
        }
        if (code != CURLE_OK) return base::unavailable(fmt::format("`{}` ended the connection", options.server));
        text.remove_prefix(count);
    }
    return {};
}

base::Result<ImapAnswer> ImapClient::State::hear() {
    std::array<char, 16 * 1024> bytes{};
    auto silent_until = steady_clock::now() + options.silence;
    for (;;) {
        if (auto answer = answers.next()) return *std::move(answer);
        std::size_t count = 0;
        auto const code = curl_easy_recv(easy.get(), bytes.data(), bytes.size(), &count);
        if (code == CURLE_AGAIN) {
            if (auto const waited = wait(POLLIN, silent_until); !waited) return waited.error();
            continue;
        }
        if (code != CURLE_OK || count == 0)
            return base::unavailable(fmt::format("`{}` ended the connection", options.server));
        if (options.stop.stop_requested()) return base::unavailable("it was stopped");
        if (steady_clock::now() >= end) return base::unavailable(fmt::format("`{}` takes too long", options.server));
        silent_until = steady_clock::now() + options.silence;
        if (auto const added = answers.add({bytes.data(), count}); !added) return added.error();
    }
}

base::Result<void> ImapClient::State::converse(std::string const& command, Visit const& visit) {
    auto const tag = fmt::format("K{}", ++commands);
    if (auto said = say(tag + ' ' + command + "\r\n"); !said) return said;
    for (;;) {
        auto const answer = hear();
        if (!answer) return answer.error();
        auto const ended = end_of(*answer, tag);
        if (ended == ImapEnd::ok) return {};
        if (ended != ImapEnd::none)
            return base::refused(
                fmt::format("`{}` says: {}", options.server, shown(answer->text.substr(tag.size() + 1))));
        visit(*answer);
    }
}

base::Result<void> ImapClient::State::ask(std::string const& command, Visit const& visit) {
    if (is_over) return base::unavailable(fmt::format("the connection to `{}` is over", options.server));
    auto done = converse(command, visit);
    is_over = !done && done.error().fault != base::Fault::refused;
    return done;
}

base::Result<ImapAddress> parse_imap_address(std::string const& text) {
    auto const wrong = base::invalid(
        fmt::format("`{}` is no address of a mailbox, such as imaps://team@mail.example.org/INBOX", text));
    auto const scheme = text.find("://");
    if (scheme == std::string::npos) return wrong;
    auto const begin = scheme + 3;
    auto const slash = std::min(text.find('/', begin), text.size());
    auto const at = text.rfind('@', slash);
    if (at == std::string::npos || at <= begin) return wrong;
    auto const user = decoded(std::string_view(text).substr(begin, at - begin));
    auto const folder = decoded(std::string_view(text).substr(std::min(slash + 1, text.size())));
    bool const has_password = std::string_view(text).substr(begin, at - begin).find(':') != std::string_view::npos;
    if (!user || user->empty() || !folder || has_password) return wrong;
    ImapAddress out{text.substr(0, begin) + text.substr(at + 1, slash - at - 1), *user,
                    folder->empty() ? "INBOX" : *folder};
    return ImapClient::check_server(out.server) ? base::Result<ImapAddress>(std::move(out)) : wrong;
}

base::Result<void> ImapClient::check_server(std::string const& server) {
    start_libcurl();
    Url const url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, server.c_str(), 0) != CURLUE_OK) return no_server(server);
    auto const scheme = part(url.get(), CURLUPART_SCHEME);
    bool const is_bare = part(url.get(), CURLUPART_PATH) == "/" && part(url.get(), CURLUPART_USER).empty() &&
                         part(url.get(), CURLUPART_PASSWORD).empty() && part(url.get(), CURLUPART_OPTIONS).empty() &&
                         part(url.get(), CURLUPART_QUERY).empty() && part(url.get(), CURLUPART_FRAGMENT).empty();
    if ((scheme != "imap" && scheme != "imaps") || !is_bare) return no_server(server);
    return {};
}

ImapClient::ImapClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
ImapClient::~ImapClient() {
    // libcurl would say goodbye too, and wait for an answer.
    if (!state_->is_over) static_cast<void>(state_->say("K LOGOUT\r\n"));
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(state_->easy.get(), CURLINFO_ACTIVESOCKET, &socket);
    if (socket != CURL_SOCKET_BAD) ::shutdown(socket, SHUT_RDWR);
}

base::Result<std::unique_ptr<ImapClient>> ImapClient::connect(ImapOptions options) {
    if (auto const checked = check_server(options.server); !checked) return checked.error();
    base::must(options.silence.count() >= 1, "a mail server is waited for some time");
    auto state = std::make_unique<State>();
    state->options = std::move(options);
    state->easy.reset(curl_easy_init());
    base::must(state->easy != nullptr, "there is memory for a client");
    state->end = steady_clock::now() + state->options.longest;
    AllowedPeers peers{state->options.may_reach};
    state->prepare(peers);
    if (auto const code = curl_easy_perform(state->easy.get()); code != CURLE_OK) return state->why(code, peers);
    return std::unique_ptr<ImapClient>(new ImapClient(std::move(state)));
}

base::Result<ImapFolder> ImapClient::select(std::string_view folder) {
    ImapFolder out;
    auto const done = state_->ask("SELECT " + imap_quoted(imap_folder_name(folder)), [&](ImapAnswer const& answer) {
        out.uid_validity = number_told(answer, "UIDVALIDITY").value_or(out.uid_validity);
        out.mails = mails_told(answer).value_or(out.mails);
    });
    if (!done) return done.error();
    if (out.uid_validity == 0)
        return base::unavailable(fmt::format("`{}` does not tell UIDVALIDITY", state_->options.server));
    return out;
}

base::Result<ImapFound> ImapClient::above(std::uint32_t uid, std::vector<std::string> const& from, std::size_t most) {
    if (uid == UINT32_MAX) return ImapFound{};
    auto command = fmt::format("UID SEARCH UID {}:*", uid + 1);
    for (std::size_t at = 0; at < from.size(); ++at)
        command += std::string(at + 1 < from.size() ? " OR" : "") + " FROM " + imap_quoted(from[at]);
    ImapFound out;
    auto const done = state_->ask(command, [&](ImapAnswer const& answer) { read_search(answer, out.uids); });
    if (!done) return done.error();
    // `7:*` finds the last mail though it is below 7 (RFC 3501 §6.4.8).
    std::erase_if(out.uids, [uid](std::uint32_t each) { return each <= uid; });
    std::sort(out.uids.begin(), out.uids.end());
    out.uids.erase(std::unique(out.uids.begin(), out.uids.end()), out.uids.end());
    out.are_more = out.uids.size() > most;
    if (out.are_more) out.uids.resize(most);
    return out;
}

base::Result<std::optional<ImapOutline>> ImapClient::outline(std::uint32_t uid) {
    std::optional<ImapOutline> out;
    auto const command = fmt::format("UID FETCH {} (UID FLAGS RFC822.SIZE BODYSTRUCTURE)", uid);
    auto const done = state_->ask(command, [&](ImapAnswer const& answer) {
        auto fetched = read_fetch(answer);
        if (fetched && fetched->uid == uid && fetched->bytes)
            out = {*fetched->bytes, std::move(fetched->structure).value_or(""), fetched->is_seen};
    });
    if (!done) return done.error();
    return out;
}

base::Result<bool> ImapClient::fetch(std::uint32_t uid, std::uint64_t most_bytes, Sink const& sink) {
    bool is_there = false;
    std::optional<std::string> told;  // A short body may stand in quotes.
    state_->answers.take_body(ImapAnswers::Body{sink, most_bytes});
    auto const done = state_->ask(fmt::format("UID FETCH {} (UID BODY.PEEK[])", uid), [&](ImapAnswer const& answer) {
        auto fetched = read_fetch(answer);
        if (!fetched || fetched->uid != uid || !fetched->body) return;
        is_there = true;
        told = std::move(fetched->body);
    });
    state_->answers.take_body({});
    if (!done) return done.error();
    if (told && !told->empty()) {
        if (auto const taken = sink(*told); !taken) return taken.error();
    }
    return is_there;
}

base::Result<void> ImapClient::mark_seen(std::uint32_t uid) {
    return state_->ask(fmt::format("UID STORE {} +FLAGS.SILENT (\\Seen)", uid), [](ImapAnswer const&) {});
}

base::Result<void> ImapClient::move(std::uint32_t uid, std::string_view folder) {
    return state_->ask(fmt::format("UID MOVE {} {}", uid, imap_quoted(imap_folder_name(folder))),
                       [](ImapAnswer const&) {});
}

}  // namespace kula::net
