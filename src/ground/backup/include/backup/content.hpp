#pragma once
/// @file
/// What a backup says about itself and what is in it. docs/backup-format.md tells how it lies in the file.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "seals/stream_key.hpp"
#include "storage/copying.hpp"

namespace kula::backup {

/// What stands first in a backup: enough to tell whether this program can restore it.
struct Opening {
    std::string program;  ///< Version of the Kula that made it.
    base::Instant made_at{};
    storage::Dialect database = storage::Dialect::sqlite;  ///< Whence it came; it can go to either.
    bool has_configuration = false;
    bool has_secret_key = false;  ///< Without it, a copy of secret.key is needed from elsewhere.
    std::vector<storage::AppliedScript> schema;
};

enum class PartKind : std::uint8_t { table, file, configuration, secret_key };

struct Part {
    PartKind kind = PartKind::file;
    std::string name;  ///< A table's; a path within the data folder; a file's own name. `/` between folders, no `..`.
    std::vector<std::string> columns{};  ///< Of a table.
};

/// What was in a part, as its maker counted it.
struct PartSum {
    std::int64_t bytes = 0;
    std::int64_t rows = 0;  ///< Of a table.
    std::string sha256;     ///< Hexadecimal.
};

/// All of a backup in figures.
struct Report {
    Opening opening;
    std::int64_t tables = 0;
    std::int64_t rows = 0;
    std::int64_t files = 0;
    std::int64_t plain_bytes = 0;  ///< Before compression.
    std::int64_t file_bytes = 0;   ///< Of the backup itself.
};

/// Who may open a backup. With neither, everybody who has the file.
struct Sealing {
    std::optional<std::string> passphrase{};  ///< 12 bytes and more.
    std::vector<seals::Recipient> recipients{};
    [[nodiscard]] bool is_sealed() const { return passphrase.has_value() || !recipients.empty(); }
};

/// What a sealed backup may be opened with.
struct Keys {
    std::optional<std::string> passphrase{};
    std::optional<seals::OpeningKey> key{};
};

constexpr std::size_t shortest_passphrase = 12;

/// Told now and then: the part in work, and how many bytes there were so far before compression.
using Progress = std::function<void(std::string_view part, std::int64_t bytes)>;

}  // namespace kula::backup
