#pragma once
// GnuPG through GPGME, each time in a home of its own.

#include <gpgme.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

namespace kula::seals::openpgp {

/// Whether an agent may start, without which GnuPG does nothing with a secret key: one in disguise finds nobody to take
/// it.
enum class Agent : bool { none, started };

/// An empty home, its owner's alone, gone afterwards; an agent ends when it sees that. With an agent it lies in memory
/// (`/dev/shm`) where there is some, so that no disk ever holds the key.
class Home {
public:
    explicit Home(Agent agent);
    ~Home();
    Home(Home const&) = delete;
    Home& operator=(Home const&) = delete;

    [[nodiscard]] std::string const& path() const { return path_; }  ///< Empty where none could be made.

private:
    std::string path_;
};

/// Removes the homes of processes of ours that ended before they could.
void remove_abandoned_homes();

struct Release {
    void operator()(gpgme_ctx_t context) const { gpgme_release(context); }
    void operator()(gpgme_data_t data) const { gpgme_data_release(data); }
    void operator()(gpgme_key_t key) const { gpgme_key_unref(key); }
};
using Context = std::unique_ptr<gpgme_context, Release>;
using Data = std::unique_ptr<gpgme_data, Release>;
using Key = std::unique_ptr<_gpgme_key, Release>;

/// Null where GnuPG cannot be run.
Context new_context(Home const& home);

/// One use of GnuPG: some tenths of a second as a rule, more on a machine that is short of everything.
constexpr std::chrono::seconds longest_use{30};

/// Ends GnuPG and its agent when they do not answer: every process that runs in this home. What is asked of a context
/// comes back with a fault then. (GPGME itself looks whether it was cancelled only when it is told something.)
class Deadline {
public:
    explicit Deadline(Home const& home, std::chrono::milliseconds time = longest_use);

    [[nodiscard]] bool is_over() const { return is_over_; }

private:
    std::atomic<bool> is_over_ = false;
    std::jthread watch_;
};

/// Whether the fault is that GnuPG, or its agent, is not there.
bool is_missing(gpgme_error_t fault);

}  // namespace kula::seals::openpgp
