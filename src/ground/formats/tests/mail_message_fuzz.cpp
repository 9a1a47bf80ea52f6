// Mails: whatever comes is taken apart within its bounds, and every part can be read.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "formats/mail_message.hpp"

using kula::formats::MailMessage;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static auto const path = std::filesystem::temp_directory_path() / ("mail_fuzz_" + std::to_string(::getpid()));
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<char const*>(data), static_cast<std::streamsize>(size));
    auto const mail = MailMessage::open(path);
    std::filesystem::remove(path);
    if (!mail) return 0;
    if (mail->parts().size() > MailMessage::most_parts) std::abort();
    static_cast<void>(mail->header("X-XARF"));
    for (auto const& part : mail->parts()) {
        auto const read = mail->read(part, [](auto) -> kula::base::Result<void> { return {}; });
        if (!read) std::abort();
    }
    return 0;
}
