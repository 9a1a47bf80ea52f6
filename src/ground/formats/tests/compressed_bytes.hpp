#pragma once
/// @file
/// gzip, bzip2 and zstd streams, for tests.

#include <bzlib.h>
#include <zlib.h>
#include <zstd.h>

#include <span>
#include <vector>

namespace kula::formats::testing {

inline std::vector<std::byte> gzip(std::span<std::byte const> bytes) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::vector<std::byte> out(deflateBound(&stream, bytes.size()) + 64);
    std::vector<std::byte> in(bytes.begin(), bytes.end());
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

inline std::vector<std::byte> bzip2(std::span<std::byte const> bytes) {
    std::vector<std::byte> in(bytes.begin(), bytes.end());
    std::vector<std::byte> out(bytes.size() + bytes.size() / 100 + 600);
    auto size = static_cast<unsigned>(out.size());
    BZ2_bzBuffToBuffCompress(reinterpret_cast<char*>(out.data()), &size, reinterpret_cast<char*>(in.data()),
                             static_cast<unsigned>(in.size()), 1, 0, 0);
    out.resize(size);
    return out;
}

inline std::vector<std::byte> zstd(std::span<std::byte const> bytes) {
    std::vector<std::byte> out(ZSTD_compressBound(bytes.size()));
    out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
    return out;
}

inline std::vector<std::byte> operator+(std::vector<std::byte> left, std::span<std::byte const> right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

}  // namespace kula::formats::testing
