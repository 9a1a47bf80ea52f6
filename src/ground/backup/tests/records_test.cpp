#include "records.hpp"

#include <gtest/gtest.h>

#include "memory_backup.hpp"

namespace kula::backup {
namespace {

using testing::Telling;

std::string sum_of(std::string const& content, std::int64_t rows = 0) {
    return sum_record({static_cast<std::int64_t>(content.size()), rows, seals::hex(seals::sha256(content))});
}

std::string total_of(std::string const& sum) {
    Total total;
    total.add(sum);
    return total.record();
}

std::string stream_of(std::string const& path = "a", std::string const& content = "bytes") {
    return opening_record({}) + part_record({PartKind::file, path}) + piece_record(content) + sum_of(content) +
           total_of(sum_of(content));
}

base::Result<bool> read_records(std::string const& stream, std::size_t piece = 1'000'000) {
    Telling telling;
    RecordReader reader(telling);
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        if (auto const taken = reader.take(std::string_view(stream).substr(at, piece)); !taken) return taken.error();
    }
    return reader.is_over();
}

TEST(Records, are_read_whatever_the_pieces) {
    for (std::size_t const piece : {1U, 2U, 7U, 1000U}) EXPECT_TRUE(*read_records(stream_of(), piece)) << piece;
    for (std::size_t i = 0; i < stream_of().size(); ++i) EXPECT_FALSE(*read_records(stream_of().substr(0, i))) << i;
}

TEST(Records, do_not_lead_out_of_the_folder) {
    for (auto const* path : {"", "/etc/passwd", "../up", "a/../../up", "a//b", "./a", "a/", ".."})
        EXPECT_EQ(read_records(stream_of(path)).error().detail, "is damaged: the name of a part leads elsewhere")
            << path;
    EXPECT_TRUE(*read_records(stream_of("blobs/aa/bb")));
    EXPECT_FALSE(read_records(opening_record({}) + part_record({PartKind::secret_key, "x/y"})));
}

TEST(Records, stand_where_they_belong_and_add_up) {
    auto const head = opening_record({}) + part_record({PartKind::file, "a"});
    EXPECT_FALSE(read_records(head + piece_record("bytes") + sum_of("other")));
    EXPECT_FALSE(read_records(head + piece_record("bytes") + sum_of("bytes", 1))) << "a file has no rows";
    EXPECT_FALSE(read_records(head + piece_record("bytes") + sum_of("bytes") + total_of(sum_of("other"))));
    EXPECT_FALSE(read_records(part_record({PartKind::file, "a"})));
    EXPECT_FALSE(read_records(opening_record({}) + opening_record({})));
    EXPECT_FALSE(read_records(head + part_record({PartKind::file, "b"})));
    EXPECT_FALSE(read_records(opening_record({}) + piece_record("x")));
    EXPECT_FALSE(read_records(stream_of() + "x"));
    EXPECT_FALSE(read_records(stream_of() + part_record({PartKind::file, "b"})));
    EXPECT_FALSE(read_records(std::string("O\xff\xff\xff\xff", 5))) << "longer than any";
    EXPECT_FALSE(read_records(std::string("O\0\0\0\2{}", 7)));
    EXPECT_FALSE(read_records(std::string("O\0\0\0\2{[", 7)));
}

}  // namespace
}  // namespace kula::backup
