#include "storage_testing/twins.hpp"

#include <unistd.h>

#include <stdexcept>

#include "storage_testing/postgresql_server.hpp"

namespace kula::storage::testing {
namespace {

void run_on_server(std::string const& sql) {
    TemporaryFolder const folder;
    base::SystemClock const clock;
    auto database = Database::open({folder.path(), PostgresqlServer::shared().url(), 1}, clock);
    if (database.has_error()) throw std::runtime_error(database.error().detail);
    auto const done = (*database)->write(Priority::interactive, [&sql](Session& session) { session.execute(sql); });
    if (done.has_error()) throw std::runtime_error(done.error().detail);
}

std::string next_schema() {
    static int number = 0;
    return "twin_" + std::to_string(getpid()) + '_' + std::to_string(++number);
}

}  // namespace

Twins::~Twins() = default;

void Twins::SetUp() {
    options_.folder = folder_.path() / "data";
    if (GetParam() == Dialect::postgresql) {
        if (!PostgresqlServer::is_installed()) GTEST_SKIP() << "PostgreSQL is not installed";
        schema_ = next_schema();
        run_on_server("create schema " + schema_);
        options_.url =
            PostgresqlServer::shared().url() + "&application_name=" + schema_ + "&options=-csearch_path%3D" + schema_;
    }
    open();
}

void Twins::TearDown() {
    close();
    if (!schema_.empty()) run_on_server("drop schema " + schema_ + " cascade");
}

void Twins::renew() {
    Twins::TearDown();
    std::filesystem::remove_all(options_.folder);
    Twins::SetUp();
}

void Twins::open() {
    auto opened = Database::open(options_, clock);
    if (opened.has_error()) throw std::runtime_error(opened.error().detail);
    database_ = std::move(*opened);
}

Migrations first_scripts(Migrations const& migrations, std::size_t count) {
    auto const begin = migrations.scripts.begin();
    return {migrations.room, {begin, begin + static_cast<std::ptrdiff_t>(count)}};
}

std::string twin_name(::testing::TestParamInfo<Dialect> const& dialect) {
    return dialect.param == Dialect::sqlite ? "sqlite" : "postgresql";
}

}  // namespace kula::storage::testing
