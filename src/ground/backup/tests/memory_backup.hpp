#pragma once
// A backup in memory, made by the real writer, and what a reader is told of one.

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "container.hpp"
#include "storage_testing/temporary_folder.hpp"

namespace kula::backup::testing {

inline Source source_of(std::string const& bytes) {
    return [&bytes, at = std::size_t{0}](std::span<char> room) mutable -> base::Result<std::size_t> {
        auto const count = std::min(room.size(), bytes.size() - at);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, room.begin());
        at += count;
        return count;
    };
}

/// Writes down all it is told, a line each.
class Telling final : public Visitor {
public:
    base::Result<void> open(Opening const& opening) override { return add_line("open " + opening.program); }
    base::Result<void> begin(Part const& part) override {
        content_.clear();
        std::string columns;
        for (auto const& column : part.columns) columns += ' ' + column;
        return add_line("begin " + part.name + columns);
    }
    base::Result<void> add(std::string_view bytes) override {
        content_ += bytes;
        return {};
    }
    base::Result<void> end(PartSum const& sum) override {
        contents.push_back(content_);
        return add_line("end " + std::to_string(sum.bytes) + ' ' + std::to_string(sum.rows));
    }
    std::vector<std::string> lines;
    std::vector<std::string> contents;

private:
    base::Result<void> add_line(std::string line) {
        lines.push_back(std::move(line));
        return {};
    }
    std::string content_;
};

inline std::string text_of(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A table of two rows, and a file of this content.
inline std::string backup_of(std::string_view content, Sealing const& sealing = {}) {
    storage::testing::TemporaryFolder const folder;
    auto const file = folder.path() / "made.kula-backup";
    auto writer = *Writer::create(file, sealing);
    Opening opening;
    opening.program = "0.1.0";
    opening.schema = {{"notes", "0001_note", "00"}};
    bool const is_made = writer.open(opening) && writer.begin({PartKind::table, "note", {"id", "words"}}) &&
                         writer.add("1\tone\n2\ttwo\n") && writer.end(2) && writer.begin({PartKind::file, "blobs/a"}) &&
                         writer.add(content) && writer.end(0) && writer.commit();
    return is_made ? text_of(file) : std::string();
}

}  // namespace kula::backup::testing
