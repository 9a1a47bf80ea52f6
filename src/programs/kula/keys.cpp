#include "keys.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "read_file.hpp"

namespace kula {
namespace {

constexpr std::string_view purpose = "journal.key";

base::Result<void> write_sealed(std::filesystem::path const& file, std::string const& sealed) {
    auto const fresh = std::filesystem::path(file).concat(".new");
    auto const line = sealed + '\n';
    int const out = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    bool const is_written =
        out >= 0 && ::write(out, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && ::fsync(out) == 0;
    if (out >= 0) ::close(out);
    std::error_code fault;
    if (is_written) std::filesystem::rename(fresh, file, fault);
    if (!is_written || fault) return base::unavailable(file.string() + ": cannot be written");
    return {};
}

}  // namespace

std::filesystem::path secret_key_file(std::filesystem::path const& folder, std::string const& told) {
    if (!told.empty()) return told;
    if (char const* const credentials = std::getenv("CREDENTIALS_DIRECTORY")) {
        auto file = std::filesystem::path(credentials) / "kula-secret-key";
        if (std::filesystem::exists(file)) return file;
    }
    return folder / "secret.key";
}

base::Result<seals::SecretBox> open_secrets(std::filesystem::path const& folder, std::string const& told) {
    return seals::SecretBox::open(secret_key_file(folder, told));
}

base::Result<seals::SigningKey> open_signing_key(std::filesystem::path const& folder, seals::SecretBox const& secrets) {
    auto const file = folder / "journal.key";
    if (!std::filesystem::exists(file)) {
        auto const key = seals::SigningKey::generate();
        if (auto const written = write_sealed(file, secrets.seal(key.seed(), purpose)); !written)
            return written.error();
        return key;
    }
    auto text = read_file(file);
    if (!text) return text.error();
    while (!text->empty() && text->back() == '\n') text->pop_back();
    auto const seed = secrets.open(*text, purpose);
    if (!seed) return base::invalid(file.string() + ": was sealed with another secret key");
    return seals::SigningKey::from_seed(*seed);
}

}  // namespace kula
