// The URLs among the observables.
#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "defanging.hpp"
#include "observable_finder.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t longest_scheme = 20;
constexpr std::size_t longest_authority = 512;

struct SchemeForm {
    std::string_view written;
    std::string_view meant;
};

constexpr SchemeForm defanged_schemes[] = {
    {"hxxp", "http"},   {"hxxps", "https"}, {"h**p", "http"},   {"h**ps", "https"}, {"h__p", "http"},
    {"h__ps", "https"}, {"hxtp", "http"},   {"hxtps", "https"}, {"htxp", "http"},   {"htxps", "https"},
    {"hzzp", "http"},   {"hzzps", "https"}, {"httx", "http"},   {"httxs", "https"}, {"meow", "http"},
    {"meows", "https"}, {"fxp", "ftp"},     {"fxps", "ftps"},   {"sfxp", "sftp"},
};

bool is_of_scheme(char c) {
    return base::is_letter(c) || base::is_digit(c) || c == '+' || c == '-' || c == '.' || c == '*' || c == '_';
}

bool is_separator(char c) { return c == ',' || c == ';'; }

std::string_view meant_by(std::string_view scheme) {
    auto const* const found =
        std::find_if(std::begin(defanged_schemes), std::end(defanged_schemes),
                     [&](SchemeForm const& each) { return each.written == base::lower_case(scheme); });
    return found == std::end(defanged_schemes) ? std::string_view() : found->meant;
}

// ASCII that ends a URL wherever it stands: RFC 3986 §2 has no place for it.
bool ends_url(char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' ||
           std::string_view("<>\"`|^\\").find(c) != std::string_view::npos;
}

constexpr std::string_view opening_marks = "([{";
constexpr std::string_view closing_marks = ")]}";
constexpr std::string_view of_the_sentence = ".,;:!?'*~";

}  // namespace

std::size_t ObservableFinder::url_end(std::size_t begin, std::size_t limit, std::string_view stops) const {
    std::size_t open[opening_marks.size()] = {};
    auto i = begin;
    while (i < limit) {
        char const c = plain_[i];
        if (static_cast<unsigned char>(c) >= 0x80) {
            auto const size = letter_size(i);
            if (size == 0) break;
            i += size;
            continue;
        }
        if (ends_url(c) || (is_separator(c) && begins_url(i + 1)) || stops.find(c) != std::string_view::npos) break;
        if (auto const kind = opening_marks.find(c); kind != std::string_view::npos) ++open[kind];
        if (auto const kind = closing_marks.find(c); kind != std::string_view::npos && open[kind]-- == 0) break;
        ++i;
    }
    return std::min(i, limit);
}

bool ObservableFinder::begins_url(std::size_t begin) const {
    auto i = begin;
    while (i < begin + longest_scheme && is_of_scheme(at(i))) ++i;
    return i > begin && plain_.substr(i, 3) == "://";
}

std::size_t ObservableFinder::trimmed_url_end(Span url, char opener) const {
    auto end = url.end;
    auto const is_of_text = [&](char c) {
        return of_the_sentence.find(c) != std::string_view::npos || opening_marks.find(c) != std::string_view::npos ||
               (c == opener && c == '_');
    };
    while (end > url.begin && is_of_text(plain_[end - 1])) --end;
    return end;
}

std::size_t ObservableFinder::read_colon(std::size_t colon) {
    if (plain_.substr(colon, 3) == "://") {
        auto const next = read_url(colon, {0, plain_.size()});
        return next > 0 ? next : colon + 3;
    }
    bool const may_be_v6 = at(colon + 1) == ':' && (colon == 0 || !is_of_name(plain_[colon - 1]));
    auto const next = may_be_v6 ? read_v6(colon) : 0;
    return next > 0 ? next : colon + 1;
}

std::size_t ObservableFinder::read_url(std::size_t colon, Span within) {
    auto begin = colon;
    while (begin > within.begin && colon - begin < longest_scheme && is_of_scheme(plain_[begin - 1])) --begin;
    auto written = part({begin, colon});
    written.remove_prefix(written.rfind('.') + 1);
    auto meant = meant_by(written);
    if (meant.empty()) {
        written.remove_prefix(written.find_last_of("*_") + 1);
        while (!written.empty() && !base::is_letter(written.front())) written.remove_prefix(1);
        auto const before = colon - written.size();
        bool const is_escaped = !written.empty() && before > within.begin && plain_[before - 1] == '\\';
        if (is_escaped) written.remove_prefix(1);  // `\nhttp://` of JSON
        meant = meant_by(written);
    }
    if (written.empty()) return 0;
    UrlStart start{colon - written.size(), base::lower_case(meant.empty() ? written : meant), colon + 3, within.end};
    start.is_defanged = !meant.empty();
    start.is_nested = within.begin > 0;
    return tell_url(start);
}

std::size_t ObservableFinder::read_bare_url(Span host) {
    auto const path = at(host.end) == ':' ? digits_end(host.end + 1) : host.end;
    bool const has_path = at(path) == '/' && (letter_size(path + 1) > 0 ||
                                              std::string_view("?%~_.#-").find(at(path + 1)) != std::string_view::npos);
    if (!has_path || path == host.end + 1) return 0;
    if (base::Address::parse(part({path + 1, std::min(word_end(path + 1), path + 1 + longest_authority)}))) return 0;
    return tell_url({host.begin, {}, host.begin, plain_.size()});
}

std::size_t ObservableFinder::tell_url(UrlStart const& start) {
    char const opener = start.begin > 0 ? plain_[start.begin - 1] : ' ';
    // A quote ends at the same quote, a cell of a table at the same separator, a URL within another's query with its
    // part.
    std::string stops(std::string_view("',;").find(opener) == std::string_view::npos ? 0 : 1, opener);
    if (start.is_nested) stops += '&';
    Span authority{start.authority, 0};
    authority.end = url_end(authority.begin, std::min(start.limit, authority.begin + longest_authority), stops + "/?#");
    bool const has_path =
        authority.end < start.limit && std::string_view("/?#").find(plain_[authority.end]) != std::string_view::npos;
    if (!has_path) authority.end = trimmed_url_end(authority, opener);
    auto const head = (start.scheme.empty() ? std::string() : start.scheme + "://") + std::string(part(authority));
    auto const root = canonical_url(head + "/");
    if (!root) return 0;

    Span path{authority.end, authority.end};
    if (has_path) {
        auto const limit = std::min(start.limit, text_.next_spaced(path.begin));
        path.end = trimmed_url_end({path.begin + 1, url_end(path.begin, limit, stops)}, opener);
    }
    bool const defanged = start.is_defanged || is_defanged({start.begin, authority.end});
    auto const url = canonical_url(head + (defanged ? std::string(part(path)) : text_.live(path.begin, path.end)));
    if (start.scheme.empty() && url && url->name == root->name) return 0;              // `example.com/.`
    if (url) tell(ObservableKind::url, url->name, {start.begin, path.end}, defanged);  // Else it is longer than any.
    tell_host(*root, authority);
    auto const inner = start.is_nested ? std::string_view::npos : part(path).find("://");
    if (inner != std::string_view::npos) static_cast<void>(read_url(path.begin + inner, path));
    return path.end;
}

void ObservableFinder::tell_host(CanonicalUrl const& url, Span authority) {
    auto host = authority;
    if (auto const sign = part(host).rfind('@'); sign != std::string_view::npos) host.begin += sign + 1;
    bool const is_bracketed = at(host.begin) == '[';
    if (is_bracketed) ++host.begin;
    host.end = host.begin + std::min(host.size(), part(host).find(is_bracketed ? ']' : ':'));
    if (url.address)
        tell(ObservableKind::address, url.address->text(), host, is_defanged(host), Told::as_host);
    else
        tell(ObservableKind::domain, std::string(host_of(url.name)), host, is_defanged(host), Told::as_host);
}

}  // namespace kula::formats
