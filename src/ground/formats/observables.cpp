#include "formats/observables.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "observable_finder.hpp"

namespace kula::formats {
namespace {

constexpr std::array<std::string_view, 11> observable_kinds = {"address", "prefix", "as",    "domain", "url", "md5",
                                                               "sha1",    "sha256", "email", "sha512", "cve"};
constexpr std::size_t longest_cut_word = 4096;

// No word is told by its beginning.
std::string_view whole_words(std::string_view text) {
    auto const cut = base::beginning(text, longest_observed_text);
    auto const blank = cut.find_last_of(base::blanks);
    return blank != std::string_view::npos && cut.size() - blank <= longest_cut_word ? cut.substr(0, blank) : cut;
}

}  // namespace

std::string_view to_text(ObservableKind kind) { return observable_kinds[static_cast<std::size_t>(kind)]; }

Observables find_observables(std::string_view text) {
    bool const is_long = text.size() > longest_observed_text;
    auto out = ObservableFinder(is_long ? whole_words(text) : text).run();
    out.is_cut = out.is_cut || is_long;
    return out;
}

}  // namespace kula::formats
