#include "findings/advice.hpp"

#include <deque>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "shipped_data.hpp"

namespace kula::findings {
namespace {

using Json = nlohmann::json;
using ByName = std::map<std::string, Advice const*, std::less<>>;

base::Text text_of(Json const& json) {
    base::Text text;
    for (auto const language : base::languages)
        text.in(language) = json.at(std::string(base::to_text(language))).get<std::string>();
    return text;
}

Advice advice_of(Json const& json) {
    Advice advice{text_of(json.at("title")), text_of(json.at("what"))};
    for (auto const& step : json.at("do")) advice.steps.push_back(text_of(step));
    return advice;
}

struct Book {
    std::deque<Advice> entries{};  ///< What the maps point to stays where it is.
    ByName classes{}, types{}, problems{};
};

void add(ByName& names, Json const& entry, char const* member, Advice const& advice) {
    for (auto const& name : entry.value(member, Json::array())) {
        auto const is_new = names.emplace(name.get<std::string>(), &advice).second;
        base::must(is_new, "data/findings/advice.json says once what is to be done");
    }
}

Book book_of(std::string_view json) {
    Book book;
    auto const document = Json::parse(json);
    for (auto const& entry : document.at("advice")) {
        auto const& advice = book.entries.emplace_back(advice_of(entry));
        add(book.classes, entry, "classes", advice);
        add(book.types, entry, "types", advice);
        add(book.problems, entry, "problems", advice);
    }
    return book;
}

Advice const* in(ByName const& names, std::string_view name) {
    auto const found = names.find(name);
    return found == names.end() ? nullptr : found->second;
}

}  // namespace

Advice const& advice_for(std::string_view rsit_class, std::string_view type, std::string_view problem) {
    static Book const book = book_of(shipped_data("findings/advice.json"));
    if (auto const* const advice = in(book.problems, base::lower_case(problem))) return *advice;
    if (auto const* const advice = in(book.types, type)) return *advice;
    if (auto const* const advice = in(book.classes, rsit_class)) return *advice;
    return *book.classes.at("other");
}

}  // namespace kula::findings
