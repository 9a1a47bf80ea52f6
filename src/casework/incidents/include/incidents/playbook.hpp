#pragma once
/// @file
/// What is to be thought of in an incident, by its class and type: checklists as data, `data/incidents/playbooks.json`,
/// and how far one has come. Immutable; safe from any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace kula::incidents {

struct PlaybookPhase {
    std::string id;
    base::Text name;
};

/// One that stands in several playbooks is one: done stays done when an incident's type changes.
struct PlaybookStep {
    std::string id;
    std::string phase;
    base::Text text;
};

struct Playbook {
    std::string id;
    base::Text name;
    std::vector<std::string> classes{}, types{};  ///< Of RSIT, for which it is.
    std::vector<PlaybookStep> steps{};            ///< In their order.
};

class Playbooks {
public:
    /// Fails with `invalid`, which names it, where an id is missing or there twice, a text is missing in a language, a
    /// playbook has no steps or one that is not there, or a class or type has two.
    static base::Result<Playbooks> parse(std::string_view json);
    static Playbooks const& shipped();

    [[nodiscard]] std::vector<PlaybookPhase> const& phases() const { return phases_; }
    /// That of the type, else of the class; null where there is none.
    [[nodiscard]] Playbook const* of(std::string_view rsit_class, std::string_view rsit_type) const;
    /// Of any playbook; null where there is none.
    [[nodiscard]] PlaybookStep const* step(std::string_view id) const;

private:
    std::vector<PlaybookPhase> phases_{};
    std::vector<PlaybookStep> steps_{};
    std::vector<Playbook> playbooks_{};
};

enum class CheckState : std::uint8_t {
    open,
    done,
    left_out,  ///< It is not for this incident; a reason tells why.
};
std::string_view to_text(CheckState state);
std::optional<CheckState> parse_check_state(std::string_view text);

/// How a step stands that is not open.
struct Check {
    std::string step{};
    CheckState state = CheckState::open;
    base::Instant at{};
    std::string by{};    ///< An actor.
    std::string note{};  ///< Of what was left out its reason.
};

}  // namespace kula::incidents
