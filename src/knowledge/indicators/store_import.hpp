#pragma once
/// @file
/// One import of one source. Inside the room.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/record.hpp"
#include "store_state.hpp"

namespace kula::indicators {

/// What a list says of one value beyond the value itself.
struct Told {
    std::optional<Confidence> confidence{};
    std::optional<base::Instant> first_seen{}, last_seen{}, valid_from{}, valid_until{};
    std::optional<base::Tlp> tlp{};
    std::optional<base::Pap> pap{};
    std::string rsit_class{}, rsit_type{}, comment{};
};

/// A whole list, each value once.
struct ReadList {
    static constexpr std::uint32_t nothing_told = ~std::uint32_t{0};
    struct Entry {
        Value value;
        std::uint32_t told = nothing_told;  ///< Place in `told`.
    };

    ImportReport report{};
    std::vector<Entry> entries{};
    std::vector<Told> told{};

    void take(Value const& value, Attributes const& attributes);
    /// Sorted by value, without repetition; of several the first counts.
    void settle();
};

/// `invalid`, naming the field.
base::Result<void> check(ListSource const& source);

class SourceImport {
public:
    SourceImport(StoreState& state, ListSource const& source, base::Actor const& actor, ReadList list);

    base::Result<SourceReport> run(Shrinking shrinking);

private:
    base::Result<void> begin(Shrinking shrinking);
    base::Result<void> write_part(std::size_t first, std::size_t last);
    base::Result<void> write_gone();
    base::Result<void> end();

    void stage(storage::Session& session, std::size_t first, std::size_t last);
    void stage_one(storage::Bulk& bulk, ReadList::Entry const& entry, Warninglists const& lists);
    std::int64_t upsert(storage::Session& session, std::int64_t staged);
    [[nodiscard]] base::Record record() const;
    [[nodiscard]] std::string told() const;
    [[nodiscard]] base::Readers readers_of(base::Tlp tlp) const;

    StoreState& state_;
    ListSource source_;  ///< Its readers are those that count.
    base::Actor const& actor_;
    ReadList list_;
    base::Instant now_;
    std::string source_id_{};
    std::string lineage_{};
    std::int64_t import_number_ = 0;
    SourceReport report_{};
    std::int64_t part_flagged_ = 0;
};

}  // namespace kula::indicators
