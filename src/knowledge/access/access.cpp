#include "access/access.hpp"

#include "access_migrations.hpp"
#include "access_state.hpp"
#include "passkey_table.hpp"
#include "session_table.hpp"

namespace kula::access {

Access::Access(std::unique_ptr<State> state) : state_(std::move(state)) {}
Access::~Access() = default;

base::Result<std::unique_ptr<Access>> Access::open(storage::Database& database, journal::Journal& journal,
                                                   seals::SecretBox secrets, base::Clock const& clock,
                                                   Options options) {
    if (options.password_threads < 1 || options.password_threads > 4)
        return base::invalid("password_threads: is not from 1 to 4");
    if (options.password_cost.memory_kib < 8 || options.password_cost.passes < 1)
        return base::invalid("password_cost: is less than argon2id takes");
    if (auto const migrated = database.migrate(access_migrations()); migrated.has_error()) return migrated.error();
    auto state = std::make_unique<State>(database, journal, secrets, clock, std::move(options));
    return std::unique_ptr<Access>(new Access(std::move(state)));
}

base::Result<void> Access::tidy() {
    return state_->database.write(storage::Priority::bulk, [this](storage::Session& unit) {
        auto const now = state_->clock.now();
        session_table::remove_old(unit, state_->moment());
        secret_table::remove_old_links(unit, now);
        passkey_table::remove_old_challenges(unit, now);
    });
}

}  // namespace kula::access
