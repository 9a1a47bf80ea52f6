#include "session_cookie.hpp"

#include "net/cookie.hpp"
#include "storage/text.hpp"

namespace kula::api {
namespace {

constexpr std::size_t longest_agent = 300;

bool is_secure(net::Request const& request) { return request.scheme == net::Scheme::https; }

std::string_view name_for(net::Request const& request) {
    return is_secure(request) ? "__Host-kula_session" : "kula_session";
}

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

net::Cookie cookie_for(net::Request const& request, std::string value) {
    net::Cookie cookie;
    cookie.name = name_for(request);
    cookie.value = std::move(value);
    cookie.secure = is_secure(request);
    return cookie;
}

}  // namespace

std::optional<std::string_view> session_secret(net::Request const& request) {
    return net::cookie(request, name_for(request));
}

void set_session(net::Response& response, net::Request const& request, std::string const& secret) {
    net::set_cookie(response, cookie_for(request, secret));
}

void take_session_back(net::Response& response, net::Request const& request) {
    auto cookie = cookie_for(request, "");
    cookie.max_age = std::chrono::seconds(0);
    net::set_cookie(response, cookie);
}

access::Origin origin_of(net::Request const& request) {
    access::Origin origin{request.peer.text()};
    origin.agent = request.header("User-Agent").value_or("").substr(0, longest_agent);
    if (!storage::is_storable_text(origin.agent)) origin.agent.clear();
    return origin;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        auto const high = i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
        auto const low = high ? hex_digit(text[i + 2]) : std::nullopt;
        if (!low) return std::nullopt;
        out += static_cast<char>(*high * 16 + *low);
        i += 2;
    }
    return storage::is_storable_text(out) ? std::optional(out) : std::nullopt;
}

}  // namespace kula::api
