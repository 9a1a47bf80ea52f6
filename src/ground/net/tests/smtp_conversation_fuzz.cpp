// Whatever a client sends: it is the same in one piece and in many, and only what has a known recipient is kept.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include "net/smtp_conversation.hpp"

namespace {

/// All that is answered and all that is kept, in pieces of so many bytes.
std::pair<std::string, std::string> told(std::string_view bytes, std::size_t piece) {
    std::string answers, kept;
    kula::net::SmtpConversation conversation({.name = "mx.example",
                                              .longest_mail = 2000,
                                              .knows = [](std::string_view to) { return !to.starts_with("gone"); },
                                              .keep =
                                                  [&](kula::net::TakenMail const& mail) {
                                                      if (mail.to.empty() || mail.text.size() > 2000) std::abort();
                                                      for (auto const& to : mail.to) {
                                                          if (to.empty() || to.starts_with("gone")) std::abort();
                                                          kept += to + '\n';
                                                      }
                                                      kept += mail.from + '\n' + mail.text;
                                                      return mail.text.size() % 2 == 0;
                                                  }});
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
        answers += conversation.take(bytes.substr(0, piece));
    return {answers, kept};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const input(reinterpret_cast<char const*>(bytes), size);
    // A line that is too long is noticed where a piece ends.
    if (size < 64 * 1024 && told(input, size + 1) != told(input, 3)) std::abort();
    return 0;
}
