#include "authority.hpp"

#include <algorithm>

#include "text.hpp"

namespace kula::net {
namespace {

bool is_host_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == ':';
}

}  // namespace

std::optional<Authority> parse_authority(std::string_view text) {
    Authority out;
    auto const lower = lower_case(text);
    std::string_view rest = lower;
    if (!rest.empty() && rest.front() == '[') {
        auto const end = rest.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        out.host = rest.substr(1, end - 1);
        rest.remove_prefix(end + 1);
    } else {
        auto const end = std::min(rest.find(':'), rest.size());
        out.host = rest.substr(0, end);
        rest.remove_prefix(end);
        if (!out.host.empty() && out.host.back() == '.') out.host.pop_back();
    }
    if (!rest.empty()) {
        if (rest.front() != ':' || (rest.size() > 1 && !is_port(rest.substr(1)))) return std::nullopt;
        out.port = rest.substr(1);
    }
    if (out.host.empty() || !std::all_of(out.host.begin(), out.host.end(), is_host_character)) return std::nullopt;
    return out;
}

}  // namespace kula::net
