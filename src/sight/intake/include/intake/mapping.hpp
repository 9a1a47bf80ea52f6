#pragma once
/// @file
/// How a feed's rows become events: data, written by an analyst (docs/operate/mappings.md) or shipped in
/// `data/mappings`. Immutable; safe from any thread.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "events/event.hpp"
#include "events/folding.hpp"

namespace kula::intake {

class Row;
struct MappingRules;

/// How a mapping's deliveries are written.
struct Reading {
    enum class Form : std::uint8_t { csv, json, yaml, misp, lines };
    Form form = Form::csv;
    char delimiter = '\0';               ///< Of CSV; told by the header where it is none.
    std::vector<std::string> columns{};  ///< Of CSV without a header, and of lines: the pattern's groups.
    std::string comments{};              ///< Lines that begin with one of these characters are none.
    bool trims = false;                  ///< Blanks around cells are no part of them.
    std::string header{};                ///< Of CSV, RE2: its group is the header where that stands in a comment.
    std::vector<std::string>
        notes{};        ///< RE2: lines that are no rows but tell cells, their named groups, of those behind.
    std::string end{};  ///< RE2, of CSV and lines: a comment like this says that it is whole; without one it is not.
    /// JSON, also where YAML may come: rows are the elements of the list here (`data.items`), or the members of the
    /// object (`*`, `data.*`): each with the cells `name` and `value`.
    std::string each{};
    std::vector<std::string> beside{};  ///< Members of the outermost object, in front of the rows: cells of all rows.
    std::string pattern{};              ///< Of lines, RE2: one group a column. Other lines are no rows.
};

/// That a delivery is a block list: the present word of its source, not a log.
struct ListRules {
    std::vector<std::string> fields{};  ///< The first that an event has holds the indicator.
    std::uint8_t confidence = 50;       ///< Of each, 0 to 100.
};

/// What a delivery that is no log of events says of vulnerabilities, as the present word.
enum class VulnerabilityList : std::uint8_t {
    exploited,  ///< Which are known to be exploited.
    scores,     ///< How likely exploitation is.
};

class Mapping {
public:
    /// `invalid` names all members that are wrong, as `columns.seen` and `choices[0][1].when`, or the place where the
    /// text stops being JSON.
    static base::Result<Mapping> parse(std::string_view json);

    [[nodiscard]] std::string const& name() const;
    /// For people; empty where it has none.
    [[nodiscard]] std::string const& title() const;
    /// Another one for a mapping that says anything else.
    [[nodiscard]] std::string const& fingerprint() const;
    /// Names of IntelMQ parsers that do the same.
    [[nodiscard]] std::vector<std::string> const& intelmq_names() const;
    [[nodiscard]] Reading const& reading() const;
    /// Absent where each telling is an event.
    [[nodiscard]] std::optional<events::Folding> const& folding() const;
    /// Absent of a log.
    [[nodiscard]] std::optional<ListRules> const& list() const;
    /// Likewise; its rows make no events.
    [[nodiscard]] std::optional<VulnerabilityList> vulnerabilities() const;
    /// All that it says, for `parse`.
    [[nodiscard]] std::string const& text() const;
    /// Columns without which there are no events; of each list one.
    [[nodiscard]] std::vector<std::vector<std::string>> const& needed() const;
    /// Whether the row is none of those that events are made of.
    [[nodiscard]] bool skips(Row const& row) const;

    /// `invalid` says why the row is none of this mapping; columns are named.
    [[nodiscard]] base::Result<std::vector<events::Event>> events_of(Row const& row) const;
    /// The row's columns that nothing speaks of; none of a mapping that takes columns as they come.
    [[nodiscard]] std::vector<std::string> unknown_columns(Row const& row) const;

private:
    explicit Mapping(std::shared_ptr<MappingRules const> rules) : rules_(std::move(rules)) {}
    std::shared_ptr<MappingRules const> rules_;
};

/// The shipped ones.
class Mappings {
public:
    static Mappings const& shipped();

    /// By its own name, or by that of an IntelMQ parser: the first of `of_feed`.
    [[nodiscard]] std::optional<Mapping> find(std::string_view name) const;
    /// All that read the same feed, one for each form in which it comes: the one of this name, then those with `_csv`,
    /// `_json` or `_api` behind it; or those of an IntelMQ parser. Empty for a name that is none.
    [[nodiscard]] std::vector<Mapping> of_feed(std::string_view name) const;
    /// Shadowserver's report type that a file's name tells (`2026-01-31-scan_dns-….csv`), also one that is known where
    /// no date stands in front (`scan_dns.csv`); nothing for another name.
    [[nodiscard]] static std::optional<std::string> shadowserver_type(std::string_view file_name);
    /// Of a report type. One that is not known is read by the columns that mean the same in most types; its
    /// classification is undetermined.
    [[nodiscard]] static Mapping shadowserver(std::string_view type, Reading::Form form = Reading::Form::csv);
    [[nodiscard]] static bool knows_shadowserver(std::string_view type);
    /// Whether it is one of theirs, known or named like those that are.
    [[nodiscard]] static bool looks_like_shadowserver(std::string_view type);
    [[nodiscard]] std::vector<std::string> names() const;
    /// By name.
    [[nodiscard]] std::vector<Mapping> const& all() const { return mappings_; }

private:
    Mappings();
    std::vector<Mapping> mappings_;
};

}  // namespace kula::intake
