#pragma once
/// @file
/// What a finding means and what its owner does about it, in plain words and three languages:
/// `data/findings/advice.json`. Immutable; safe from any thread.

#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace kula::findings {

struct Advice {
    base::Text title{};               ///< A few words.
    base::Text what{};                ///< What it is and why it matters: one to three sentences.
    std::vector<base::Text> steps{};  ///< What to do, in this order: two to five.
};

/// The most specific there is: for the problem (an identifier or a malware's name, in either case), else for the type
/// of RSIT, else for its class, else what is said where nothing is known. Lives as long as the program.
[[nodiscard]] Advice const& advice_for(std::string_view rsit_class, std::string_view type, std::string_view problem);

}  // namespace kula::findings
