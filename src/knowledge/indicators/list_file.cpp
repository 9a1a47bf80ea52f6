#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "formats/compression.hpp"
#include "indicators/list.hpp"

namespace kula::indicators {
namespace {

constexpr std::size_t piece_size = 256 * 1024;

struct Close {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};

// Bytes as they come from a file, to the reader as text.
class Unpacking {
public:
    Unpacking(ListReader& reader, std::uint64_t most_bytes) : reader_(reader), most_bytes_(most_bytes) {}

    // The first piece tells whether there is something to unpack; it is to hold at least four bytes if the list does.
    base::Result<void> feed(std::string_view piece) {
        auto rest = std::as_bytes(std::span(piece.data(), piece.size()));
        if (std::exchange(is_first_, false)) {
            if (auto const compression = formats::compression_of(rest)) unpacker_.emplace(*compression);
        }
        if (!unpacker_) return pass(piece);
        unpacked_.resize(piece_size);
        for (;;) {
            auto const step = unpacker_->step(rest, std::as_writable_bytes(std::span(unpacked_.data(), piece_size)));
            if (auto passed = pass(std::string_view(unpacked_).substr(0, step.made)); passed.has_error()) return passed;
            rest = rest.subspan(step.used);
            if (unpacker_->is_broken()) return base::invalid("the compressed list is damaged");
            if (step.used == 0 && step.made == 0) return {};
        }
    }

    base::Result<void> finish() const {
        if (unpacker_ && !unpacker_->is_complete()) return base::invalid("the compressed list breaks off");
        return {};
    }

private:
    base::Result<void> pass(std::string_view text) {
        passed_ += text.size();
        if (passed_ > most_bytes_) return base::invalid(fmt::format("the list is longer than {} bytes", most_bytes_));
        reader_.feed(text);
        return {};
    }

    ListReader& reader_;
    std::uint64_t most_bytes_;
    std::uint64_t passed_ = 0;
    bool is_first_ = true;
    std::optional<formats::Decompressor> unpacker_;
    std::string unpacked_;
};

}  // namespace

std::string source_name_of(std::filesystem::path const& file) {
    auto name = file.filename();
    if (name.extension() == ".gz" || name.extension() == ".zst") name = name.stem();
    return name.stem().string();
}

base::Result<ImportReport> read_list(std::string_view content, ListOptions const& options, ListVisitor const& visitor) {
    ListReader reader(options, visitor);
    Unpacking unpacking(reader, options.most_bytes);
    if (auto const fed = unpacking.feed(content); fed.has_error()) return fed.error();
    if (auto const whole = unpacking.finish(); whole.has_error()) return whole.error();
    return reader.finish();
}

base::Result<ImportReport> read_list_file(std::filesystem::path const& file, ListOptions const& options,
                                          ListVisitor const& visitor) {
    std::unique_ptr<std::FILE, Close> const stream(std::fopen(file.c_str(), "rb"));
    if (!stream) return base::not_found(fmt::format("list {}: cannot be opened", file.string()));
    ListReader reader(options, visitor);
    Unpacking unpacking(reader, options.most_bytes);
    std::string piece(piece_size, '\0');
    for (;;) {
        auto const got = std::fread(piece.data(), 1, piece.size(), stream.get());
        if (got == 0) break;
        if (auto const fed = unpacking.feed(std::string_view(piece).substr(0, got)); fed.has_error()) {
            return base::Error{fed.error().fault, fmt::format("list {}: {}", file.string(), fed.error().detail)};
        }
    }
    if (std::ferror(stream.get()) != 0) return base::unavailable(fmt::format("list {}: reading failed", file.string()));
    if (auto const whole = unpacking.finish(); whole.has_error()) {
        return base::invalid(fmt::format("list {}: {}", file.string(), whole.error().detail));
    }
    return reader.finish();
}

}  // namespace kula::indicators
