#pragma once
/// @file
/// Storage twins: every test of a `Twins` fixture runs on a fresh SQLite database and on a fresh PostgreSQL schema.
///
///     class NoteTest : public kula::storage::testing::Twins {};
///     TEST_P(NoteTest, keeps_what_was_written) { database().write(…); reopen(); database().read(…); }
///     KULA_ON_BOTH_DATABASES(NoteTest);

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/clock.hpp"
#include "storage/database.hpp"
#include "storage_testing/temporary_folder.hpp"

namespace kula::storage::testing {

class Twins : public ::testing::TestWithParam<Dialect> {
public:
    ~Twins() override;

protected:
    /// Skips the PostgreSQL twin where PostgreSQL is not installed.
    void SetUp() override;
    void TearDown() override;

    [[nodiscard]] Database& database() const { return *database_; }
    /// What opens this test's database; for processes that a test starts.
    [[nodiscard]] DatabaseOptions options() const { return options_; }
    /// Closes the database, as a restart does.
    void close() { database_.reset(); }
    void open();
    void reopen() {
        close();
        open();
    }
    /// Goes on with a database as fresh as at the beginning.
    void renew();

    base::ManualClock clock{
        base::Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21) + std::chrono::hours(10))};

private:
    TemporaryFolder folder_;
    DatabaseOptions options_{};
    std::string schema_;
    std::unique_ptr<Database> database_;
};

/// What a database looks like that ran only the first `count` scripts of a room: the rest comes with the next
/// `migrate`. A migration test asks every `count` from 1, puts that day's rows in, migrates fully and looks whether
/// they are there.
Migrations first_scripts(Migrations const& migrations, std::size_t count);

std::string twin_name(::testing::TestParamInfo<Dialect> const& dialect);

}  // namespace kula::storage::testing

#define KULA_ON_BOTH_DATABASES(fixture)                                                                             \
    INSTANTIATE_TEST_SUITE_P(on, fixture,                                                                           \
                             ::testing::Values(kula::storage::Dialect::sqlite, kula::storage::Dialect::postgresql), \
                             kula::storage::testing::twin_name)
