#pragma once
/// @file
/// A server's contract as commands: each operation is a noun, what is below it, and a verb.
///
/// `GET /api/v1/users/{id}/sessions` is `users sessions list ID`. The noun is the path without its parameters; the verb
/// follows from the method and what is answered, or is the path's last word where the operation is named after it
/// (`import_organisations` at `…/organisations/import`).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json.hpp"

namespace kula::client {

struct Parameter {
    enum class Place : std::uint8_t { path, query, header };
    std::string name;  ///< As in the contract; a query parameter's option has dashes for underlines.
    Place place;
    bool is_required;
    std::string description;
    Json schema;
    [[nodiscard]] std::string option() const;
};

struct Operation {
    std::vector<std::string> words;  ///< `users`, `sessions`.
    std::string verb;
    std::string method;  ///< `GET`.
    std::string path;    ///< With its `{parameters}`.
    std::string tag;
    std::string permission;
    std::string summary;
    std::string description;
    std::vector<Parameter> parameters;
    std::vector<std::string> body_types;  ///< Media types that it takes; empty: no body.
    Json body_schema;                     ///< Of its JSON body, where it takes one.
    std::string answer_type;              ///< Media type of a good answer; empty: no body.
    Json answer_schema;                   ///< Of a good JSON answer.
    std::string rows;                     ///< The member of the answer that holds the rows of a list; empty: no list.

    /// `users sessions list`.
    [[nodiscard]] std::string name() const;
    [[nodiscard]] std::vector<Parameter const*> at(Parameter::Place place) const;
    [[nodiscard]] Parameter const* parameter(Parameter::Place place, std::string_view name) const;
    [[nodiscard]] bool takes_json() const;
    /// Whether its body is a file as it is: something else than JSON.
    [[nodiscard]] bool takes_file() const;
    /// Whether a list is answered page by page.
    [[nodiscard]] bool is_paged() const { return !rows.empty() && parameter(Parameter::Place::query, "cursor"); }
    /// The schema of one row, or of the whole answer where it is no list.
    [[nodiscard]] Json const& row_schema() const;
};

struct Tag {
    std::string name;
    std::string description;
};

class Contract {
public:
    /// `invalid`: this is no contract. `json` is an OpenAPI 3.1 document.
    static base::Result<Contract> parse(std::string_view json);

    [[nodiscard]] std::vector<Operation> const& operations() const { return operations_; }
    [[nodiscard]] std::vector<Tag> const& tags() const { return tags_; }
    /// Reads what `changing` changes: `GET` of the same path.
    [[nodiscard]] Operation const* reader_of(Operation const& changing) const;

private:
    std::vector<Operation> operations_;
    std::vector<Tag> tags_;
};

}  // namespace kula::client
