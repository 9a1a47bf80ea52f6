#pragma once
/// @file
/// From a handler's response to the bytes of the answer: conditions, compression, default headers, the head.

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.hpp"
#include "net/http.hpp"

namespace kula::net {

enum class AfterAnswer : std::uint8_t { keep_open, close };

/// What of the request shapes the answer.
struct Asked {
    Method method = Method::get;
    bool accepts_gzip = false;
    std::string if_none_match{};
    std::string if_modified_since{};
    Scheme scheme = Scheme::http;
    AfterAnswer after = AfterAnswer::close;
};
Asked asked(Request const& request, AfterAnswer after);

/// Ready to be written. None of `body`, `stream` and `parts` is set for an answer without content.
struct Answer {
    Status status = Status::ok;
    std::string head{};  ///< Status line and header fields, with the empty line.
    SharedBytes body{};
    std::shared_ptr<EventStream> stream{};
    Parts parts{};
    AfterAnswer after = AfterAnswer::close;
};

/// Never throws for anything that came from outside.
Answer finish(Asked const& asked, Response response, base::Clock const& clock);

}  // namespace kula::net
