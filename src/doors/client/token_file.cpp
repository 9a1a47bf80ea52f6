#include "token_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/descriptor.hpp"

namespace kula::client {

base::Result<std::string> read_token(std::string const& path) {
    base::Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat state {};
    if (!file.is_open() || ::fstat(file.number(), &state) != 0)
        return base::unavailable(path + ": " + std::strerror(errno));
    if (!S_ISREG(state.st_mode)) return base::refused(path + " is no file");
    if ((state.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return base::refused(
            fmt::format("{0} is open to others (mode {1:04o}): chmod 600 {0}, and revoke the token if "
                        "somebody may have read it",
                        path, static_cast<unsigned>(state.st_mode) & 07777u));
    }
    if (state.st_uid != ::geteuid() && state.st_uid != 0) return base::refused(path + " belongs to another user");
    std::array<char, 1025> bytes{};
    auto const count = ::read(file.number(), bytes.data(), bytes.size());
    if (count < 0) return base::unavailable(path + ": " + std::strerror(errno));
    std::string token(bytes.data(), static_cast<std::size_t>(count));
    while (token.ends_with('\n') || token.ends_with('\r') || token.ends_with(' ')) token.pop_back();
    bool const is_visible = std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (token.empty() || token.size() >= bytes.size() || !is_visible)
        return base::invalid(path + " holds no token: one line that begins with kula_ is expected");
    return token;
}

}  // namespace kula::client
