#include "imap_answers.hpp"

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"

namespace kula::net {
namespace {

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number out = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

/// Of the literal that a line announces at its end (`{5}`, or `{5+}` as some write).
std::optional<std::uint64_t> literal_announced(std::string_view line) {
    if (!line.ends_with('}')) return std::nullopt;
    auto const open = line.rfind('{');
    if (open == std::string_view::npos) return std::nullopt;
    auto digits = line.substr(open + 1, line.size() - open - 2);
    if (digits.ends_with('+')) digits.remove_suffix(1);
    return number_in<std::uint64_t>(digits);
}

bool announces_body(std::string_view line) {
    auto const open = line.rfind('{');
    return base::lower_case(line.substr(0, open)).ends_with("body[] ");
}

/// Whether the answer is `* WORD …`, or `* 12 WORD …`; then what stands behind it.
std::optional<std::string_view> behind(std::string_view text, std::string_view word) {
    if (text.size() < word.size() || base::lower_case(text.substr(0, word.size())) != base::lower_case(word))
        return std::nullopt;
    text.remove_prefix(word.size());
    if (!text.empty() && text.front() != ' ') return std::nullopt;
    return text;
}

/// Takes the number of `* 12 FETCH` off.
std::optional<std::uint32_t> take_number(std::string_view& text) {
    if (!text.starts_with("* ")) return std::nullopt;
    auto const rest = text.substr(2);
    auto const blank = rest.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    auto const number = number_in<std::uint32_t>(rest.substr(0, blank));
    if (number) text = rest.substr(blank + 1);
    return number;
}

/// What stands in the brackets of a FETCH, item by item.
class Items {
public:
    Items(std::string_view text, std::vector<std::string> const& literals) : text_(text), literals_(literals) {}

    /// `UID`, `BODY[HEADER.FIELDS (FROM)]`; empty at the end, and where there is none.
    std::string_view name() {
        skip_blanks();
        std::size_t at = 0;
        for (bool is_inside = false; at < text_.size() && (is_inside || (text_[at] != ' ' && text_[at] != ')')); ++at) {
            if (text_[at] == '[') is_inside = true;
            if (text_[at] == ']') is_inside = false;
        }
        return taken(at);
    }
    /// As it is written, a literal as its announcement. Nothing where it does not end.
    std::optional<std::string_view> value() {
        skip_blanks();
        std::size_t depth = 0;
        std::size_t at = 0;
        first_literal_ = literal_;
        for (; at < text_.size(); ++at) {
            char const c = text_[at];
            if (c == '"') {
                at = end_of_quoted(at);
                if (at == std::string_view::npos) return std::nullopt;
            } else if (c == '{') {
                ++literal_;
            } else if (c == '(') {
                ++depth;
            } else if (c == ')') {
                if (depth == 0) break;
                --depth;
            } else if (c == ' ' && depth == 0) {
                break;
            }
        }
        return depth == 0 && at > 0 ? std::optional(taken(at)) : std::nullopt;
    }
    /// What a value says: a quoted text without its quotes, a literal's bytes; empty for NIL.
    [[nodiscard]] std::string said(std::string_view value) const {
        if (value.starts_with('{')) return first_literal_ < literals_.size() ? literals_[first_literal_] : "";
        if (!value.starts_with('"')) return base::lower_case(value) == "nil" ? std::string() : std::string(value);
        std::string out;
        for (std::size_t at = 1; at + 1 < value.size(); ++at) {
            if (value[at] == '\\' && at + 2 < value.size()) ++at;
            out += value[at];
        }
        return out;
    }

private:
    void skip_blanks() { text_.remove_prefix(std::min(text_.find_first_not_of(' '), text_.size())); }
    std::string_view taken(std::size_t count) {
        auto const out = text_.substr(0, count);
        text_.remove_prefix(count);
        return out;
    }
    [[nodiscard]] std::size_t end_of_quoted(std::size_t at) const {
        for (++at; at < text_.size(); ++at) {
            if (text_[at] == '\\') {
                ++at;
            } else if (text_[at] == '"') {
                return at;
            }
        }
        return std::string_view::npos;
    }

    std::string_view text_;
    std::vector<std::string> const& literals_;
    std::size_t literal_ = 0;        ///< Literals that were passed.
    std::size_t first_literal_ = 0;  ///< Of the value that was taken last.
};

/// The next letter of UTF-8; U+FFFD for what is none.
char32_t take_letter(std::string_view& text) {
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    auto const first = byte(0);
    std::size_t const size = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    char32_t letter = size == 1 ? first : first & (0x7fU >> size);
    bool is_sound = size > 0 && size <= text.size() && first < 0xf5;
    for (std::size_t at = 1; is_sound && at < size; ++at) {
        is_sound = (byte(at) & 0xc0U) == 0x80U;
        letter = letter << 6U | (byte(at) & 0x3fU);
    }
    text.remove_prefix(is_sound ? size : 1);
    return is_sound && letter <= 0x10ffff ? letter : U'\ufffd';
}

/// UTF-16, big end first, in BASE64 with `,` in place of `/` and without padding.
std::string modified_base64(std::u32string_view letters) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    std::string out;
    std::uint32_t bits = 0;
    unsigned count = 0;
    auto const add = [&](std::uint32_t unit) {
        bits = bits << 16U | unit;
        for (count += 16; count >= 6; count -= 6) out += digits[bits >> (count - 6) & 63U];
        bits &= (1U << count) - 1;
    };
    for (auto const letter : letters) {
        if (letter > 0xffff) add(0xd800U + ((letter - 0x10000U) >> 10U));
        add(letter > 0xffff ? 0xdc00U + ((letter - 0x10000U) & 0x3ffU) : letter);
    }
    if (count > 0) out += digits[bits << (6 - count) & 63U];
    return out;
}

}  // namespace

base::Result<void> ImapAnswers::add(std::string_view bytes) {
    while (!bytes.empty()) {
        if (literal_left_ > 0) {
            auto const piece = bytes.substr(0, std::min<std::uint64_t>(literal_left_, bytes.size()));
            bytes.remove_prefix(piece.size());
            literal_left_ -= piece.size();
            if (is_body_) {
                if (auto taken = body_.sink(piece); !taken) return taken;
            } else {
                coming_.literals.back() += piece;
            }
            continue;
        }
        auto const end = bytes.find('\n');
        coming_.text += bytes.substr(0, end);
        if (coming_.text.size() + held_ > longest) return base::unavailable("the mail server says too much at once");
        if (end == std::string_view::npos) return {};
        bytes.remove_prefix(end + 1);
        if (auto done = end_line(); !done) return done;
    }
    return {};
}

base::Result<void> ImapAnswers::end_line() {
    auto& text = coming_.text;
    if (text.ends_with('\r')) text.pop_back();
    std::string_view const line = std::string_view(text).substr(std::min(line_begin_, text.size()));
    if (auto const bytes = literal_announced(line)) {
        is_body_ = body_.sink && announces_body(line);
        if (is_body_ && *bytes > body_.most_bytes) return base::unavailable("the mail is longer than it may be");
        if (!is_body_ && (*bytes > longest || held_ + *bytes > longest))
            return base::unavailable("the mail server says too much at once");
        held_ += is_body_ ? 0 : *bytes;
        literal_left_ = *bytes;
        line_begin_ = text.size();
        coming_.literals.emplace_back();
        if (coming_.literals.size() > most_waiting) return base::unavailable("the mail server says too much at once");
        return {};
    }
    if (whole_.size() >= most_waiting) return base::unavailable("the mail server says too much at once");
    whole_.push_back(std::move(coming_));
    coming_ = {};
    held_ = 0;
    line_begin_ = 0;
    return {};
}

std::optional<ImapAnswer> ImapAnswers::next() {
    if (whole_.empty()) return std::nullopt;
    auto out = std::move(whole_.front());
    whole_.pop_front();
    return out;
}

ImapEnd end_of(ImapAnswer const& answer, std::string_view tag) {
    std::string_view text = answer.text;
    if (!text.starts_with(tag) || text.size() <= tag.size() || text[tag.size()] != ' ') return ImapEnd::none;
    text.remove_prefix(tag.size() + 1);
    if (behind(text, "OK")) return ImapEnd::ok;
    return behind(text, "NO") ? ImapEnd::no : ImapEnd::bad;
}

std::optional<std::uint32_t> number_told(ImapAnswer const& answer, std::string_view word) {
    auto text = behind(answer.text, "* OK");
    if (!text || !text->starts_with(" [")) return std::nullopt;
    text = behind(text->substr(2), word);
    if (!text || text->empty()) return std::nullopt;
    return number_in<std::uint32_t>(text->substr(1, text->find(']') - 1));
}

std::optional<std::uint32_t> mails_told(ImapAnswer const& answer) {
    std::string_view text = answer.text;
    auto const number = take_number(text);
    return number && behind(text, "EXISTS") ? number : std::nullopt;
}

bool read_search(ImapAnswer const& answer, std::vector<std::uint32_t>& numbers) {
    auto const text = behind(answer.text, "* SEARCH");
    if (!text) return false;
    for (auto rest = *text; !rest.empty();) {
        auto const blank = std::min(rest.find(' '), rest.size());
        if (auto const number = number_in<std::uint32_t>(rest.substr(0, blank))) numbers.push_back(*number);
        rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
    return true;
}

std::optional<ImapFetched> read_fetch(ImapAnswer const& answer) {
    std::string_view text = answer.text;
    if (!take_number(text)) return std::nullopt;
    auto const rest = behind(text, "FETCH");
    if (!rest || !rest->starts_with(" (") || !rest->ends_with(')')) return std::nullopt;
    Items items(rest->substr(2, rest->size() - 3), answer.literals);
    ImapFetched out;
    for (auto name = items.name(); !name.empty(); name = items.name()) {
        auto const value = items.value();
        if (!value) return std::nullopt;
        auto const word = base::lower_case(name);
        if (word == "uid") out.uid = number_in<std::uint32_t>(*value);
        if (word == "rfc822.size") out.bytes = number_in<std::uint64_t>(*value);
        if (word == "bodystructure") out.structure = std::string(*value);
        if (word == "flags") out.is_seen = base::lower_case(*value).find("\\seen") != std::string::npos;
        if (word == "body[]") out.body = items.said(*value);
    }
    return out;
}

std::string imap_quoted(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string imap_folder_name(std::string_view name) {
    std::string out;
    std::u32string others;
    auto const end_others = [&] {
        if (!others.empty()) out += '&' + modified_base64(others) + '-';
        others.clear();
    };
    while (!name.empty()) {
        auto const letter = take_letter(name);
        if (letter < 0x20 || letter > 0x7e) {
            others += letter;
            continue;
        }
        end_others();
        out += letter == '&' ? "&-" : std::string(1, static_cast<char>(letter));
    }
    end_others();
    return out;
}

}  // namespace kula::net
