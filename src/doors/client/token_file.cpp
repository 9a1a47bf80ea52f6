#include "token_file.hpp"

#include <algorithm>
#include <cstddef>

#include "seals/secret_file.hpp"

namespace kula::client {
namespace {

constexpr std::size_t longest_token = 1024;

}  // namespace

base::Result<std::string> read_token(std::string const& path) {
    auto read = seals::read_secret_file(path, longest_token);
    if (!read) return base::Error{read.error().fault, path + ' ' + read.error().detail};
    auto& token = *read;
    while (token.ends_with('\n') || token.ends_with('\r') || token.ends_with(' ')) token.pop_back();
    bool const is_visible = std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (token.empty() || !is_visible)
        return base::invalid(path + " holds no token: one line that begins with kula_ is expected");
    return read;
}

}  // namespace kula::client
