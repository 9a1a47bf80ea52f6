#include "negotiation.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"

namespace kula::portal {
namespace {

constexpr int full_weight = 1000;
constexpr std::string_view white_space = " \t";

/// Thousandths: of `q=0.8` 800; 1000 where nothing is told; 0 of what is malformed.
int weight_of(std::string_view parameters) {
    parameters = base::trimmed(parameters, white_space);
    if (parameters.empty()) return full_weight;
    if (!parameters.starts_with("q=") && !parameters.starts_with("Q=")) return 0;
    auto const text = parameters.substr(2);
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
    if (text.size() > 1 && text[1] != '.') return 0;
    int weight = (text[0] - '0') * full_weight;
    int place = full_weight / 10;
    for (char const c : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (c < '0' || c > '9') return 0;
        weight += (c - '0') * place;
        place /= 10;
    }
    return std::min(weight, full_weight);
}

}  // namespace

std::optional<base::Language> preferred_language(std::string_view accept_language) {
    std::optional<base::Language> best;
    int heaviest = 0;
    while (!accept_language.empty()) {
        auto const end = std::min(accept_language.find(','), accept_language.size());
        auto const element = accept_language.substr(0, end);
        accept_language.remove_prefix(std::min(end + 1, accept_language.size()));
        auto const semicolon = std::min(element.find(';'), element.size());
        auto const tag = base::trimmed(element.substr(0, semicolon), white_space);
        std::string primary(tag.substr(0, tag.find('-')));
        for (auto& c : primary) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        auto const language = base::parse_language(primary);
        auto const weight = weight_of(element.substr(std::min(semicolon + 1, element.size())));
        if (!language || weight <= heaviest) continue;
        best = language;
        heaviest = weight;
    }
    return best;
}

}  // namespace kula::portal
