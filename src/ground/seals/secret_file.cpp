#include "seals/secret_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/descriptor.hpp"

namespace kula::seals {
namespace {

base::Error cannot_be_read(int reason) {
    auto detail = "cannot be read: " + std::generic_category().message(reason);
    return reason == ENOENT ? base::not_found(std::move(detail)) : base::unavailable(std::move(detail));
}

}  // namespace

base::Result<std::string> read_secret_file(std::filesystem::path const& file, std::size_t most_bytes) {
    base::Descriptor const opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat about {};
    if (!opened.is_open() || ::fstat(opened.number(), &about) != 0) return cannot_be_read(errno);
    if (!S_ISREG(about.st_mode)) return base::invalid("is no file");
    if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return base::invalid(
            fmt::format("is open to others than its owner (mode {:04o}): chmod 600, and replace what is in "
                        "it if somebody may have read it",
                        static_cast<unsigned>(about.st_mode) & 07777u));
    if (about.st_uid != ::geteuid() && about.st_uid != 0 && ::geteuid() != 0)
        return base::invalid("belongs to another user");
    std::string bytes(most_bytes + 1, '\0');
    std::size_t length = 0;
    for (ssize_t count = 1; count > 0 && length < bytes.size(); length += static_cast<std::size_t>(count)) {
        count = ::read(opened.number(), bytes.data() + length, bytes.size() - length);
        if (count >= 0) continue;
        int const reason = errno;
        OPENSSL_cleanse(bytes.data(), bytes.size());
        return cannot_be_read(reason);
    }
    std::string secret(bytes, 0, length <= most_bytes ? length : 0);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    if (length > most_bytes) return base::invalid(fmt::format("is longer than {} bytes", most_bytes));
    return secret;
}

}  // namespace kula::seals
