#include "content.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <vector>

#include "base/ascii.hpp"
#include "base/descriptor.hpp"
#include "formats/compression.hpp"
#include "formats/zip_archive.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

constexpr std::size_t at_once = 1 << 20;
constexpr std::uint64_t unsuspicious = 64 << 20;

using Bytes = std::span<std::byte const>;

}  // namespace

/// The file, or what unpacks the layer below it.
struct Content::Layer {
    std::unique_ptr<Layer> below{};
    std::optional<base::Descriptor> file{};
    std::optional<formats::Decompressor> unpacking{};
    std::vector<std::byte> buffer = std::vector<std::byte>(at_once);
    Bytes given{};         ///< Of the layer below, not used yet.
    bool is_held = false;  ///< `held` was looked at and is to be given first.
    Bytes held{};
    std::uint64_t read = 0;
    std::uint64_t made = 0;

    base::Result<Bytes> next() {
        if (std::exchange(is_held, false)) return held;
        return file ? next_of_file() : next_unpacked();
    }
    /// Its beginning, without taking it.
    base::Result<Bytes> look() {
        auto first = next();
        if (!first) return first.error();
        held = *first;
        is_held = true;
        return held;
    }

private:
    base::Result<Bytes> next_of_file() {
        for (;;) {
            auto const count = ::read(file->number(), buffer.data(), buffer.size());
            if (count >= 0) return Bytes(buffer).first(static_cast<std::size_t>(count));
            if (errno != EINTR) return base::unavailable(fmt::format("a delivery's bytes: {}", std::strerror(errno)));
        }
    }
    base::Result<Bytes> next_unpacked() {
        for (;;) {
            if (given.empty()) {
                auto more = below->next();
                if (!more) return more.error();
                given = *more;
                read += given.size();
            }
            bool const is_end = given.empty();
            auto const step = unpacking->step(given, buffer);
            given = given.subspan(step.used);
            made += step.made;
            if (is_bomb(made, read)) return base::invalid("it unpacks to far more than it is");
            if (step.made > 0) return Bytes(buffer).first(step.made);
            if (unpacking->is_broken()) return base::invalid("its packing is damaged");
            if (is_end) return Bytes();
        }
    }
};

bool is_bomb(std::uint64_t made, std::uint64_t read) {
    return made > longest_content || (made > unsuspicious && made > read * widest_ratio);
}

Content::Content(std::unique_ptr<Layer> layer) : top_(std::move(layer)) {}
Content::~Content() = default;
Content::Content(Content&&) noexcept = default;

base::Result<Content> Content::open(std::filesystem::path const& path) {
    auto layer = std::make_unique<Layer>();
    layer->file.emplace(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!layer->file->is_open()) return base::unavailable(fmt::format("{}: {}", path.string(), std::strerror(errno)));
    for (int depth = 0;; ++depth) {
        auto const first = layer->look();
        if (!first && first.error().fault == base::Fault::unavailable) return first.error();
        if (first && formats::is_zip(*first))
            return base::invalid("it is a zip archive inside another packing, which is not opened");
        auto const packing = first ? formats::compression_of(*first) : std::nullopt;
        if (!packing) break;
        if (depth == deepest_packing) return base::invalid("it is packed in more than three packings");
        auto above = std::make_unique<Layer>();
        above->below = std::move(layer);
        above->unpacking.emplace(*packing);
        layer = std::move(above);
    }
    return Content(std::move(layer));
}

base::Result<std::span<std::byte const>> Content::next() { return top_->next(); }

bool Content::is_whole() const {
    for (auto const* layer = top_.get(); layer != nullptr; layer = layer->below.get()) {
        if (layer->unpacking && !layer->unpacking->is_complete()) return false;
    }
    return true;
}

bool is_web_page(std::string_view text) {
    constexpr std::size_t longest_head = 1024;
    step_over_mark(text, false);
    auto const front = base::lower_case(trimmed(text.substr(0, longest_head)));
    if (front.starts_with("<!doctype html") || front.starts_with("<html")) return true;
    return front.starts_with("<?xml") && front.find("<html") != std::string::npos;
}

}  // namespace kula::intake
