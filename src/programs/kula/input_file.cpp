#include "input_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/descriptor.hpp"

namespace kula {
namespace {

using formats::InputEnd;

constexpr std::size_t stretch = std::size_t{64} << 20;
constexpr std::size_t read_at_most = std::size_t{1} << 20;

base::Error unreadable(std::string const& path) {
    auto const detail = fmt::format("{}: {}", path, std::strerror(errno));
    return errno == ENOENT ? base::not_found(detail) : base::unavailable(detail);
}

/// Waits for the next bytes, or the end; false where they are not waited for any longer.
bool comes(int descriptor, std::function<bool()> const& goes_on) {
    constexpr int look_every = 200;  // ms
    while (goes_on()) {
        pollfd waiting{descriptor, POLLIN, 0};
        auto const count = ::poll(&waiting, 1, look_every);
        if (count > 0 || (count < 0 && errno != EINTR)) return true;
    }
    return false;
}

void feed_mapped(std::span<std::byte const> bytes, Consume const& consume) {
    std::size_t wanted = stretch;
    while (true) {
        bool const is_last = wanted >= bytes.size();
        auto const used =
            consume(bytes.first(std::min(wanted, bytes.size())), is_last ? InputEnd::reached : InputEnd::not_yet);
        if (is_last) return;
        bytes = bytes.subspan(used);
        wanted = used == 0 ? wanted + stretch : stretch;
    }
}

}  // namespace

base::Result<void> feed_descriptor(int descriptor, std::string const& path, Consume const& consume,
                                   std::function<bool()> const& goes_on) {
    std::vector<std::byte> buffer(2 * read_at_most);
    std::size_t held = 0;
    while (true) {
        if (!comes(descriptor, goes_on)) return base::unavailable(path + ": reading was stopped");
        if (buffer.size() - held < read_at_most) buffer.resize(buffer.size() * 2);
        auto const count = read(descriptor, buffer.data() + held, read_at_most);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return unreadable(path);
        held += static_cast<std::size_t>(count);
        auto const used = consume({buffer.data(), held}, count == 0 ? InputEnd::reached : InputEnd::not_yet);
        if (count == 0) return {};
        std::memmove(buffer.data(), buffer.data() + used, held - used);
        held -= used;
    }
}

base::Result<void> feed_file(std::string const& path, Consume const& consume) {
    base::Descriptor const file(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about {};
    if (!file.is_open() || fstat(file.number(), &about) != 0) return unreadable(path);
    if (S_ISDIR(about.st_mode)) return base::invalid(path + ": is a folder");
    if (!S_ISREG(about.st_mode) || path == "-")
        return feed_descriptor(file.number(), path, consume, [] { return true; });
    auto const size = static_cast<std::size_t>(about.st_size);
    if (size == 0) return consume({}, InputEnd::reached), base::Result<void>();
    void* const memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
    if (memory == MAP_FAILED) return feed_descriptor(file.number(), path, consume, [] { return true; });
    madvise(memory, size, MADV_SEQUENTIAL);
    feed_mapped({static_cast<std::byte const*>(memory), size}, consume);
    munmap(memory, size);
    return {};
}

}  // namespace kula
