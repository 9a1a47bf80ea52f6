#pragma once
// A blob's text, out of what it is packed in.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.hpp"

namespace kula::intake {

/// A file that is packed in gzip or zstd, also in several of them one in the other, is opened; memory is bounded.
class Content {
public:
    static base::Result<Content> open(std::filesystem::path const& path);
    ~Content();
    Content(Content&&) noexcept;

    /// The next bytes; none at the end. They live until the next call. `unavailable` where the disk fails, `invalid`
    /// where it is no longer what it is packed in, or unpacks to more than is taken.
    base::Result<std::span<std::byte const>> next();
    /// Whether the packing ends where it should; at the end.
    [[nodiscard]] bool is_whole() const;

private:
    struct Layer;
    explicit Content(std::unique_ptr<Layer> layer);
    std::unique_ptr<Layer> top_;
};

/// What a delivery unpacks to at most, and how many packings are opened.
constexpr std::uint64_t longest_content = 64ULL << 30;
constexpr int deepest_packing = 3;
/// Beyond the first 64 MiB, so many bytes are believed to come of one.
constexpr std::uint64_t widest_ratio = 200;
/// Of reading that is asked to end.
inline base::Error stopped() { return base::unavailable("reading was stopped; it goes on where it was"); }

/// By its beginning, the first KiB: what a web server answers where the report should be. HTML, also behind the head of
/// an XML file.
bool is_web_page(std::string_view text);

/// Whether so many bytes cannot have come of so few.
bool is_bomb(std::uint64_t made, std::uint64_t read);

}  // namespace kula::intake
