#pragma once
/// @file
/// Parts of a mail that came in (RFC 5322, MIME of RFC 2045 to 2049), one after the other, as they were before they
/// were encoded. GMime 3.2 takes it apart and forgives as mail readers do; what it had to forgive is told. Nothing in
/// it is followed, decrypted or believed. One thread.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kula::formats {

class MailMessage {
public:
    /// A leaf of the tree: what has no parts of its own. A mail in the mail is one.
    struct Part {
        std::string name{};        ///< Of the file, whatever it is; may be empty. UTF-8.
        std::string media_type{};  ///< `text/csv`, in lower case.
        bool is_attached = false;  ///< It says so (RFC 2183), or has a name.
        bool is_encrypted = false;
        std::size_t index = 0;  ///< For `read`.
    };

    /// A byte order mark, blank lines and a mailbox's `From ` line in front do not count. `invalid` where it is longer
    /// than `longest` or holds more lines of heads or parts than anybody writes; `unavailable` where it cannot be read.
    static base::Result<MailMessage> open(std::filesystem::path const& path);
    ~MailMessage();
    MailMessage(MailMessage&&) noexcept;

    static constexpr std::uint64_t longest = 64 << 20;
    static constexpr std::size_t most_parts = 1000;
    static constexpr int deepest = 50;  ///< Parts in parts; deeper ones are none.

    /// In their order.
    [[nodiscard]] std::vector<Part> const& parts() const { return parts_; }
    /// Of the mail itself, unfolded and decoded (RFC 2047), the first of that name in any case. UTF-8.
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
    /// What had to be forgiven; nothing of a sound mail.
    [[nodiscard]] std::optional<std::string> const& fault() const { return fault_; }

    /// Decodes one, piece by piece, into `take`, which ends it by an error. A text of another charset comes as UTF-8,
    /// where that charset is known; lines of a mail in the mail end in a line feed.
    base::Result<void> read(Part const& part,
                            std::function<base::Result<void>(std::span<std::byte const> piece)> const& take) const;

private:
    struct Tree;
    explicit MailMessage(std::unique_ptr<Tree> tree);

    std::unique_ptr<Tree> tree_;
    std::vector<Part> parts_{};
    std::optional<std::string> fault_{};
};

}  // namespace kula::formats
