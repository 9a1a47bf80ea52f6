#pragma once
// A place in a JSON file, by which what is wrong there can be named: `stages[0].rules[1].within`. What is asked for and
// is not so throws `WrongPlace`.

#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace kula::duties {

/// Its sentence names the place.
struct WrongPlace : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class JsonPlace {
public:
    /// The whole file; `json` outlives all places in it.
    explicit JsonPlace(nlohmann::json const& json) : json_(&json) {}

    /// An object with these members, all of `needed` and some of `others`.
    void expect_members(std::initializer_list<std::string_view> needed,
                        std::initializer_list<std::string_view> others = {}) const;
    /// A member that `expect_members` found.
    [[nodiscard]] JsonPlace at(char const* member) const;
    [[nodiscard]] std::optional<JsonPlace> find(char const* member) const;
    /// The entries of an array; empty where it is absent.
    [[nodiscard]] std::vector<JsonPlace> entries() const;
    [[nodiscard]] std::vector<JsonPlace> entries(char const* member) const;

    /// Not empty.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::string text(char const* member) const { return at(member).text(); }
    /// Small letters, digits and `_`.
    [[nodiscard]] std::string id() const;
    [[nodiscard]] int number(int least, int most) const;
    [[nodiscard]] bool truth() const;
    /// In all three languages.
    [[nodiscard]] base::Text words() const;

    [[noreturn]] void wrong(std::string_view why) const;

private:
    JsonPlace(nlohmann::json const& json, std::string path) : json_(&json), path_(std::move(path)) {}

    nlohmann::json const* json_;
    std::string path_{};  // Empty for the whole file.
};

}  // namespace kula::duties
