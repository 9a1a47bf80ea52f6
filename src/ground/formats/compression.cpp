#include "formats/compression.hpp"

#include <bzlib.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <variant>

#include "base/must.hpp"
#include "network_bytes.hpp"

namespace kula::formats {
namespace {

using Step = Decompressor::Step;

constexpr int gzip_only = 16 + MAX_WBITS;
constexpr int longest_window_log = 27;
constexpr std::size_t most_at_once = std::size_t{1} << 30;  // zlib and bzip2 count in 32 bits

enum class MemberState { open, over, broken };

/// What follows one another: gzip's members, bzip2's streams, then perhaps zeros. `Member` inflates one at a time.
template <class Member>
class MemberStream {
public:
    Step step(std::span<std::byte const> input, std::span<std::byte> output) {
        Step done;
        while (!is_broken_ && done.used < input.size() && done.made < output.size()) {
            if (is_between_ && !begin_member(input.subspan(done.used))) return {input.size(), done.made};
            auto const more = inflate_some(input.subspan(done.used), output.subspan(done.made));
            done.used += more.used;
            done.made += more.made;
            if (more.used == 0 && more.made == 0) break;
        }
        // What the library holds back after the last byte of input went in comes out without more.
        if (!is_broken_ && !is_between_ && input.empty()) return inflate_some(input, output);
        return done;
    }
    [[nodiscard]] bool is_broken() const { return is_broken_; }
    [[nodiscard]] bool is_complete() const { return is_between_ || is_behind_; }

private:
    /// False where no member follows: then only zeros may, with which tapes and blocks are filled up.
    bool begin_member(std::span<std::byte const> rest) {
        if (is_behind_ || rest.front() != Member::first) {
            is_behind_ = true;
            is_broken_ =
                !has_member_ || std::any_of(rest.begin(), rest.end(), [](std::byte b) { return b != std::byte{}; });
            return false;
        }
        is_between_ = false;
        is_broken_ = !member_.begin();
        return true;
    }

    Step inflate_some(std::span<std::byte const> input, std::span<std::byte> output) {
        auto const given = static_cast<unsigned>(std::min(input.size(), most_at_once));
        auto const room = static_cast<unsigned>(std::min(output.size(), most_at_once));
        // The libraries read through this pointer only, whatever its type says.
        auto* const in = reinterpret_cast<char*>(const_cast<std::byte*>(input.data()));
        auto const state = member_.inflate(in, given, reinterpret_cast<char*>(output.data()), room);
        is_broken_ = state == MemberState::broken;
        if (state == MemberState::over) is_between_ = has_member_ = true;
        return {given - member_.unread(), room - member_.unwritten()};
    }

    Member member_;
    bool is_between_ = true;   ///< No member is open.
    bool has_member_ = false;  ///< One was read to its end.
    bool is_behind_ = false;   ///< The last member is over.
    bool is_broken_ = false;
};

class GzipMember {
public:
    static constexpr std::byte first{0x1f};
    GzipMember() { base::must(inflateInit2(&stream_, gzip_only) == Z_OK, "zlib starts"); }
    ~GzipMember() { inflateEnd(&stream_); }
    GzipMember(GzipMember const&) = delete;
    GzipMember& operator=(GzipMember const&) = delete;

    bool begin() { return inflateReset(&stream_) == Z_OK; }
    MemberState inflate(char* in, unsigned given, char* out, unsigned room) {
        stream_.next_in = reinterpret_cast<Bytef*>(in);
        stream_.avail_in = given;
        stream_.next_out = reinterpret_cast<Bytef*>(out);
        stream_.avail_out = room;
        auto const result = ::inflate(&stream_, Z_NO_FLUSH);
        if (result == Z_STREAM_END) return MemberState::over;
        return result == Z_OK || result == Z_BUF_ERROR ? MemberState::open : MemberState::broken;
    }
    [[nodiscard]] unsigned unread() const { return stream_.avail_in; }
    [[nodiscard]] unsigned unwritten() const { return stream_.avail_out; }

private:
    z_stream stream_{};
};

class Bzip2Member {
public:
    static constexpr std::byte first{'B'};
    Bzip2Member() { base::must(begin_anew(), "bzip2 starts"); }
    ~Bzip2Member() { BZ2_bzDecompressEnd(&stream_); }
    Bzip2Member(Bzip2Member const&) = delete;
    Bzip2Member& operator=(Bzip2Member const&) = delete;

    bool begin() {
        BZ2_bzDecompressEnd(&stream_);
        return begin_anew();
    }
    MemberState inflate(char* in, unsigned given, char* out, unsigned room) {
        stream_.next_in = in;
        stream_.avail_in = given;
        stream_.next_out = out;
        stream_.avail_out = room;
        auto const result = BZ2_bzDecompress(&stream_);
        if (result == BZ_STREAM_END) return MemberState::over;
        return result == BZ_OK ? MemberState::open : MemberState::broken;
    }
    [[nodiscard]] unsigned unread() const { return stream_.avail_in; }
    [[nodiscard]] unsigned unwritten() const { return stream_.avail_out; }

private:
    bool begin_anew() {
        stream_ = {};
        return BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK;
    }
    bz_stream stream_{};
};

class ZstdStream {
public:
    ZstdStream() : stream_(ZSTD_createDStream()) {
        base::must(stream_ != nullptr, "zstd starts");
        ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, longest_window_log);
    }
    ~ZstdStream() { ZSTD_freeDStream(stream_); }
    ZstdStream(ZstdStream const&) = delete;
    ZstdStream& operator=(ZstdStream const&) = delete;

    Step step(std::span<std::byte const> input, std::span<std::byte> output) {
        ZSTD_inBuffer in{input.data(), 0, 0};
        ZSTD_outBuffer out{output.data(), output.size(), 0};
        while (!is_broken_ && out.pos < out.size && (in.pos < input.size() || next_ == 0)) {
            auto const used = in.pos;
            auto const made = out.pos;
            in.size = in.pos + std::min(input.size() - in.pos, next_);
            auto const result = ZSTD_decompressStream(stream_, &out, &in);
            is_broken_ = ZSTD_isError(result) != 0;
            is_open_ = result != 0;
            if (is_broken_) in.pos = in.size;
            frame_bytes_ = is_open_ ? frame_bytes_ + in.pos - used : 0;
            next_ = is_open_ && out.pos == out.size ? 0 : most_next(result);
            if (in.size > used && in.pos == used && out.pos == made) break;
        }
        return {in.pos, out.pos};
    }
    [[nodiscard]] bool is_broken() const { return is_broken_; }
    [[nodiscard]] bool is_complete() const { return !is_open_; }

private:
    static constexpr std::size_t block_header = 3;
    static constexpr std::size_t longest_frame_header = 18;

    /// zstd gives nothing of a call in which it finds damage, and what is wrong with a frame shows with a block's last
    /// byte: that byte goes in alone, so that all before it came out already. zstd's hint of what it needs counts the
    /// three bytes of the next block's header as well, where another block follows.
    [[nodiscard]] std::size_t most_next(std::size_t hint) const {
        bool const is_far = frame_bytes_ >= longest_frame_header && hint > block_header + 1;
        return is_far ? hint - block_header - 1 : 1;
    }

    ZSTD_DStream* stream_;
    bool is_open_ = false;         ///< A frame is not read to its end.
    std::size_t frame_bytes_ = 0;  ///< Of that frame, read so far.
    std::size_t next_ = 1;         ///< Bytes to give next; 0 where there may be output left from before.
    bool is_broken_ = false;
};

}  // namespace

std::optional<Compression> compression_of(std::span<std::byte const> bytes) {
    if (bytes.size() >= 3 && load16(bytes.data()) == 0x1f8b && bytes[2] == std::byte{8}) return Compression::gzip;
    if (bytes.size() < 4) return std::nullopt;
    auto const word = load32(bytes.data());
    if ((word & 0xffffff00) == 0x425a6800 && (word & 0xff) >= '1' && (word & 0xff) <= '9') return Compression::bzip2;
    bool const is_skippable = (word & 0xf0ffffff) == 0x502a4d18;  // RFC 8878 §3.1.2
    return word == 0x28b52ffd || is_skippable ? std::optional(Compression::zstd) : std::nullopt;
}

class Decompressor::Stream {
public:
    explicit Stream(Compression compression) {
        if (compression == Compression::bzip2) kind_.emplace<MemberStream<Bzip2Member>>();
        if (compression == Compression::zstd) kind_.emplace<ZstdStream>();
    }
    Step step(std::span<std::byte const> input, std::span<std::byte> output) {
        return std::visit([&](auto& kind) { return kind.step(input, output); }, kind_);
    }
    [[nodiscard]] bool is_broken() const {
        return std::visit([](auto const& kind) { return kind.is_broken(); }, kind_);
    }
    [[nodiscard]] bool is_complete() const {
        return std::visit([](auto const& kind) { return kind.is_complete(); }, kind_);
    }

private:
    std::variant<MemberStream<GzipMember>, MemberStream<Bzip2Member>, ZstdStream> kind_;
};

Decompressor::Decompressor(Compression compression) : stream_(std::make_unique<Stream>(compression)) {}
Decompressor::~Decompressor() = default;
Decompressor::Decompressor(Decompressor&&) noexcept = default;
Decompressor& Decompressor::operator=(Decompressor&&) noexcept = default;

Decompressor::Step Decompressor::step(std::span<std::byte const> input, std::span<std::byte> output) {
    return stream_->step(input, output);
}

bool Decompressor::is_broken() const { return stream_->is_broken(); }
bool Decompressor::is_complete() const { return stream_->is_complete(); }

class Compressor::Stream {
public:
    Stream() : stream_(ZSTD_createCStream()) {
        base::must(stream_ != nullptr, "zstd starts");
        ZSTD_CCtx_setParameter(stream_, ZSTD_c_compressionLevel, 3);
        ZSTD_CCtx_setParameter(stream_, ZSTD_c_checksumFlag, 1);
    }
    ~Stream() { ZSTD_freeCStream(stream_); }
    Stream(Stream const&) = delete;
    Stream& operator=(Stream const&) = delete;

    /// Also whether all of it went out.
    std::pair<Step, bool> run(std::span<std::byte const> input, std::span<std::byte> output, ZSTD_EndDirective end) {
        ZSTD_inBuffer in{input.data(), input.size(), 0};
        ZSTD_outBuffer out{output.data(), output.size(), 0};
        std::size_t left = 1;
        while (left != 0 && out.pos < out.size && (end == ZSTD_e_end || in.pos < in.size)) {
            left = ZSTD_compressStream2(stream_, &out, &in, end);
            base::must(ZSTD_isError(left) == 0, "zstd compresses what it is given");
        }
        return {Step{in.pos, out.pos}, left == 0};
    }

private:
    ZSTD_CStream* stream_;
};

Compressor::Compressor() : stream_(std::make_unique<Stream>()) {}
Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;

Decompressor::Step Compressor::step(std::span<std::byte const> input, std::span<std::byte> output) {
    return stream_->run(input, output, ZSTD_e_continue).first;
}

Compressor::End Compressor::finish(std::span<std::byte> output) {
    auto const [step, is_whole] = stream_->run({}, output, ZSTD_e_end);
    return {step.made, is_whole};
}

}  // namespace kula::formats
