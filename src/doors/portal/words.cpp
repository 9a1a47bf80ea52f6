#include "words.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include <nlohmann/json.hpp>

#include "base/must.hpp"
#include "shipped_data.hpp"

namespace kula::portal {
namespace {

constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                            "July",    "August",   "September", "October", "November", "December"};

void flatten(nlohmann::json const& node, std::string const& path,
             std::map<std::string, std::string, std::less<>>& texts) {
    if (node.is_string()) {
        texts[path] = node.get<std::string>();
        return;
    }
    for (auto const& [key, value] : node.items()) flatten(value, path.empty() ? key : path + '.' + key, texts);
}

}  // namespace

Words::Words(base::Language language) : language_(language) {
    flatten(nlohmann::json::parse(shipped_data(fmt::format("i18n/portal.{}.json", base::to_text(language)))), "",
            texts_);
}

std::string Words::operator()(std::string_view key, Values values) const {
    auto const found = texts_.find(key);
    base::must(found != texts_.end(), "every text that a page asks for is in data/i18n");
    std::string out = found->second;
    for (auto const& [name, value] : values) {
        auto const place = fmt::format("{{{{{}}}}}", name);
        if (auto const at = out.find(place); at != std::string::npos) out.replace(at, place.size(), value);
    }
    return out;
}

std::string Words::or_else(std::string_view key, std::string_view fallback) const {
    auto const found = texts_.find(key);
    return found == texts_.end() ? std::string(fallback) : found->second;
}

std::string Words::day(base::Instant instant) const {
    std::chrono::year_month_day const date(std::chrono::floor<std::chrono::days>(instant));
    auto const day = static_cast<unsigned>(date.day());
    auto const month = static_cast<unsigned>(date.month());
    auto const year = static_cast<int>(date.year());
    if (language_ == base::Language::en) return fmt::format("{} {} {}", day, months[month - 1], year);
    return fmt::format("{}.{}.{}", day, month, year);
}

std::string Words::number(std::uint64_t number) const {
    constexpr std::array<std::string_view, base::languages.size()> between{".", "\u00a0", ","};
    auto out = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(out.size()) - 3; at > 0; at -= 3)
        out.insert(static_cast<std::size_t>(at), between[static_cast<std::size_t>(language_)]);
    return out;
}

std::string_view own_name(base::Language language) {
    constexpr std::array<std::string_view, base::languages.size()> names{"Македонски", "Shqip", "English"};
    return names[static_cast<std::size_t>(language)];
}

}  // namespace kula::portal
