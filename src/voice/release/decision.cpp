#include "release/decision.hpp"

#include <array>
#include <utility>

namespace kula::release {
namespace {

template <class Value, std::size_t Count>
using Words = std::array<std::pair<Value, std::string_view>, Count>;

constexpr Words<Form, 4> forms{
    {{Form::openpgp, "openpgp"}, {Form::smime, "smime"}, {Form::plain, "plain"}, {Form::webhook, "webhook"}}};
constexpr Words<Verdict, 3> verdicts{
    {{Verdict::released, "released"}, {Verdict::held, "held"}, {Verdict::refused, "refused"}}};
constexpr Words<Reason, 12> reasons{{{Reason::encrypted, "encrypted"},
                                     {Reason::own_machine, "own_machine"},
                                     {Reason::label_allows_plain, "label_allows_plain"},
                                     {Reason::plain_is_agreed, "plain_is_agreed"},
                                     {Reason::no_key, "no_key"},
                                     {Reason::key_expired, "key_expired"},
                                     {Reason::key_revoked, "key_revoked"},
                                     {Reason::key_not_yet_valid, "key_not_yet_valid"},
                                     {Reason::key_cannot_encrypt, "key_cannot_encrypt"},
                                     {Reason::no_own_key, "no_own_key"},
                                     {Reason::red_by_role, "red_by_role"},
                                     {Reason::role_is_public, "role_is_public"}}};
constexpr Words<Addressed, 2> addressings{{{Addressed::by_role, "by_role"}, {Addressed::by_name, "by_name"}}};

template <class Value, std::size_t Count>
std::string_view word_of(Words<Value, Count> const& words, Value value) {
    for (auto const& [known, word] : words) {
        if (known == value) return word;
    }
    return {};
}
template <class Value, std::size_t Count>
std::optional<Value> of_word(Words<Value, Count> const& words, std::string_view text) {
    for (auto const& [known, word] : words) {
        if (word == text) return known;
    }
    return std::nullopt;
}

Reason hindrance(registry::KeyState state) {
    switch (state) {
        case registry::KeyState::expired: return Reason::key_expired;
        case registry::KeyState::revoked: return Reason::key_revoked;
        case registry::KeyState::not_yet_valid: return Reason::key_not_yet_valid;
        default: return Reason::key_cannot_encrypt;
    }
}

/// Whether it may travel where others can read it, and why.
std::optional<Reason> plain_reason(Question const& question) {
    bool const has_key = question.openpgp || question.smime;
    auto const tlp = question.marking.tlp;
    if (tlp == base::Tlp::red || question.marking.pap == base::Pap::red) return std::nullopt;
    // Whoever gave a key expects to be written to with it: one that is over is no reason to do without.
    if (tlp == base::Tlp::clear || (tlp == base::Tlp::green && !has_key)) return Reason::label_allows_plain;
    if (question.plain_agreed && tlp <= *question.plain_agreed) return Reason::plain_is_agreed;
    return std::nullopt;
}

}  // namespace

std::string_view to_text(Form form) { return word_of(forms, form); }
std::string_view to_text(Verdict verdict) { return word_of(verdicts, verdict); }
std::string_view to_text(Reason reason) { return word_of(reasons, reason); }
std::string_view to_text(Addressed addressed) { return word_of(addressings, addressed); }
std::optional<Form> parse_form(std::string_view text) { return of_word(forms, text); }
std::optional<Verdict> parse_verdict(std::string_view text) { return of_word(verdicts, text); }
std::optional<Reason> parse_reason(std::string_view text) { return of_word(reasons, text); }
std::optional<Addressed> parse_addressed(std::string_view text) { return of_word(addressings, text); }

Decision decide(Question const& question) {
    if (question.marking.tlp == base::Tlp::red && question.addressed == Addressed::by_role)
        return {Verdict::refused, Reason::red_by_role, Form::plain};
    if (question.is_public_role && question.marking.tlp != base::Tlp::clear)
        return {Verdict::refused, Reason::role_is_public, Form::plain};
    if (question.is_own_machine) return {Verdict::released, Reason::own_machine, Form::webhook};
    bool const openpgp = question.openpgp && is_usable(*question.openpgp);
    bool const smime = question.smime && is_usable(*question.smime);
    if (openpgp && question.own.openpgp) return {Verdict::released, Reason::encrypted, Form::openpgp};
    if (smime && question.own.smime) return {Verdict::released, Reason::encrypted, Form::smime};
    if (auto const reason = plain_reason(question)) return {Verdict::released, *reason, Form::plain};
    if (openpgp || smime) return {Verdict::held, Reason::no_own_key, openpgp ? Form::openpgp : Form::smime};
    if (question.openpgp) return {Verdict::held, hindrance(*question.openpgp), Form::openpgp};
    if (question.smime) return {Verdict::held, hindrance(*question.smime), Form::smime};
    return {Verdict::held, Reason::no_key, Form::plain};
}

}  // namespace kula::release
