#include "storage/database.hpp"

#include <algorithm>

#include "base/must.hpp"
#include "data_folder.hpp"
#include "endpoint.hpp"
#include "readers.hpp"
#include "run_migrations.hpp"
#include "storage/rider.hpp"
#include "writer.hpp"

namespace kula::storage {
namespace {

class OpenDatabase final : public Database {
public:
    OpenDatabase(DataFolder folder, Endpoint const& endpoint, std::size_t readers, base::Clock const& clock)
        : folder_(std::move(folder)),
          dialect_(endpoint.dialect),
          clock_(clock),
          writer_(endpoint),
          readers_(endpoint, readers) {}

    base::Result<void> migrate(Migrations const& migrations) override {
        return run_migrations(*this, migrations, clock_);
    }

    base::Result<void> health() const override {
        auto const answers = read([](Session const& session) { return session.value<std::int64_t>("select 1"); });
        if (answers.has_error()) return answers.error();
        if (auto const trouble = writer_.trouble()) return *trouble;
        return {};
    }

    base::Result<std::int64_t> used_bytes() const override {
        return read([](Session const& session) {
            if (session.dialect() == Dialect::postgresql) {
                return session.value<std::int64_t>("select pg_database_size(current_database())");
            }
            auto const pages = session.value<std::int64_t>("select page_count from pragma_page_count()");
            auto const free = session.value<std::int64_t>("select freelist_count from pragma_freelist_count()");
            return (pages - free) * session.value<std::int64_t>("select page_size from pragma_page_size()");
        });
    }

    base::Result<std::int64_t> give_back_space(std::int64_t bytes) override {
        if (dialect_ == Dialect::postgresql) return 0;
        auto const before = file_size();
        if (before.has_error()) return before;
        auto const done = writer_.run_alone(
            [bytes](Connection& connection) { connection.release_pages(std::max<std::int64_t>(1, bytes / 4096)); });
        if (done.has_error()) return done.error();
        auto const after = file_size();
        if (after.has_error()) return after;
        return *before - *after;
    }

    Dialect dialect() const override { return dialect_; }
    std::filesystem::path const& folder() const override { return folder_.path(); }

protected:
    base::Result<void> run_write(Priority priority, WriteUnit const& unit) override {
        auto* const rider = Rider::waiting();
        if (rider == nullptr) return writer_.run(priority, unit);
        auto done = writer_.run(priority, [&](Session& session) -> base::Result<void> {
            auto const first = unit(session);
            return first ? rider->ride(session) : first;
        });
        if (done) rider->arrive();
        return done;
    }
    base::Result<void> run_read(ReadUnit const& unit) const override { return readers_.run(unit); }

private:
    base::Result<std::int64_t> file_size() const {
        return read([](Session const& session) {
            return session.value<std::int64_t>("select page_count from pragma_page_count()") *
                   session.value<std::int64_t>("select page_size from pragma_page_size()");
        });
    }

    DataFolder folder_;
    Dialect dialect_;
    base::Clock const& clock_;
    mutable Writer writer_;
    mutable Readers readers_;
};

}  // namespace

base::Result<std::unique_ptr<Database>> Database::open(DatabaseOptions options, base::Clock const& clock) {
    auto const endpoint = endpoint_of(options);
    if (endpoint.has_error()) return endpoint.error();
    auto folder = DataFolder::own(options.folder);
    if (folder.has_error()) return folder.error();
    auto const readers = std::clamp<std::size_t>(options.readers, 1, 64);
    std::unique_ptr<Database> database = std::make_unique<OpenDatabase>(std::move(*folder), *endpoint, readers, clock);
    // The writer first: it makes the file that readers only open.
    auto const writes = database->write(Priority::interactive, [](Session&) {});
    if (writes.has_error()) return writes.error();
    auto const health = database->health();
    if (health.has_error()) return health.error();
    return database;
}

}  // namespace kula::storage
