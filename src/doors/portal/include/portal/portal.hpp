#pragma once
/// @file
/// The public pages at `/`: in three languages, without JavaScript and without cookies, the same for everybody who
/// asks, but for two: who follows the link of a mail about findings sees what that mail was about, and can say how far
/// they are; who follows that of a mail about contacts sees these, and can say that they are right. What the others
/// tell is the registry's record of the team, and figures in which no organisation can be recognised; they never tell
/// who is registered.
///
/// Sources: RFC 2350 (description of the team), RFC 9116 (`security.txt`), RFC 9309 (`robots.txt`), RFC 9110 §12.5.4
/// (`Accept-Language`). Safe from any thread.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "events/store.hpp"
#include "net/router.hpp"
#include "registry/registry.hpp"

namespace kula::rounds {
class Answers;
class ContactLinks;
}  // namespace kula::rounds

namespace kula::portal {

/// What it tells of. All outlive it.
struct Rooms {
    registry::Registry const& registry;
    events::SightingStore const& sightings;
    base::Clock const& clock;
    rounds::Answers const* answers = nullptr;  ///< Of those who got mail about findings; null: no links are answered.
    rounds::ContactLinks const* contact_links = nullptr;  ///< Of those who are asked about contacts; null likewise.
};

/// Signs a text in the clear (RFC 4880 §7); fails where it cannot just now.
using Sign = std::function<base::Result<std::string>(std::string_view text)>;

/// The pages of a demo say that the team is invented, and ask search engines to stay away.
enum class Edition : std::uint8_t { production, demo };

class Portal {
public:
    /// `sign` is for `security.txt`, which goes unsigned without it, and for ten minutes where it failed.
    explicit Portal(Rooms rooms, Edition edition = Edition::production, Sign sign = {});
    ~Portal();
    Portal(Portal const&) = delete;
    Portal& operator=(Portal const&) = delete;

    /// `/`, `/mk/…`, `/sq/…`, `/en/…`, `/.well-known/security.txt` and what belongs to them; also the page for what
    /// does not exist, outside of `/api/` and `/desk/`. The portal outlives the router.
    void add_routes(net::Router& router) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kula::portal
