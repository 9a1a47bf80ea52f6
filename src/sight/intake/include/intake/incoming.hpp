#pragma once
/// @file
/// What comes, and which mapping reads it. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "intake/mapping.hpp"

namespace kula::intake {

struct Incoming {
    std::string name;    ///< As the sender named it.
    std::string source;  ///< Whose delivery it is; its mapping's name unless there are several of it.
    Mapping mapping;
    std::optional<std::string> remark{};  ///< What an operator should know of the mapping itself.
};

/// What is told of a file; empty where nothing is.
struct FileTold {
    std::string name{};     ///< Its own, as the sender named it, without folders.
    std::string source{};   ///< Of a shipped mapping, of the IntelMQ parser that does the same, or any other.
    std::string format{};   ///< `auto`, `shadowserver`, `shadowserver/<type>`, or the name of a shipped mapping.
    std::string mapping{};  ///< In JSON.
};

/// For a database.
std::string to_json(FileTold const& told);
/// What that wrote; nothing of any other text.
std::optional<FileTold> file_told_from(std::string_view json);

/// Whether a source of this name says how its files are read: it is Shadowserver, a shipped mapping's, or an IntelMQ
/// parser's.
bool tells_how(std::string const& source);

/// By `mapping`; else by `format`; else by `source`, where it names one; else by the file's name, where it is one of
/// Shadowserver's, by the content's beginning (`content_format.hpp`), by the names in
/// JSON, and by a table's columns.
/// `invalid` says what is wrong with the mapping, or that there is none of this name; `not_found` why nothing tells
/// how it is to be read.
base::Result<Incoming> incoming_of(FileTold const& told, std::string_view beginning = {});

}  // namespace kula::intake
