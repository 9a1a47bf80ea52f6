#pragma once
/// @file
/// What goes along with the next change that this thread writes, in that change's own transaction: both are kept or
/// neither. For what belongs to a request as a whole and is not the business of the room that serves it.

#include <functional>

#include "base/result.hpp"
#include "storage/session.hpp"

namespace kula::storage {

/// Rides with the first unit of work that this thread gives to `Database::write` and that succeeds; later ones go
/// without it. One at a time in a thread. It belongs to the thread that made it.
class Rider {
public:
    /// Called behind the unit, in its transaction, maybe more than once; a failed `Result` rolls both back and is what
    /// `write` yields.
    using Call = std::function<base::Result<void>(Session&)>;

    explicit Rider(Call call);
    ~Rider();
    Rider(Rider const&) = delete;
    Rider& operator=(Rider const&) = delete;

    /// Whether a unit was committed with it.
    [[nodiscard]] bool has_arrived() const { return has_arrived_; }

    // The database's side.

    /// The one of this thread that waits for a unit, if any.
    static Rider* waiting();
    base::Result<void> ride(Session& session) const { return call_(session); }
    void arrive() { has_arrived_ = true; }

private:
    Call const call_;
    bool has_arrived_ = false;
};

}  // namespace kula::storage
