#include "gzip.hpp"

#include <zlib.h>

#include <climits>

#include "text.hpp"

namespace kula::net {
namespace {

/// A weight such as `q=0.5`; anything that is no weight counts as 1.
bool is_zero_weight(std::string_view parameters) {
    auto const weight = trimmed(parameters);
    if (weight.size() < 3 || !same_ignoring_case(weight.substr(0, 2), "q=")) return false;
    return weight.substr(2).find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool accepts_gzip(Headers const& headers) {
    bool by_star = false;
    for (auto const element : list_elements(headers.find("Accept-Encoding").value_or(""))) {
        auto const semicolon = element.find(';');
        auto const coding = trimmed(element.substr(0, semicolon));
        bool const wanted = semicolon == std::string_view::npos || !is_zero_weight(element.substr(semicolon + 1));
        if (same_ignoring_case(coding, "gzip")) return wanted;
        if (coding == "*") by_star = wanted;
    }
    return by_star;
}

bool is_compressible(std::string_view content_type) {
    auto const type = lower_case(trimmed(content_type.substr(0, content_type.find(';'))));
    if (type == "text/event-stream") return false;
    if (type.rfind("text/", 0) == 0) return true;
    for (std::string_view const ending : {"json", "javascript", "xml"}) {
        if (type.size() > ending.size() && type.compare(type.size() - ending.size(), ending.size(), ending) == 0)
            return true;
    }
    return false;
}

std::optional<std::string> gzip(std::string_view bytes) {
    constexpr int quick_level = 5;        // beyond it JSON shrinks by 2 % for twice the time
    constexpr int gzip_window = 15 + 16;  // zlib's way to ask for RFC 1952
    if (bytes.size() > UINT_MAX) return std::nullopt;
    z_stream stream{};
    if (deflateInit2(&stream, quick_level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) return std::nullopt;
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<Bytef const*>(bytes.data()));  // zlib reads only
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    bool const whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (!whole) return std::nullopt;
    return out;
}

}  // namespace kula::net
