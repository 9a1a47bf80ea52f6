#pragma once
/// @file
/// Who acts, from where and why, and how far they may see. Doors make an `Actor` from who signed in; every call that
/// changes something, or that shows what not everybody may see, carries one.

#include <string>
#include <vector>

#include "base/id.hpp"

namespace kula::base {

/// Need-to-know: what lies outside does not exist for its holder, so a room answers `not_found` and counts it nowhere.
class Clearance {
public:
    /// The national team, and the system's own work.
    static Clearance everything() { return Clearance(true, {}); }
    /// Records of and about these organisations only; none at all when empty.
    static Clearance of(std::vector<Uuid> organisations);

    [[nodiscard]] bool sees_everything() const { return everything_; }
    [[nodiscard]] bool may_see(Uuid const& organisation) const;
    /// Sorted, each once; empty for those who see everything.
    [[nodiscard]] std::vector<Uuid> const& organisations() const { return organisations_; }

private:
    Clearance(bool everything, std::vector<Uuid> organisations)
        : everything_(everything), organisations_(std::move(organisations)) {}

    bool everything_;
    std::vector<Uuid> organisations_;
};

struct Actor {
    std::string name;  ///< `user:<id>`, `token:<id>`, `system:<part>`, `console`; stored as `created_by`, `changed_by`.
    std::string origin{};  ///< The address that asked, as text; empty for the system's own work and the console.
    std::string why{};     ///< As the actor told it; empty where nothing was told. At most 1,000 bytes.
    Clearance clearance = Clearance::everything();
};

}  // namespace kula::base
