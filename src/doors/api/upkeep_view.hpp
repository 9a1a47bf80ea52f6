#pragma once
/// @file
/// How the server keeps house: what is kept how long and how much there is, warning lists, tables of AS numbers and
/// countries, and how far the trail is
/// signed. Settings are shown as they stand; they are options of the program and changed there.

#include "api/doors.hpp"
#include "base/result.hpp"
#include "json.hpp"

namespace kula::api {

class UpkeepView {
public:
    /// Both outlive it.
    UpkeepView(Rooms const& rooms, About const& about) : rooms_(rooms), about_(about) {}

    /// Schema `Upkeep`. Safe from any thread.
    [[nodiscard]] base::Result<Json> upkeep() const;

private:
    [[nodiscard]] base::Result<Json> retention() const;
    [[nodiscard]] Json warning_lists() const;
    [[nodiscard]] Json tables() const;
    [[nodiscard]] base::Result<Json> trail() const;

    Rooms const& rooms_;
    About const& about_;
};

}  // namespace kula::api
