#pragma once
/// @file
/// Walks over a text once and tells its observables. Inside the room. What counts is said in the face.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/address.hpp"
#include "formats/observables.hpp"
#include "formats/url.hpp"
#include "refanged_text.hpp"

namespace kula::formats {

class ObservableFinder {
public:
    /// `given` outlives this.
    explicit ObservableFinder(std::string_view given) : text_(given), plain_(text_.plain()) {}

    /// Once.
    Observables run();

private:
    /// [begin, end) of the plain text.
    struct Span {
        std::size_t begin = 0;
        std::size_t end = 0;
        [[nodiscard]] std::size_t size() const { return end - begin; }
    };
    /// A URL on its way: where it begins, its scheme in canonical form (or none), where the authority begins.
    struct UrlStart {
        std::size_t begin = 0;
        std::string scheme{};
        std::size_t authority = 0;
        std::size_t limit = 0;     ///< The URL ends there at the latest.
        bool is_defanged = false;  ///< Its scheme was.
        bool is_nested = false;    ///< It stands in the path or query of another.
    };

    // Each looks at what begins at a place and says where to go on; 0 if it is nothing of that kind.
    std::size_t read_word(std::size_t begin);
    std::size_t read_email(Span word);
    std::size_t read_v6(std::size_t begin);
    std::size_t read_v4(Span word);
    std::size_t read_prefix(Span address, base::Address value);
    std::size_t read_name(Span word, std::size_t word_end);
    std::size_t read_number_of_as(Span word);
    std::size_t read_colon(std::size_t colon);
    std::size_t read_url(std::size_t colon, Span within);
    std::size_t read_bare_url(Span host);
    std::size_t tell_url(UrlStart const& start);
    void tell_host(CanonicalUrl const& url, Span authority);
    void tell_hash_or_cve(Span word);

    [[nodiscard]] char at(std::size_t i) const { return i < plain_.size() ? plain_[i] : '\0'; }
    [[nodiscard]] std::string_view part(Span span) const { return plain_.substr(span.begin, span.size()); }
    /// How many bytes the letter, digit or mark at `i` takes; 0 if there is none.
    [[nodiscard]] std::size_t letter_size(std::size_t i) const;
    /// Does a word go on at `i`, but for dots?
    [[nodiscard]] bool is_joined(std::size_t i) const { return letter_size(i) > 0 || at(i) == '-' || at(i) == '_'; }
    [[nodiscard]] std::size_t word_end(std::size_t begin) const;
    /// Without the marks at its ends that are of the sentence or of Markdown.
    [[nodiscard]] Span trimmed(Span word) const;
    [[nodiscard]] bool is_defanged(Span span) const;
    [[nodiscard]] bool is_proven(Span span) const;
    [[nodiscard]] bool is_version(std::size_t begin) const;
    [[nodiscard]] bool may_be_name(Span word) const;
    [[nodiscard]] std::size_t digits_end(std::size_t begin) const;

    /// The end of what may be of a URL from `begin` on; `stops` end it as well.
    [[nodiscard]] std::size_t url_end(std::size_t begin, std::size_t limit, std::string_view stops) const;
    /// A scheme and `://`?
    [[nodiscard]] bool begins_url(std::size_t begin) const;
    [[nodiscard]] std::size_t trimmed_url_end(Span url, char opener) const;

    enum class Told : std::uint8_t { by_itself, as_host };
    void tell(ObservableKind kind, std::string value, Span span, bool is_defanged, Told told = Told::by_itself);
    void tell(ObservableKind kind, std::string value, Span span) {
        tell(kind, std::move(value), span, is_defanged(span));
    }

    RefangedText text_;
    std::string_view plain_;
    Observables out_;
    std::unordered_map<std::string, std::size_t> places_;  ///< By kind and value, into `out_.found`.
};

}  // namespace kula::formats
