// A backup from anybody: the first byte chooses between the file and the stream inside it. Read or refused, never a
// crash; a stream that is accepted was told from its opening to the end.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "container.hpp"

namespace {

using namespace kula;

bool leads_elsewhere(std::filesystem::path const& name) {
    return name.is_absolute() || std::find(name.begin(), name.end(), "..") != name.end();
}

class Forgetting final : public backup::Visitor {
public:
    base::Result<void> open(backup::Opening const&) override {
        is_opened = true;
        return {};
    }
    base::Result<void> begin(backup::Part const& part) override {
        if (!is_opened || leads_elsewhere(part.name)) std::abort();
        return {};
    }
    base::Result<void> add(std::string_view) override { return {}; }
    base::Result<void> end(backup::PartSum const&) override { return {}; }
    bool is_opened = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    if (size == 0) return 0;
    std::string_view text(reinterpret_cast<char const*>(bytes) + 1, size - 1);
    Forgetting visitor;
    if (bytes[0] % 2 == 0) {
        backup::RecordReader reader(visitor);
        for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(text.size(), 1 + bytes[0]))) {
            if (!reader.take(text.substr(0, 1 + bytes[0]))) return 0;
        }
        if (reader.is_over() && !visitor.is_opened) std::abort();
        return 0;
    }
    backup::Source const source = [&text](std::span<char> room) -> base::Result<std::size_t> {
        auto const count = std::min(room.size(), text.size());
        std::copy_n(text.begin(), count, room.begin());
        text.remove_prefix(count);
        return count;
    };
    // A key, so that wrapped ones are tried. No passphrase: its work is wanted to be long.
    static backup::Keys const keys{{}, seals::OpeningKey::random()};
    if (backup::read_backup(source, keys, visitor) && !visitor.is_opened) std::abort();
    return 0;
}
