#include "net/smtp.hpp"

#include <algorithm>
#include <cstring>

#include "base/ascii.hpp"
#include "curl_easy.hpp"

namespace kula::net {
namespace {

constexpr std::size_t longest_answer_text = 500;

/// Where the conversation about one mail stands.
enum class SmtpStep : std::uint8_t { before, sender, recipient, data, text };

struct Conversation {
    std::string_view unsent;
    std::stop_token const& stop;
    SmtpStep step = SmtpStep::before;
    unsigned code = 0;
    std::string answer{};
    bool is_over = false;  ///< What is answered to QUIT is about nothing.
};

std::string shown(std::string_view text) {
    auto out = base::one_line(text);
    while (out.ends_with(' ')) out.pop_back();
    return std::string(base::beginning(out, longest_answer_text));
}

std::size_t give_mail(char* to, std::size_t size, std::size_t count, void* conversation) {
    auto& unsent = static_cast<Conversation*>(conversation)->unsent;
    auto const given = std::min(size * count, unsent.size());
    std::memcpy(to, unsent.data(), given);
    unsent.remove_prefix(given);
    return given;
}

/// `250-SIZE` goes on, `250 OK` ends an answer.
void hear_answer(Conversation& conversation, std::string_view line) {
    if (conversation.is_over || line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, base::is_digit)) return;
    conversation.code = static_cast<unsigned>((line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0'));
    conversation.answer = shown(line);
    if (conversation.step == SmtpStep::data && conversation.code == 354) {
        conversation.step = SmtpStep::text;
        conversation.code = 0;
    }
}

void say_command(Conversation& conversation, std::string_view line) {
    auto const is = [line](std::string_view command) { return line.starts_with(command); };
    if (is("QUIT")) conversation.is_over = true;
    if (is("MAIL FROM")) conversation.step = SmtpStep::sender;
    if (is("RCPT TO")) conversation.step = SmtpStep::recipient;
    if (is("DATA")) conversation.step = SmtpStep::data;
    if (is("MAIL FROM") || is("RCPT TO") || is("DATA")) conversation.code = 0;
}

/// Sees every line that is said and answered, secrets too: nothing but the code and the last answer is kept.
int listen(CURL* /*easy*/, curl_infotype type, char* bytes, std::size_t count, void* conversation_here) {
    auto& conversation = *static_cast<Conversation*>(conversation_here);
    if (type == CURLINFO_HEADER_IN) hear_answer(conversation, {bytes, count});
    if (type == CURLINFO_HEADER_OUT) say_command(conversation, {bytes, count});
    return 0;
}

int is_to_stop(void* conversation, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Conversation*>(conversation)->stop.stop_requested() ? 1 : 0;
}

std::size_t drop(char*, std::size_t size, std::size_t count, void*) { return size * count; }

SmtpOutcome outcome_of(Conversation const& conversation) {
    if (conversation.step == SmtpStep::before) return SmtpOutcome::no_answer;
    if (conversation.code >= 400 && conversation.code < 500) return SmtpOutcome::deferred;
    // 530, 535, 538: who sends has to sign in, or to encrypt, before it is about this mail (RFC 4954 §6, RFC 3207 §4).
    bool const is_about_us = conversation.code == 530 || conversation.code == 535 || conversation.code == 538;
    return conversation.code >= 500 && !is_about_us ? SmtpOutcome::rejected : SmtpOutcome::no_answer;
}

}  // namespace

struct SmtpClient::State {
    SmtpOptions options;
    std::string url{};
    bool needs_tls = true;
    Easy easy{};
    std::string fault = std::string(CURL_ERROR_SIZE, '\0');

    void prepare(Conversation& conversation, std::string const& from, curl_slist* recipients, std::size_t size);
};

void SmtpClient::State::prepare(Conversation& conversation, std::string const& from, curl_slist* recipients,
                                std::size_t size) {
    curl_easy_reset(easy.get());
    set(easy, CURLOPT_NOSIGNAL, 1L);
    set(easy, CURLOPT_ERRORBUFFER, fault.data());
    set(easy, CURLOPT_URL, url.c_str());
    set(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(easy, CURLOPT_PROXY, "");
    set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(easy, CURLOPT_USE_SSL, static_cast<long>(needs_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    verify_peer(easy, options.authorities);
    if (!options.user.empty()) {
        set(easy, CURLOPT_USERNAME, options.user.c_str());
        set(easy, CURLOPT_PASSWORD, options.password.c_str());
    }
    set(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(options.connecting.count()));
    set(easy, CURLOPT_TIMEOUT, static_cast<long>(options.longest.count()));
    set(easy, CURLOPT_MAIL_FROM, from.c_str());
    set(easy, CURLOPT_MAIL_RCPT, recipients);
    set(easy, CURLOPT_UPLOAD, 1L);
    set(easy, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(size));
    set(easy, CURLOPT_READFUNCTION, &give_mail);
    set(easy, CURLOPT_READDATA, static_cast<void*>(&conversation));
    set(easy, CURLOPT_WRITEFUNCTION, &drop);
    set(easy, CURLOPT_VERBOSE, 1L);
    set(easy, CURLOPT_DEBUGFUNCTION, &listen);
    set(easy, CURLOPT_DEBUGDATA, static_cast<void*>(&conversation));
    set(easy, CURLOPT_NOPROGRESS, 0L);
    set(easy, CURLOPT_XFERINFOFUNCTION, &is_to_stop);
    set(easy, CURLOPT_XFERINFODATA, static_cast<void*>(&conversation));
}

SmtpClient::SmtpClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
SmtpClient::~SmtpClient() = default;

base::Result<std::unique_ptr<SmtpClient>> SmtpClient::open(SmtpOptions options) {
    start_libcurl();
    base::must(options.longest.count() >= 1, "a mail server is waited for some time");
    Url const url(curl_url());
    if (!url || curl_url_set(url.get(), CURLUPART_URL, options.server.c_str(), 0) != CURLUE_OK)
        return base::invalid(options.server + " is no address of a mail server, such as smtp://mail.example.org:587");
    auto const scheme = part(url.get(), CURLUPART_SCHEME);
    bool const is_bare = part(url.get(), CURLUPART_PATH) == "/" && part(url.get(), CURLUPART_USER).empty() &&
                         part(url.get(), CURLUPART_QUERY).empty() && part(url.get(), CURLUPART_FRAGMENT).empty();
    if ((scheme != "smtp" && scheme != "smtps") || !is_bare)
        return base::invalid(options.server + " is no address of a mail server, such as smtp://mail.example.org:587");
    auto state = std::make_unique<State>();
    bool const is_near = is_loopback(part(url.get(), CURLUPART_HOST));
    state->needs_tls = scheme == "smtps" || !(is_near || options.in_the_clear == InTheClear::anywhere);
    if (!state->needs_tls && !is_near && !options.password.empty())
        return base::invalid("the password would travel where others can read it; use smtps, or STARTTLS");
    curl_url_set(url.get(), CURLUPART_PATH, ("/" + options.hello_as).c_str(), 0);
    state->url = part(url.get(), CURLUPART_URL);
    state->options = std::move(options);
    state->easy.reset(curl_easy_init());
    base::must(state->easy != nullptr, "there is memory for a client");
    return std::unique_ptr<SmtpClient>(new SmtpClient(std::move(state)));
}

SmtpAnswer SmtpClient::send(std::string_view from, std::string_view to, std::string_view mail,
                            std::stop_token const& stop) {
    Conversation conversation{mail, stop};
    List const recipients(curl_slist_append(nullptr, ("<" + std::string(to) + ">").c_str()));
    base::must(recipients != nullptr, "there is memory for a recipient");
    state_->prepare(conversation, "<" + std::string(from) + ">", recipients.get(), mail.size());
    state_->fault.front() = '\0';
    auto const code = curl_easy_perform(state_->easy.get());
    SmtpAnswer out{SmtpOutcome::accepted, conversation.code, conversation.answer};
    if (code == CURLE_OK) return out;
    out.outcome = outcome_of(conversation);
    bool const is_of_the_server = out.outcome == SmtpOutcome::deferred || out.outcome == SmtpOutcome::rejected;
    std::string_view const told(state_->fault.c_str());
    if (!is_of_the_server) out.text = shown(told.empty() ? curl_easy_strerror(code) : told);
    out.may_be_accepted = conversation.step == SmtpStep::text && conversation.code == 0 && conversation.unsent.empty();
    return out;
}

}  // namespace kula::net
