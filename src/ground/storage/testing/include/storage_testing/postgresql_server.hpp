#pragma once
/// @file
/// A PostgreSQL server of a test's own, reached over a Unix socket in a temporary folder.

#include <filesystem>
#include <string>

#include "storage_testing/temporary_folder.hpp"

namespace kula::storage::testing {

class PostgresqlServer {
public:
    [[nodiscard]] static bool is_installed();
    /// The one that all tests of this process share: what `KULA_TEST_POSTGRESQL` names (the test run starts it), or one
    /// that is started now and ends with this process, however that ends.
    static PostgresqlServer& shared();

    /// Makes a cluster in `folder` and starts it; throws where that fails.
    explicit PostgresqlServer(std::filesystem::path folder);

    void start();
    /// Connections are cut, as by a crash.
    void stop();
    [[nodiscard]] std::string url() const;

private:
    std::filesystem::path folder_;
};

}  // namespace kula::storage::testing
