#include "journal/daily_checkpoint.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace kula::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view extension = ".checkpoint";
constexpr std::size_t longest_file = 4096;

auto day_of(base::Instant instant) { return std::chrono::floor<std::chrono::days>(instant); }

base::Error cannot(std::string_view what, fs::path const& path, int fault) {
    return base::unavailable(fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(fault)));
}

std::optional<Checkpoint> read(fs::path const& path) {
    std::ifstream in(path, std::ios::binary);
    std::string text(longest_file, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    auto checkpoint = parse_checkpoint(text);
    return checkpoint ? std::optional(std::move(*checkpoint)) : std::nullopt;
}

/// All of it is on disk when this returns well; the name is there only then.
base::Result<void> write(fs::path const& path, std::string_view text) {
    auto const unfinished = path.string() + ".new";
    int const file = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return cannot("write", unfinished, errno);
    int fault = 0;
    while (!text.empty() && fault == 0) {
        auto const written = ::write(file, text.data(), text.size());
        if (written < 0 && errno != EINTR) fault = errno;
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (fault == 0 && ::fsync(file) != 0) fault = errno;
    ::close(file);
    if (fault == 0 && ::rename(unfinished.c_str(), path.c_str()) != 0) fault = errno;
    if (fault == 0) return {};
    ::unlink(unfinished.c_str());
    return cannot("write", path, fault);
}

}  // namespace

base::Result<DailyCheckpoint> DailyCheckpoint::open(fs::path folder, Journal& journal, seals::SigningKey key,
                                                    base::Clock const& clock) {
    std::error_code fault;
    if (fs::create_directories(folder, fault)) fs::permissions(folder, fs::perms::owner_all, fault);
    if (fault) return cannot("make", folder, fault.value());
    auto state = std::unique_ptr<State>(new State{folder, journal, std::move(key), clock});
    for (auto const& entry : fs::directory_iterator(folder, fault)) {
        if (entry.path().extension() != extension) continue;
        auto found = read(entry.path());
        if (found && (!state->latest || found->at > state->latest->at)) state->latest = std::move(found);
    }
    if (fault) return cannot("read", folder, fault.value());
    return DailyCheckpoint(std::move(state));
}

base::Result<std::optional<fs::path>> DailyCheckpoint::sign_if_due() {
    auto const now = state_->clock.now();
    if (auto const last = latest(); last && day_of(last->at) == day_of(now)) return std::optional<fs::path>();
    auto const head = state_->journal.head();
    if (!head) return head.error();
    if (head->sequence == 0) return std::optional<fs::path>();

    auto const checkpoint = sign(*head, now, state_->key);
    auto const day = base::to_seconds_text(now).substr(0, 10);
    auto path = state_->folder / fmt::format("kula-journal-{}-{}{}", day, head->sequence, extension);
    if (auto const written = write(path, to_text(checkpoint)); !written) return written.error();
    {
        std::lock_guard const lock(state_->mutex);
        state_->latest = checkpoint;
    }
    auto const told = state_->journal.record(
        base::Actor{"system:journal"}, {"journal.checkpoint_signed",
                                        fmt::format("journal:{}", head->sequence),
                                        {},
                                        fmt::format(R"({{"sequence":{},"hash":"{}"}})", head->sequence, head->hash)});
    if (!told) return told.error();
    return std::optional(std::move(path));
}

std::optional<Checkpoint> DailyCheckpoint::latest() const {
    std::lock_guard const lock(state_->mutex);
    return state_->latest;
}

}  // namespace kula::journal
