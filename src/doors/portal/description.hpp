#pragma once
// The team by the headings of RFC 2350, Appendix D. A heading that nothing stands under is left out; the numbers stay.

#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "registry/team.hpp"
#include "words.hpp"

namespace kula::portal {

struct Section {
    std::string_view number;  ///< `2.4`
    std::string title;
    std::string text;         ///< Empty where only sections below it say something.
    base::Language language;  ///< Of the text.
};

/// `origin`: `https://csirt.example`, under which the portal is reached.
std::vector<Section> description(registry::Team const& team, Words const& words, std::string const& origin);

/// The same to be kept as a file: lines of at most 72 letters, ended by a line feed.
std::string plain_description(registry::Team const& team, Words const& words, std::string const& origin);

/// `0123 4567 …`, as people compare it.
std::string readable_fingerprint(std::string_view fingerprint);
/// `Macedonian, Albanian`, in the language of the words.
std::string spoken_languages(registry::TeamContent const& content, Words const& words);
/// The team's name, or what such teams are called where it has told none.
std::string name_of(registry::TeamContent const& content, Words const& words);

}  // namespace kula::portal
