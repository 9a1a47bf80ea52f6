#include "key_file.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "base/descriptor.hpp"
#include "openssl.hpp"
#include "seals/digest.hpp"
#include "seals/secret_file.hpp"

namespace kula::seals {
namespace {

base::Error cannot(std::string const& what, std::filesystem::path const& file, int reason) {
    return base::unavailable("the key file " + file.string() + " cannot be " + what + ": " +
                             std::generic_category().message(reason));
}

bool flush_folder(std::filesystem::path const& file) {
    auto const folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    base::Descriptor const opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened.is_open() && ::fsync(opened.number()) == 0;
}

/// Written beside its place and linked into it, so that nobody ever reads half a key; yields what went wrong.
std::optional<base::Error> make(std::filesystem::path const& file) {
    auto draft = file;
    draft += '.' + hex(random_bytes(8));
    base::Descriptor const opened(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!opened.is_open()) return cannot("made", file, errno);
    auto bytes = random_bytes(key_size);
    bool const is_written = ::write(opened.number(), bytes.data(), bytes.size()) == static_cast<ssize_t>(key_size) &&
                            ::fchmod(opened.number(), 0600) == 0 && ::fsync(opened.number()) == 0 &&
                            (::link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST);
    int const reason = errno;
    OPENSSL_cleanse(bytes.data(), bytes.size());
    ::unlink(draft.c_str());
    if (!is_written) return cannot("made", file, reason);
    if (!flush_folder(file)) return cannot("made", file, errno);
    return std::nullopt;
}

}  // namespace

base::Result<std::string> read_or_make_key_file(std::filesystem::path const& file) {
    for (bool may_make = true;; may_make = false) {
        auto bytes = read_secret_file(file, key_size);
        if (bytes && bytes->size() == key_size) return bytes;
        if (bytes) {
            OPENSSL_cleanse(bytes->data(), bytes->size());
            return base::invalid("the key file " + file.string() + " does not hold 32 bytes");
        }
        if (bytes.error().fault != base::Fault::not_found || !may_make)
            return base::Error{bytes.error().fault, "the key file " + file.string() + ' ' + bytes.error().detail};
        if (auto error = make(file)) return std::move(*error);
    }
}

}  // namespace kula::seals
