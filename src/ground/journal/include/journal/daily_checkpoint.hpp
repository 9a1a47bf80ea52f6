#pragma once
/// @file
/// A checkpoint a day by itself: a file in a folder beside the database, to be copied off this machine
/// (docs/journal-format.md). Its file names are `kula-journal-2026-11-25-1042.checkpoint`: the day in UTC, the
/// sequence.

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "journal/checkpoint.hpp"
#include "journal/journal.hpp"
#include "seals/signing_key.hpp"

namespace kula::journal {

class DailyCheckpoint {
public:
    /// Makes the folder (0700) where it is missing, and looks for the latest checkpoint in it; a file that is none is
    /// passed over. Journal and clock outlive it. `unavailable` names the folder.
    static base::Result<DailyCheckpoint> open(std::filesystem::path folder, Journal& journal, seals::SigningKey key,
                                              base::Clock const& clock);

    /// Signs where the chain stands, unless there is a checkpoint of this day (UTC) or the chain is empty. To be called
    /// every few minutes. Yields the new file; it is on disk before the trail is told of it
    /// (`journal.checkpoint_signed` by `system:journal`). `unavailable` where it cannot be written: the next call tries
    /// again.
    base::Result<std::optional<std::filesystem::path>> sign_if_due();
    /// Safe from any thread, beside one that signs.
    [[nodiscard]] std::optional<Checkpoint> latest() const;

private:
    struct State {
        std::filesystem::path folder;
        Journal& journal;
        seals::SigningKey key;
        base::Clock const& clock;
        mutable std::mutex mutex{};
        std::optional<Checkpoint> latest{};
    };
    explicit DailyCheckpoint(std::unique_ptr<State> state) : state_(std::move(state)) {}
    std::unique_ptr<State> state_;
};

}  // namespace kula::journal
