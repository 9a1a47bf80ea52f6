#pragma once
// Letters are templates, filled in: Mustache in data/templates, one a language, the first line the subject. Pure.

#include <string>
#include <string_view>

#include <kainjow/mustache.hpp>

#include "base/instant.hpp"
#include "base/text.hpp"
#include "notify/letter.hpp"
#include "registry/team.hpp"

namespace kula::rounds {

/// Where the reader can answer.
struct AnswerLink {
    std::string address;
    base::Instant until;
};

/// `2026-11-27`, in UTC.
std::string day(base::Instant instant);
/// That of the contact, else of the team.
base::Language language_of(registry::Contact const& contact, registry::TeamContent const& team);
/// `team`, `email` and `phone`: who writes.
void add_sender(kainjow::mustache::data& values, registry::TeamContent const& team, base::Language language);
/// `link` and `until`.
void add_link(kainjow::mustache::data& values, AnswerLink const& link);
/// Subject, text and language of a program's letter; `form` is the template's name.
notify::Letter filled_in(std::string_view form, base::Language language, kainjow::mustache::data const& values);

}  // namespace kula::rounds
