#pragma once
// A folder that others lay files into.
//
// Nobody says when a file is whole. It is taken when its size and its time of change were the same at two looks; names
// that begin with a dot, or end as programs end what they still write (`.part`, `.tmp`), are passed over until they are
// renamed. Links are never followed: a name in the folder could stand for any file of this machine.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "intake/intake.hpp"

namespace kula::intake {

class DropFolder {
public:
    /// How a file stood there.
    struct Look {
        std::uint64_t bytes = 0;
        std::int64_t changed = 0;  ///< Nanoseconds since 1970.
        friend bool operator==(Look const&, Look const&) = default;
    };
    /// By name.
    using Looks = std::map<std::string, Look>;

    /// Made where it is missing. `looks` are those of before and then those of now; it outlives the folder.
    static base::Result<DropFolder> open(std::filesystem::path path, Looks& looks);

    /// Files that are whole, the oldest first, at most 100.
    [[nodiscard]] base::Result<std::vector<std::string>> whole_files();
    /// Whether others lie there, or more.
    [[nodiscard]] bool is_waiting() const { return is_waiting_; }

    /// Into `writer`, to the end. `conflict` where it is written to meanwhile, `invalid` where it is longer than
    /// `most_bytes`, `not_found` where it is gone.
    [[nodiscard]] base::Result<void> read(std::string const& name, std::uint64_t most_bytes,
                                          storage::BlobWriter& writer) const;
    enum class Fate : std::uint8_t { taken, refused };
    /// Out of the way, into `taken/` or `refused/`: by its name, or by name and content (`mark`) where there is one of
    /// this name.
    base::Result<void> put_away(std::string const& name, Fate fate, std::string const& mark);

private:
    DropFolder(std::filesystem::path path, Looks& looks) : path_(std::move(path)), looks_(&looks) {}

    std::filesystem::path path_;
    Looks* looks_;
    bool is_waiting_ = false;
};

}  // namespace kula::intake
