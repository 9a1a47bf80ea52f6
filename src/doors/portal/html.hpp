#pragma once
// Pages are made of values, not of text: whatever is put in as text is escaped, and there is no way to put in markup
// but through elements. Nothing here can write a script, a style attribute or a link that a browser would run.

#include <string>
#include <string_view>
#include <vector>

namespace kula::portal {

struct Attribute {
    std::string_view name;
    std::string value{};
};

/// A piece of a page; well-formed by itself.
class Html {
public:
    Html() = default;
    Html(std::string_view text);  // NOLINT(google-explicit-constructor): text is always safe to put in.
    Html(std::string const& text) : Html(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
    Html(char const* text) : Html(std::string_view(text)) {}         // NOLINT(google-explicit-constructor)

    Html& operator+=(Html const& next) {
        markup_ += next.markup_;
        return *this;
    }
    friend Html operator+(Html first, Html const& next) { return first += next; }
    [[nodiscard]] bool is_empty() const { return markup_.empty(); }
    [[nodiscard]] std::string const& markup() const { return markup_; }

    /// Names are words of ours; `script`, `on…` and `style` are a bug (`std::logic_error`).
    friend Html element(std::string_view name, std::vector<Attribute> const& attributes, Html const& inside);
    /// One that has no inside: `meta`, `link`, `br`.
    friend Html empty_element(std::string_view name, std::vector<Attribute> const& attributes);
    /// `<!DOCTYPE html>` before the whole.
    friend std::string document(Html const& html);

private:
    std::string markup_{};
};

Html element(std::string_view name, std::vector<Attribute> const& attributes, Html const& inside);
Html empty_element(std::string_view name, std::vector<Attribute> const& attributes = {});
std::string document(Html const& html);
inline Html element(std::string_view name, Html const& inside) { return element(name, {}, inside); }

/// A link where `to` is a path of ours, `https:`, `http:`, `mailto:` or `tel:`; otherwise only what is inside.
Html link(std::string_view to, Html const& inside, std::vector<Attribute> attributes = {});
/// Paragraphs, parted by empty lines; other line breaks stay.
Html paragraphs(std::string_view text);

}  // namespace kula::portal
