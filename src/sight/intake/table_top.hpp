#pragma once
// What stands at the top of a table.

#include <string>
#include <string_view>
#include <vector>

namespace kula::intake {

/// Its header, and the first row below it; empty where they are not there.
struct TableTop {
    std::vector<std::string> columns{};
    std::vector<std::string> cells{};
};

/// Of CSV, by the delimiter that its first line tells.
TableTop table_top(std::string_view beginning);

}  // namespace kula::intake
