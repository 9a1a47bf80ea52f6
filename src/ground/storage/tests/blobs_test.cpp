// What was received lies under its content's name, whole or not at all.

#include "storage/blobs.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "storage_testing/temporary_folder.hpp"

namespace kula::storage {
namespace {

namespace fs = std::filesystem;

std::span<std::byte const> bytes_of(std::string_view text) {
    return {reinterpret_cast<std::byte const*>(text.data()), text.size()};
}

std::string read(fs::path const& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

std::size_t files_in(fs::path const& folder) {
    std::size_t count = 0;
    for (auto const& entry : fs::recursive_directory_iterator(folder)) count += entry.is_regular_file() ? 1u : 0u;
    return count;
}

class BlobsTest : public ::testing::Test {
protected:
    Blob keep(std::vector<std::string_view> const& pieces) {
        auto writer = blobs.begin().value();
        for (auto const piece : pieces) EXPECT_TRUE(writer.add(bytes_of(piece)).has_value());
        return writer.finish().value();
    }

    testing::TemporaryFolder folder;
    Blobs blobs = Blobs::open(folder.path()).value();
};

TEST_F(BlobsTest, are_found_by_their_content) {
    auto const kept = keep({"ab", "", "c"});
    EXPECT_EQ(kept.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad") << "FIPS 180-4, example";
    EXPECT_EQ(kept.bytes, 3u);
    EXPECT_EQ(read(blobs.path_of(kept.sha256)), "abc");
    EXPECT_EQ(keep({"abc"}).sha256, kept.sha256);
    EXPECT_EQ(files_in(folder.path()), 1u) << "the same is kept once";
}

TEST_F(BlobsTest, leave_nothing_behind_that_was_not_finished) {
    {
        auto writer = blobs.begin().value();
        ASSERT_TRUE(writer.add(bytes_of("half")).has_value());
    }
    EXPECT_EQ(files_in(folder.path()), 0u);
    auto const kept = keep({"whole"});
    std::ofstream(folder.path() / "blobs" / "abcdef.unfinished") << "of a process that was killed";
    auto const again = Blobs::open(folder.path()).value();
    EXPECT_EQ(files_in(folder.path()), 1u);
    EXPECT_EQ(read(again.path_of(kept.sha256)), "whole");
}

TEST_F(BlobsTest, say_where_they_cannot_be_kept) {
    std::ofstream(folder.path() / "file") << "no folder";
    EXPECT_EQ(Blobs::open(folder.path() / "file").error().fault, base::Fault::unavailable);
    EXPECT_EQ(Blobs::open(folder.path() / "missing" / "deeper").error().fault, base::Fault::unavailable);
}

}  // namespace
}  // namespace kula::storage
