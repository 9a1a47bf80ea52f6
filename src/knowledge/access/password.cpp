#include "password.hpp"

#include <argon2.h>
#include <fmt/format.h>

#include "base/must.hpp"
#include "seals/digest.hpp"

namespace kula::access {
namespace {

constexpr std::uint32_t lanes = 1;
constexpr std::size_t salt_size = 16;
constexpr std::size_t digest_size = 32;

}  // namespace

std::string password_digest(std::string_view password, PasswordCost cost) {
    auto const salt = seals::random_bytes(salt_size);
    std::string out(argon2_encodedlen(cost.passes, cost.memory_kib, lanes, salt_size, digest_size, Argon2_id), '\0');
    int const code = argon2id_hash_encoded(cost.passes, cost.memory_kib, lanes, password.data(), password.size(),
                                           salt.data(), salt.size(), digest_size, out.data(), out.size());
    if (code == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    base::must(code == ARGON2_OK, "argon2id takes our parameters");
    out.resize(out.find('\0'));
    return out;
}

bool is_password(std::string_view password, std::string const& digest) {
    int const code = argon2id_verify(digest.c_str(), password.data(), password.size());
    if (code == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    return code == ARGON2_OK;
}

bool is_of_other_cost(std::string_view digest, PasswordCost cost) {
    auto const wanted = fmt::format("$argon2id$v={}$m={},t={},p={}$", static_cast<int>(ARGON2_VERSION_NUMBER),
                                    cost.memory_kib, cost.passes, lanes);
    return !digest.starts_with(wanted);
}

}  // namespace kula::access
