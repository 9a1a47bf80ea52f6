#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <vector>

#include "container.hpp"
#include "formats/compression.hpp"

namespace kula::backup {
namespace {

constexpr std::size_t sealed_chunk = seals::stream_chunk + seals::stream_tag;

base::Error cut_off() { return base::invalid("is damaged or cut off"); }

/// A source and what was read ahead of it.
class Ahead {
public:
    explicit Ahead(Source const& source) : source_(source) {}

    /// Until so many bytes are there, or the source ends.
    base::Result<void> fill(std::size_t size) {
        while (held_.size() < size && !is_over_) {
            auto const before = held_.size();
            held_.resize(size);
            auto const count = source_(std::span(held_).subspan(before));
            held_.resize(before + (count ? *count : 0));
            if (!count) return count.error();
            is_over_ = *count == 0;
            read_ += static_cast<std::int64_t>(*count);
        }
        return {};
    }
    [[nodiscard]] std::string_view held() const { return held_; }
    std::string take(std::size_t size) {
        std::string out = held_.substr(0, size);
        held_.erase(0, size);
        return out;
    }
    [[nodiscard]] std::int64_t read() const { return read_; }

private:
    Source const& source_;
    std::string held_;
    bool is_over_ = false;
    std::int64_t read_ = 0;
};

/// Compressed bytes become records.
class Unpacking {
public:
    explicit Unpacking(Visitor& visitor) : records_(visitor) {}

    base::Result<void> take(std::string_view compressed) {
        auto rest = std::as_bytes(std::span(compressed.data(), compressed.size()));
        while (true) {
            auto const step = decompressor_.step(rest, room_);
            rest = rest.subspan(step.used);
            auto const taken = records_.take({reinterpret_cast<char const*>(room_.data()), step.made});
            if (!taken) return taken;
            if (decompressor_.is_broken()) return cut_off();
            if (step.made == room_.size()) continue;
            if (rest.empty()) return {};
            if (step.used == 0) return cut_off();
        }
    }
    [[nodiscard]] bool is_whole() const { return records_.is_over() && decompressor_.is_complete(); }

private:
    formats::Decompressor decompressor_{formats::Compression::zstd};
    std::vector<std::byte> room_ = std::vector<std::byte>(128 * 1024);
    RecordReader records_;
};

}  // namespace

base::Result<Source> file_source(std::filesystem::path const& file) {
    std::shared_ptr<int> const descriptor(new int(::open(file.c_str(), O_RDONLY | O_CLOEXEC)), [](int* number) {
        if (*number >= 0) ::close(*number);
        delete number;
    });
    if (*descriptor < 0) return cannot("read", file, errno);
    return Source([file, descriptor](std::span<char> room) -> base::Result<std::size_t> {
        while (true) {
            auto const count = ::read(*descriptor, room.data(), room.size());
            if (count >= 0) return static_cast<std::size_t>(count);
            if (errno != EINTR) return cannot("read", file, errno);
        }
    });
}

base::Result<std::int64_t> read_backup(Source const& source, Keys const& keys, Visitor& visitor) {
    Ahead ahead(source);
    if (auto const filled = ahead.fill(longest_header); !filled) return filled.error();
    auto const length = header_length(ahead.held());
    if (!length) return base::invalid("is no backup, or its beginning is damaged");
    auto const header = ahead.take(*length);
    auto const key = key_from(header, keys);
    if (!key) return key.error();
    seals::StreamOpener opener(*key, header);
    Unpacking unpacking(visitor);
    for (bool is_last = false; !is_last;) {
        if (auto const filled = ahead.fill(sealed_chunk + 1); !filled) return filled.error();
        is_last = ahead.held().size() <= sealed_chunk;
        auto const plain =
            opener.open(ahead.take(sealed_chunk), is_last ? seals::Chunk::last : seals::Chunk::more_follow);
        if (!plain) return cut_off();
        if (auto const taken = unpacking.take(*plain); !taken) return taken.error();
    }
    if (!unpacking.is_whole()) return cut_off();
    return ahead.read();
}

}  // namespace kula::backup
