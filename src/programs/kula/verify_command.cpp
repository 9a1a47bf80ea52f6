#include "verify_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "backup_command.hpp"
#include "base/clock.hpp"
#include "exit_status.hpp"
#include "journal/journal.hpp"
#include "read_file.hpp"
#include "seals/digest.hpp"
#include "storage/database.hpp"
#include "upgrade.hpp"

namespace kula {
namespace {

struct VerifyOptions {
    std::string data{};
    std::string checkpoint{};
    std::string database{};
};

base::Result<std::optional<journal::Checkpoint>> checkpoint_of(VerifyOptions const& options) {
    if (options.checkpoint.empty()) return std::optional<journal::Checkpoint>();
    auto const text = read_file(options.checkpoint);
    if (!text) return text.error();
    auto parsed = journal::parse_checkpoint(*text);
    if (!parsed) return base::Error{parsed.error().fault, options.checkpoint + ": " + parsed.error().detail};
    return std::optional(std::move(*parsed));
}

int tell(journal::Verification const& verification, std::optional<journal::Checkpoint> const& checkpoint) {
    for (auto const& found : verification.breaks) fmt::print("{}\n", found.reason);
    if (!verification.holds()) {
        fmt::print(stderr, "kula verify: the trail is broken in {} places; {} entries were read\n",
                   verification.breaks.size(), verification.entries);
        return status_failed;
    }
    fmt::print("The trail holds: {} entries, {} of them erased, the last one's hash {}\n", verification.entries,
               verification.erased, verification.head.hash.empty() ? "-" : verification.head.hash);
    if (!checkpoint) {
        fmt::print(stderr,
                   "kula verify: without --checkpoint nobody can tell whether all of it was written anew or its "
                   "end was cut off\n");
        return status_ok;
    }
    fmt::print("It agrees with the checkpoint of entry {}, made {} with the key {}\n", checkpoint->head.sequence,
               base::to_text(checkpoint->at), seals::base64url(checkpoint->public_key));
    return status_ok;
}

int verify_journal(VerifyOptions const& options) {
    // Opening would make what is missing, and an empty trail holds.
    if (options.database.empty() && !std::filesystem::is_regular_file(options.data + "/kula.sqlite"))
        return failed("verify", options.data + " holds no kula.sqlite: it is no data folder");
    auto const checkpoint = checkpoint_of(options);
    if (!checkpoint) return failed("verify", checkpoint.error().detail);
    base::SystemClock const clock;
    auto const database = storage::Database::open({options.data, options.database, 1}, clock);
    if (!database) {
        return failed(
            "verify",
            database.error().detail +
                "\nWhile a server runs it owns its data folder: verify a copy of the folder instead. That needs "
                "no server, and proves the same.");
    }
    auto const schema = check_schema({options.data, options.database, 1});
    if (!schema) return failed("verify", schema.error().detail);
    auto const journal = journal::Journal::open(**database, clock);
    if (!journal) return failed("verify", journal.error().detail);
    auto const verification = (*journal)->verify(*checkpoint);
    if (!verification) return failed("verify", verification.error().detail);
    return tell(*verification, *checkpoint);
}

}  // namespace

void add_verify_command(CLI::App& app, int& status) {
    auto* const verify = app.add_subcommand("verify", "Prove that what was recorded is whole");
    verify->require_subcommand(1);
    add_verify_backup_command(*verify, status);
    auto* const command = verify->add_subcommand("journal", "The trail: no entry was altered, removed or moved");
    auto const options = std::make_shared<VerifyOptions>();
    command->add_option("--data", options->data, "A copy of the data folder; with --database, any folder to work in")
        ->required()
        ->check(CLI::ExistingDirectory);
    command->add_option("--checkpoint", options->checkpoint, "A signed checkpoint that was kept elsewhere")
        ->check(CLI::ExistingFile);
    command->add_option("--database", options->database, "PostgreSQL instead of SQLite in the data folder");
    command->footer(
        "\nPrints one line for each fault. Exit status: 0 the trail holds, 1 it does not or cannot be read, 2 wrong usage.\n"
        "A running server owns its data folder: verify a copy. docs/journal-format.md has a verifier without Kula.\n");
    command->callback([options, &status] { status = verify_journal(*options); });
}

}  // namespace kula
