// Bytes as they come from a socket, cut in two anywhere: the reader makes a request or a problem of them, and holds no
// more than its bounds.

#include <cstdint>
#include <cstdlib>

#include "request_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace kula::net;
    if (size == 0) return 0;
    constexpr std::size_t header_bytes = 512;
    constexpr std::size_t body_bytes = 300;
    std::string input(reinterpret_cast<char const*>(bytes + 1), size - 1);
    std::size_t const cut = input.empty() ? 0 : bytes[0] % input.size();

    RequestReader reader(header_bytes);
    std::size_t begin = 0;
    for (auto end : {cut, input.size()}) {
        while (begin < end && !reader.is_whole()) {
            auto const fed = reader.feed(boost::asio::buffer(input.data() + begin, end - begin));
            begin += fed.consumed;
            if (fed.problem) return 0;
            if (fed.progress == RequestReader::Progress::head) {
                static_cast<void>(reader.headers());
                static_cast<void>(reader.method());
                static_cast<void>(parse_target(reader.target()));
                if (reader.has_doubtful_framing() || !reader.limit_body(body_bytes)) return 0;
            } else if (fed.progress == RequestReader::Progress::more) {
                break;
            }
        }
        if (reader.body_bytes() > body_bytes) std::abort();
    }
    return 0;
}
