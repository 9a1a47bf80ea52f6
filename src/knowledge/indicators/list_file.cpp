#include <cstdio>
#include <memory>

#include <fmt/format.h>

#include "indicators/list.hpp"

namespace kula::indicators {
namespace {

constexpr std::size_t piece_size = 256 * 1024;

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

std::string source_name_of(std::filesystem::path const& file) {
    auto name = file.filename();
    if (name.extension() == ".gz" || name.extension() == ".zst") name = name.stem();
    return name.stem().string();
}

base::Result<ImportReport> read_list(std::string_view content, ListOptions const& options, ListVisitor const& visitor) {
    ListReader reader(options, visitor);
    reader.feed(content);
    return reader.finish();
}

base::Result<ImportReport> read_list_file(std::filesystem::path const& file, ListOptions const& options,
                                          ListVisitor const& visitor) {
    std::unique_ptr<std::FILE, Close> const stream(std::fopen(file.c_str(), "rb"));
    if (!stream) return base::not_found(fmt::format("list {}: cannot be opened", file.string()));
    ListReader reader(options, visitor);
    std::string piece(piece_size, '\0');
    for (;;) {
        auto const got = std::fread(piece.data(), 1, piece.size(), stream.get());
        if (got == 0) break;
        reader.feed(std::string_view(piece).substr(0, got));
    }
    if (std::ferror(stream.get()) != 0) return base::unavailable(fmt::format("list {}: reading failed", file.string()));
    return reader.finish();
}

}  // namespace kula::indicators
