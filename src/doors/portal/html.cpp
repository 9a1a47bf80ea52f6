#include "html.hpp"

#include <algorithm>
#include <array>

#include "base/must.hpp"
#include "formats/markup.hpp"

namespace kula::portal {
namespace {

using formats::escaped;

bool is_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

std::string opened(std::string_view name, std::vector<Attribute> const& attributes) {
    base::must(is_name(name) && name != "script" && name != "style", "an element's name is one of ours");
    std::string out = "<" + std::string(name);
    for (auto const& [attribute, value] : attributes) {
        base::must(is_name(attribute) && attribute.substr(0, 2) != "on" && attribute != "style",
                   "an attribute's name is one of ours");
        out.append(" ").append(attribute).append("=\"").append(escaped(value)).append("\"");
    }
    return out + ">";
}

bool is_safe_target(std::string_view to) {
    constexpr std::array<std::string_view, 5> schemes{"https://", "http://", "mailto:", "tel:", "#"};
    if (to.starts_with('/')) return !to.starts_with("//");
    return std::any_of(schemes.begin(), schemes.end(), [to](auto const scheme) { return to.starts_with(scheme); });
}

}  // namespace

Html::Html(std::string_view text) : markup_(escaped(text)) {}

Html element(std::string_view name, std::vector<Attribute> const& attributes, Html const& inside) {
    Html out;
    out.markup_ = opened(name, attributes) + inside.markup_ + "</" + std::string(name) + ">";
    return out;
}

Html empty_element(std::string_view name, std::vector<Attribute> const& attributes) {
    Html out;
    out.markup_ = opened(name, attributes);
    return out;
}

std::string document(Html const& html) { return "<!DOCTYPE html>\n" + html.markup_ + "\n"; }

Html link(std::string_view to, Html const& inside, std::vector<Attribute> attributes) {
    if (!is_safe_target(to)) return inside;
    attributes.insert(attributes.begin(), {"href", std::string(to)});
    return element("a", attributes, inside);
}

Html paragraphs(std::string_view text) {
    Html out;
    Html paragraph;
    auto const close = [&] {
        if (!paragraph.is_empty()) out += element("p", paragraph);
        paragraph = Html();
    };
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find_first_not_of(" \t") == std::string_view::npos) {
            close();
            continue;
        }
        if (!paragraph.is_empty()) paragraph += empty_element("br");
        paragraph += line;
    }
    close();
    return out;
}

}  // namespace kula::portal
