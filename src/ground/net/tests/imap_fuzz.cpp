// Whatever a mail server says: it is the same in one piece and in many, and a body never passes for an answer.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "imap_answers.hpp"

namespace {

using namespace kula::net;

/// Everything that is read of the bytes, in pieces of so many.
std::string told(std::string_view bytes, std::size_t piece, std::string& body) {
    ImapAnswers answers;
    answers.take_body(ImapAnswers::Body{[&](std::string_view some) {
                                            body += some;
                                            return kula::base::Result<void>();
                                        },
                                        1000});
    std::string out;
    for (bool is_sound = true; is_sound && !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        is_sound = answers.add(bytes.substr(0, piece)).has_value();
        while (auto const answer = answers.next()) {
            out += answer->text + '\n' + std::to_string(static_cast<int>(end_of(*answer, "K1")));
            for (auto const& literal : answer->literals) out += literal + '\n';
            std::vector<std::uint32_t> numbers{number_told(*answer, "UIDVALIDITY").value_or(0),
                                               mails_told(*answer).value_or(0)};
            read_search(*answer, numbers);
            for (auto const number : numbers) out += std::to_string(number) + ' ';
            if (auto const mail = read_fetch(*answer)) out += mail->structure.value_or("") + mail->body.value_or("");
        }
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const input(reinterpret_cast<char const*>(bytes), size);
    std::string whole_body;
    std::string pieces_body;
    auto const whole = told(input, size + 1, whole_body);
    auto const pieces = told(input, 3, pieces_body);
    if (whole != pieces || whole_body != pieces_body) std::abort();
    auto const name = imap_folder_name(input);
    for (char const c : name) {
        if (c < ' ' || c > '~') std::abort();
    }
    return 0;
}
