#include "base/id.hpp"

#include <sys/random.h>

#include <mutex>

#include "base/must.hpp"

namespace kula::base {
namespace {

void fill_random(void* bytes, std::size_t size) {
    must(getrandom(bytes, size, 0) == static_cast<ssize_t>(size), "the kernel has randomness");
}

/// Milliseconds and counter of the next version 7 UUID, never falling within this process.
struct Tick {
    std::uint64_t milliseconds;
    std::uint16_t counter;
};

Tick next_tick(std::uint64_t milliseconds) {
    static std::mutex mutex;
    static Tick last{0, 0};
    std::lock_guard const lock(mutex);
    if (milliseconds > last.milliseconds) {
        std::uint16_t seed = 0;
        fill_random(&seed, sizeof seed);
        last = {milliseconds, static_cast<std::uint16_t>(seed & 0x7ff)};
    } else if (++last.counter > 0xfff) {
        last = {last.milliseconds + 1, 0};
    }
    return last;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_dash_place(std::size_t place) { return place == 8 || place == 13 || place == 18 || place == 23; }

}  // namespace

Uuid Uuid::v7(Instant now) {
    auto const since_epoch = std::chrono::floor<std::chrono::milliseconds>(now).time_since_epoch().count();
    auto const tick = next_tick(since_epoch > 0 ? static_cast<std::uint64_t>(since_epoch) : 0);
    Uuid uuid;
    fill_random(uuid.bytes_.data() + 8, 8);
    for (std::size_t i = 0; i < 6; ++i) {
        uuid.bytes_[i] = static_cast<std::uint8_t>(tick.milliseconds >> (40 - 8 * i));
    }
    uuid.bytes_[6] = static_cast<std::uint8_t>(0x70 | tick.counter >> 8);
    uuid.bytes_[7] = static_cast<std::uint8_t>(tick.counter);
    uuid.bytes_[8] = static_cast<std::uint8_t>(0x80 | (uuid.bytes_[8] & 0x3f));
    return uuid;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid uuid;
    std::size_t nibble = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_dash_place(i)) {
            if (text[i] != '-') return std::nullopt;
            continue;
        }
        int const value = hex_value(text[i]);
        if (value < 0) return std::nullopt;
        auto& byte = uuid.bytes_[nibble / 2];
        byte = static_cast<std::uint8_t>(byte << 4 | value);
        ++nibble;
    }
    return uuid;
}

std::string Uuid::text() const {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(36);
    for (auto const byte : bytes_) {
        if (is_dash_place(out.size())) out += '-';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

}  // namespace kula::base
