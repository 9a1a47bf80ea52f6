#include "demo_mailbox.hpp"

#include <algorithm>
#include <fstream>

namespace kula {
namespace {

std::string name_of(base::Instant taken) {
    auto name = base::to_text(taken);
    std::erase_if(name, [](char letter) { return letter == ':' || letter == '-'; });
    return name + ".eml";
}

/// Under another name first, so that nobody reads half a mail.
bool written(std::filesystem::path const& file, std::string const& mail) {
    auto const part = std::filesystem::path(file).replace_extension(".part");
    std::ofstream out(part, std::ios::binary);
    out << mail;
    out.close();
    std::error_code failed;
    if (out) std::filesystem::rename(part, file, failed);
    return out && !failed;
}

}  // namespace

notify::Transport demo_mailbox(std::filesystem::path folder, base::Clock const& clock) {
    return [folder = std::move(folder), &clock](std::string const& /*from*/, std::string const& /*to*/,
                                                std::string const& mail, std::stop_token const& /*stop*/) {
        std::error_code failed;
        std::filesystem::create_directories(folder, failed);
        if (failed || !written(folder / name_of(clock.now()), mail))
            return net::SmtpAnswer{net::SmtpOutcome::no_answer, 0, "cannot write to " + folder.string()};
        return net::SmtpAnswer{net::SmtpOutcome::accepted, 250, "2.0.0 Laid into the demo's mailbox"};
    };
}

}  // namespace kula
