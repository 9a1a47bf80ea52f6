#pragma once
/// @file
/// Who acts, from where and why, and how far they may see. Doors make an `Actor` from who signed in; every call that
/// changes something, or that shows what not everybody may see, carries one.

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/marking.hpp"
#include "base/readers.hpp"

namespace kula::base {

/// Need-to-know: what lies outside does not exist for its holder, so a room answers `not_found` and counts it nowhere.
class Clearance {
public:
    /// The system's own work, and whoever opened what is TLP:RED with a reason: nothing is hidden.
    static Clearance everything(std::optional<Uuid> person = std::nullopt);
    /// The national team: every organisation; of TLP:RED only what names this person. Absent for a program.
    static Clearance of_team(std::optional<Uuid> person);
    /// Records of and about these organisations only; none at all when empty, and nothing that is TLP:RED.
    static Clearance of(std::vector<Uuid> organisations);

    /// Every organisation's.
    [[nodiscard]] bool sees_everything() const { return everything_; }
    [[nodiscard]] bool may_see(Uuid const& organisation) const;
    /// Sorted, each once; empty for those who see everything.
    [[nodiscard]] std::vector<Uuid> const& organisations() const { return organisations_; }

    /// Whether the label lets through: under TLP:RED only its readers, and whom nothing is hidden from.
    [[nodiscard]] bool may_read(Tlp tlp, Readers const& readers) const {
        return tlp != Tlp::red || every_red_ || (person_ && readers.hold(*person_));
    }
    /// Whom nothing is hidden from: without being named.
    [[nodiscard]] bool reads_every_red() const { return every_red_; }
    /// Who may be named as a reader; absent for a program and for the system's own work.
    [[nodiscard]] std::optional<Uuid> const& person() const { return person_; }

    friend bool operator==(Clearance const&, Clearance const&) = default;

private:
    Clearance(bool everything, bool every_red) : everything_(everything), every_red_(every_red) {}

    bool everything_;
    bool every_red_;
    std::optional<Uuid> person_{};
    std::vector<Uuid> organisations_{};
};

struct Actor {
    std::string name;  ///< `user:<id>`, `token:<id>`, `system:<part>`, `console`; stored as `created_by`, `changed_by`.
    std::string origin{};  ///< The address that asked, as text; empty for the system's own work and the console.
    std::string why{};     ///< As the actor told it; empty where nothing was told. At most 1,000 bytes.
    Clearance clearance = Clearance::everything();
};

}  // namespace kula::base
