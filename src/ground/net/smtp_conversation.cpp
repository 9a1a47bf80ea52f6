#include "net/smtp_conversation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"

namespace kula::net {
namespace {

constexpr std::string_view end_of_line = "\r\n";
constexpr std::size_t longest_line = 64 * 1024;  ///< §4.5.3.1.6 asks for 1,000; a text may have longer ones.
constexpr std::size_t most_recipients = 100;     ///< §4.5.3.1.8.
constexpr std::size_t longest_path = 256;        ///< §4.5.3.1.3.

constexpr auto fine = "250 2.0.0 OK\r\n";
constexpr auto wrong_order = "503 5.5.1 Not in this order\r\n";
constexpr auto no_path = "501 5.1.7 This is no address in angle brackets\r\n";

/// The path of `FROM:<a@b> SIZE=1`, without its brackets; parameters ask for nothing that is not done anyway.
bool read_path(std::string_view argument, std::string_view keyword, std::string& path) {
    if (base::lower_case(argument.substr(0, keyword.size())) != keyword) return false;
    auto const rest = argument.substr(keyword.size());
    auto const begin = rest.find_first_not_of(' ');
    if (begin == std::string_view::npos || rest[begin] != '<') return false;
    auto const end = rest.find('>', begin);
    if (end == std::string_view::npos || end - begin > longest_path) return false;
    if (end + 1 < rest.size() && rest[end + 1] != ' ') return false;
    path = rest.substr(begin + 1, end - begin - 1);
    return path.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
}

}  // namespace

std::string SmtpConversation::greeting() const { return fmt::format("220 {} ESMTP\r\n", options_.name); }

std::string SmtpConversation::take(std::string_view bytes) {
    std::string out;
    if (is_over()) return out;
    auto from = waiting_.empty() ? std::size_t{0} : waiting_.size() - 1;  // Half of an end may have been there.
    waiting_ += bytes;
    std::size_t begin = 0;
    for (auto end = waiting_.find(end_of_line, from); end != std::string::npos && !is_over();
         end = waiting_.find(end_of_line, from)) {
        auto const line = std::string_view(waiting_).substr(begin, end - begin);
        out += step_ == Step::text ? text_line(line) : answer(line);
        from = begin = end + end_of_line.size();
    }
    waiting_.erase(0, begin);
    if (waiting_.size() <= longest_line || is_over()) return out;
    step_ = Step::over;
    return out + "500 5.5.2 The line is too long\r\n";
}

std::string SmtpConversation::answer(std::string_view line) {
    auto const space = std::min(line.find(' '), line.size());
    auto const verb = base::lower_case(line.substr(0, space));
    auto const argument = line.substr(std::min(space + 1, line.size()));
    if (verb == "ehlo" || verb == "helo") {
        reset();
        is_greeted_ = true;
        if (verb == "helo") return fmt::format("250 {}\r\n", options_.name);
        return fmt::format("250-{}\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250-PIPELINING\r\n250 SIZE {}\r\n",
                           options_.name, options_.longest_mail);
    }
    if (verb == "mail") return from(argument);
    if (verb == "rcpt") return to(argument);
    if (verb == "data") {
        if (mail_.to.empty()) return wrong_order;
        step_ = Step::text;
        return "354 End with a dot on a line of its own\r\n";
    }
    if (verb == "rset") {
        reset();
        return fine;
    }
    if (verb == "noop") return fine;
    if (verb == "vrfy") return "252 2.5.0 Send it, and it will be seen\r\n";
    if (verb == "quit") {
        step_ = Step::over;
        return "221 2.0.0 Goodbye\r\n";
    }
    return "502 5.5.1 This is not known here\r\n";
}

std::string SmtpConversation::from(std::string_view argument) {
    if (!is_greeted_ || has_sender_) return wrong_order;
    if (!read_path(argument, "from:", mail_.from)) return no_path;
    has_sender_ = true;
    return fine;
}

std::string SmtpConversation::to(std::string_view argument) {
    if (!has_sender_) return wrong_order;
    std::string path;
    if (!read_path(argument, "to:", path) || path.empty()) return no_path;
    if (!options_.knows(path)) return "550 5.1.1 There is no such mailbox\r\n";
    if (mail_.to.size() == most_recipients) return "452 4.5.3 Too many recipients\r\n";
    mail_.to.push_back(std::move(path));
    return fine;
}

std::string SmtpConversation::text_line(std::string_view line) {
    if (line == ".") return finish();
    if (line.starts_with('.')) line.remove_prefix(1);
    is_too_long_ = is_too_long_ || mail_.text.size() + line.size() + end_of_line.size() > options_.longest_mail;
    if (!is_too_long_) mail_.text.append(line).append(end_of_line);
    return {};
}

std::string SmtpConversation::finish() {
    std::string out = "552 5.3.4 The mail is too long\r\n";
    if (!is_too_long_) out = options_.keep(mail_) ? "250 2.0.0 Taken\r\n" : "451 4.3.0 It cannot be kept now\r\n";
    reset();
    return out;
}

void SmtpConversation::reset() {
    step_ = Step::commands;
    mail_ = {};
    has_sender_ = is_too_long_ = false;
}

}  // namespace kula::net
