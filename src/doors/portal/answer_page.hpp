#pragma once
// The page behind the link of a mail about findings: what it was about, and a form to say how far one is. It shows what
// that mail told, and nothing else.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "findings/state.hpp"
#include "page.hpp"
#include "rounds/answers.hpp"

namespace kula::portal {

/// Findings that can be answered one by one; of more than these only all together.
constexpr std::size_t most_choices = 100;

enum class AnswerNote : std::uint8_t { none, thanks, reason_needed, not_understood };

/// `path` is its address behind the language.
Page answer_page(Visit const& visit, rounds::Asked const& asked, std::string_view path, AnswerNote note);
/// For a link that is none of ours, or over.
Page no_answer_page(Visit const& visit, std::string_view path);

/// A filled-in form; an answer that is none stays empty.
struct AnswerForm {
    std::optional<findings::State> answer{};
    std::string reason{};
    std::vector<findings::FindingId> findings{};
    bool has_choices = false;  ///< Findings were offered one by one.
};
/// Nothing where it is no form of this page.
std::optional<AnswerForm> answer_form(net::Request const& request);

}  // namespace kula::portal
