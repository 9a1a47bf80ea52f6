#include "net/negotiation.hpp"

#include <algorithm>

#include "text.hpp"

namespace kula::net {
namespace {

constexpr int full_weight = 1000;

/// Thousandths: of `q=0.8` 800; 1000 where nothing is told; 0 of what is malformed.
int weight_of(std::string_view parameters) {
    parameters = trimmed(parameters);
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
    for (auto const element : list_elements(accept_language)) {
        auto const semicolon = std::min(element.find(';'), element.size());
        auto const tag = trimmed(element.substr(0, semicolon));
        auto const language = base::parse_language(lower_case(tag.substr(0, tag.find('-'))));
        auto const weight = weight_of(element.substr(std::min(semicolon + 1, element.size())));
        if (!language || weight <= heaviest) continue;
        best = language;
        heaviest = weight;
    }
    return best;
}

}  // namespace kula::net
