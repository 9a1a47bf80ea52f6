#include "password_rules.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/ascii.hpp"
#include "shipped_data.hpp"
#include "storage/text.hpp"
#include "text.hpp"

namespace kula::access {
namespace {

constexpr std::size_t longest_password = 1024;
constexpr std::size_t fewest_letters = 12;
constexpr std::size_t most_letters = 128;
constexpr std::size_t fewest_kinds = 5;
constexpr std::size_t shortest_telling_name = 4;  ///< Shorter ones stand in many a word by chance.

std::unordered_set<std::string_view> const& common_passwords() {
    static std::unordered_set<std::string_view> const words = [] {
        std::unordered_set<std::string_view> out;
        auto rest = shipped_data("access/common-passwords.txt");
        while (!rest.empty()) {
            auto const end = std::min(rest.find('\n'), rest.size());
            auto const line = rest.substr(0, end);
            if (!line.empty() && line.front() != '#') out.insert(line);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return out;
    }();
    return words;
}

bool is_ascii_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_other_sign(char c) { return static_cast<unsigned char>(c) < 0x80 && !is_ascii_letter(c) && !base::is_digit(c); }

std::string_view without_tail(std::string_view text, bool (*is_tail)(char)) {
    while (!text.empty() && is_tail(text.back())) text.remove_suffix(1);
    return text;
}
std::string_view without_head(std::string_view text, bool (*is_head)(char)) {
    while (!text.empty() && is_head(text.front())) text.remove_prefix(1);
    return text;
}

/// `password`, `password2024`, `Password2024!`, `2024password`.
bool is_dressed_up(std::string_view folded_password) {
    auto const is_decoration = [](char c) { return base::is_digit(c) || is_other_sign(c); };
    auto const is_common = [](std::string_view text) { return common_passwords().contains(text); };
    auto const tailless = without_tail(folded_password, is_decoration);
    return is_common(folded_password) || is_common(without_tail(folded_password, base::is_digit)) ||
           is_common(tailless) || is_common(without_head(tailless, is_decoration));
}

/// The shortest piece that yields the whole when it is repeated; the whole where there is none.
std::string_view repeated_piece(std::string_view text) {
    for (std::size_t size = 1; size <= text.size() / 2; ++size) {
        bool is_repeated = true;
        for (std::size_t i = size; i < text.size() && is_repeated; ++i) is_repeated = text[i] == text[i - size];
        if (is_repeated) return text.substr(0, size);
    }
    return text;
}

/// Along the alphabet, the digits or the rows of keys, to either side and any number of times round.
bool is_walk(std::string_view text) {
    for (std::string_view const row :
         {"abcdefghijklmnopqrstuvwxyz", "01234567890", "1234567890", "qwertyuiopasdfghjklzxcvbnm",
          "qwertzuiopasdfghjklyxcvbnm", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p",
          "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p"}) {
        std::string around;
        while (around.size() < text.size() + row.size()) around += row;
        if (around.find(text) != std::string::npos) return true;
        std::reverse(around.begin(), around.end());
        if (around.find(text) != std::string::npos) return true;
    }
    return false;
}

bool is_common(std::string_view folded_password) {
    std::set<char> const kinds(folded_password.begin(), folded_password.end());
    return kinds.size() < fewest_kinds || is_dressed_up(folded_password) ||
           repeated_piece(folded_password).size() < folded_password.size() || is_walk(folded_password);
}

bool holds_name(std::string_view folded_password, std::string_view name) {
    auto const local = name.substr(0, name.find('@'));
    return local.size() >= shortest_telling_name && folded_password.find(local) != std::string_view::npos;
}

}  // namespace

base::Result<std::string> checked_password(std::string_view password, std::string_view name, std::string_view field) {
    auto const faulty = [field](std::string_view why) {
        return base::invalid(std::string(field) + ": " + std::string(why));
    };
    if (password.size() > longest_password) return faulty("is longer than 128 characters");
    if (!storage::is_storable_text(password)) return faulty("is not UTF-8");
    auto out = normalised(password);
    auto const size = letters(out);
    if (size < fewest_letters) return faulty("is shorter than 12 characters");
    if (size > most_letters) return faulty("is longer than 128 characters");
    auto const lower = lower_case(out);
    if (is_common(lower)) return faulty("is one of the first to be guessed");
    if (holds_name(lower, name)) return faulty("holds the name");
    return out;
}

std::string typed_password(std::string_view password) {
    if (password.size() > longest_password || !storage::is_storable_text(password)) return {};
    return normalised(password);
}

}  // namespace kula::access
