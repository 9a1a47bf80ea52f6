#pragma once
// GnuPG through GPGME, each time in a home of its own.

#include <gpgme.h>

#include <memory>
#include <string>

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

}  // namespace kula::seals::openpgp
