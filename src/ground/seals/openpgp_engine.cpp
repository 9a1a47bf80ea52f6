#include "openpgp_engine.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace kula::seals::openpgp {
namespace {

constexpr int most_rounds = 100;

}  // namespace

Home::Home(Agent agent) {
    std::error_code fault;
    auto name = (std::filesystem::temp_directory_path(fault) / ("kula-openpgp-" + std::to_string(getpid()) + "-XXXXXX"))
                    .string();
    if (fault || mkdtemp(name.data()) == nullptr) return;
    path_ = name;
    std::ofstream(path_ + "/gpg.conf") << "no-auto-key-retrieve\n" << (agent == Agent::none ? "no-autostart\n" : "");
}

Home::~Home() {
    // An agent whose home goes takes its sockets away itself: what is gone before we come to it ends a round.
    std::error_code fault;
    for (int round = 0; !path_.empty() && (round == 0 || (fault && round < most_rounds)); ++round)
        std::filesystem::remove_all(path_, fault);
}

Context new_context(Home const& home) {
    static char const* const version = gpgme_check_version(nullptr);  // Must come first, and once.
    gpgme_ctx_t made = nullptr;
    if (version == nullptr || home.path().empty() || gpgme_new(&made) != 0) return nullptr;
    Context context(made);
    bool const is_ready = gpgme_set_protocol(made, GPGME_PROTOCOL_OpenPGP) == 0 &&
                          gpgme_ctx_set_engine_info(made, GPGME_PROTOCOL_OpenPGP, nullptr, home.path().c_str()) == 0;
    return is_ready ? std::move(context) : nullptr;
}

}  // namespace kula::seals::openpgp
