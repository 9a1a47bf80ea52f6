#pragma once
/// @file
/// Teams for tests.

#include "registry/team.hpp"
#include "seals_testing/example_key.hpp"

namespace kula::portal::testing {

inline base::Text said(std::string const& en, std::string const& mk = {}, std::string const& sq = {}) {
    base::Text text;
    text.in(base::Language::en) = en;
    text.in(base::Language::mk) = mk;
    text.in(base::Language::sq) = sq;
    return text;
}

/// Says something under every heading.
inline registry::TeamContent full_team() {
    registry::TeamContent content;
    for (auto const& field : registry::team_texts()) {
        std::string const name(field.name);
        content.*field.value = said("The " + name + ".", "Тоа е " + name + ".", "Kjo është " + name + ".");
    }
    content.name = said("Example CSIRT", "Пример CSIRT", "CSIRT Shembull");
    content.short_name = "EX-CSIRT";
    content.country = "MK";
    content.address = said("Example Street 1\n1000 Exampleville");
    content.time_zone = "Europe/Skopje (CET, CEST)";
    content.phone = "+389 2 555 0100";
    content.fax = "+389 2 555 0101";
    content.emergency_phone = "+389 2 555 0199";
    content.email = "team@csirt.example";
    content.pgp_key = seals::testing::example_key;
    content.pgp_key.pop_back();  // The line break.
    content.pgp_fingerprint = seals::testing::example_fingerprint;
    content.pgp_user_id = "Example CSIRT <team@csirt.example>";
    content.website = "https://www.csirt.example/";
    content.languages = {"mk", "sq", "en"};
    content.locations = {"https://mirror.example/rfc2350.txt"};
    content.portal = "https://csirt.example";
    content.disclosure_policy = "https://csirt.example/policy";
    return content;
}

}  // namespace kula::portal::testing
