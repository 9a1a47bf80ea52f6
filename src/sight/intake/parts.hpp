#pragma once
// Cells that are parts of something else: of a cell that holds several things, or of a line that is no row.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "row.hpp"

namespace re2 {
class RE2;
}

namespace kula::intake {

/// An RE2 expression whose named groups are cells.
class NamedGroups {
public:
    /// `invalid` for a faulty one, and for one without names.
    static base::Result<NamedGroups> parse(std::string const& expression);
    /// False where it matches nowhere in the text. A cell of the same name is told anew.
    bool take(std::string_view text, Cells& cells) const;

private:
    explicit NamedGroups(std::shared_ptr<re2::RE2 const> pattern) : pattern_(std::move(pattern)) {}
    std::shared_ptr<re2::RE2 const> pattern_;
};

/// How one cell is taken apart into cells beside it.
struct Apart {
    std::string column;
    std::string between{};  ///< One of these characters stands between pairs, unless in quotes…
    std::string equals{};   ///< … and this between a pair's name and its value.
    std::vector<NamedGroups> patterns{};
};

/// A cell that holds several things, of which each makes an event.
struct Several {
    std::string column;
    std::string between{};  ///< Characters; of texts only.
};

void take_apart(Apart const& apart, Row const& row, Cells& cells);
/// Empty where the cell holds no list.
std::vector<Json> elements_of(Several const& several, Row const& row);

/// Lines in front of rows and between them that tell cells of all rows behind.
class Notes {
public:
    explicit Notes(std::vector<std::string> const& expressions);
    /// False where the line is none.
    bool take(std::string_view line);
    /// Null where there are none yet. Changes with the next note.
    [[nodiscard]] Cells const* cells() const { return cells_.empty() ? nullptr : &cells_; }

private:
    std::vector<NamedGroups> patterns_{};
    Cells cells_{};
};

/// The comment that says that a delivery is whole.
class Ending {
public:
    /// An RE2 expression; none is missed where it is empty.
    explicit Ending(std::string const& expression);
    void take(std::string_view comment);
    [[nodiscard]] bool is_missing() const { return pattern_ != nullptr && !is_there_; }
    /// Of one that is missing.
    [[nodiscard]] std::string fault() const;

private:
    std::shared_ptr<re2::RE2 const> pattern_{};
    std::string last_{};  ///< Comment, its beginning.
    bool is_there_ = false;
};

}  // namespace kula::intake
