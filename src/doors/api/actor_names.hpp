#pragma once
/// @file
/// Who `user:<id>` and `token:<id>` are: the names that people and tokens have now. For one answer: looks each up once.

#include <map>
#include <string>

#include "json.hpp"

namespace kula::access {
class Access;
}

namespace kula::api {

class ActorNames {
public:
    /// `access` outlives it.
    explicit ActorNames(access::Access const& access) : access_(access) {}
    /// A text; null for those who have no name, and for those who are gone.
    [[nodiscard]] Json of(std::string const& actor);

private:
    [[nodiscard]] Json look_up(std::string const& actor) const;

    access::Access const& access_;
    std::map<std::string, Json, std::less<>> names_{};
};

}  // namespace kula::api
