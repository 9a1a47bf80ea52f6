// Archives, file by file. How whole deliveries come out of them: tests/journeys/test_import.py.

#include "formats/zip_archive.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <fstream>

namespace kula::formats {
namespace {

// `a.txt` (stored, "hello") and the folder `d/`, as Info-ZIP writes them without extra fields.
constexpr std::string_view archive{
    "PK\x03\x04\x0a\0\0\0\0\0\0\0!\0\x86\xa6\x10\x36\x05\0\0\0\x05\0\0\0\x05\0\0\0a.txthello"
    "PK\x03\x04\x0a\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x02\0\0\0d/"
    "PK\x01\x02\x1e\x03\x0a\0\0\0\0\0\0\0!\0\x86\xa6\x10\x36\x05\0\0\0\x05\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\xa4\x81\0\0\0\0a.txt"
    "PK\x01\x02\x1e\x03\x0a\0\0\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\0\0\x10\0\xed\x41\x28\0\0\0d/"
    "PK\x05\x06\0\0\0\0\x02\0\x02\0\x63\0\0\0\x48\0\0\0\0\0",
    40 + 32 + 51 + 48 + 22};

class Archive : public ::testing::Test {
protected:
    Archive() : path_(std::filesystem::temp_directory_path() / ("kula-zip-" + std::to_string(getpid()))) {}
    ~Archive() override { std::filesystem::remove(path_); }

    base::Result<ZipArchive> open(std::string_view bytes) {
        std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return ZipArchive::open(path_);
    }
    static std::string read(ZipArchive& from, ZipArchive::File const& file) {
        std::string out;
        auto const done = from.read(file, [&](std::span<std::byte const> piece) -> base::Result<void> {
            out.append(reinterpret_cast<char const*>(piece.data()), piece.size());
            return {};
        });
        return done ? out : done.error().detail;
    }

private:
    std::filesystem::path const path_;
};

TEST_F(Archive, tells_its_files_and_reads_them) {
    EXPECT_TRUE(is_zip(std::as_bytes(std::span(archive))));
    EXPECT_FALSE(is_zip(std::as_bytes(std::span(archive.substr(1)))));
    auto opened = open(archive);
    ASSERT_TRUE(opened.has_value()) << opened.error().detail;
    ASSERT_EQ(opened->files().size(), 1u) << "folders are none";
    EXPECT_EQ(opened->files()[0].name, "a.txt");
    EXPECT_EQ(read(*opened, opened->files()[0]), "hello");
}

TEST_F(Archive, tells_damage) {
    EXPECT_EQ(open("nothing of the kind").error().fault, base::Fault::invalid);
    EXPECT_EQ(open(archive.substr(0, 100)).error().fault, base::Fault::invalid);
    EXPECT_EQ(ZipArchive::open("/nowhere/at.all").error().fault, base::Fault::unavailable);
    std::string changed(archive);
    changed[35] = 'H';
    auto opened = open(changed);
    ASSERT_TRUE(opened.has_value());
    EXPECT_TRUE(read(*opened, opened->files()[0]).starts_with("its packing is damaged or not known"));
}

TEST_F(Archive, ends_where_whoever_takes_ends) {
    auto opened = open(archive);
    auto const done = opened->read(
        opened->files()[0], [](std::span<std::byte const>) -> base::Result<void> { return base::invalid("enough"); });
    ASSERT_TRUE(done.has_error());
    EXPECT_EQ(done.error().detail, "enough");
}

}  // namespace
}  // namespace kula::formats
