#include "base/readers.hpp"

#include <algorithm>
#include <iterator>

namespace kula::base {

std::optional<Readers> Readers::of(std::vector<Uuid> people) {
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    if (people.size() > most) return std::nullopt;
    Readers out;
    out.people_ = std::move(people);
    return out;
}

std::optional<Readers> Readers::parse(std::string_view text) {
    std::vector<Uuid> people;
    while (!text.empty()) {
        auto const comma = std::min(text.find(','), text.size());
        auto const person = Uuid::parse(text.substr(0, comma));
        bool const ends_in_comma = comma + 1 == text.size();
        if (!person || ends_in_comma) return std::nullopt;
        people.push_back(*person);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return of(std::move(people));
}

bool Readers::hold(Uuid const& person) const { return std::binary_search(people_.begin(), people_.end(), person); }

std::string Readers::text() const {
    std::string out;
    for (auto const& person : people_) {
        if (!out.empty()) out += ',';
        out += person.text();
    }
    return out;
}

Readers common(Readers const& a, Readers const& b) {
    std::vector<Uuid> both;
    std::set_intersection(a.people().begin(), a.people().end(), b.people().begin(), b.people().end(),
                          std::back_inserter(both));
    return Readers::of(std::move(both)).value_or(Readers());
}

}  // namespace kula::base
