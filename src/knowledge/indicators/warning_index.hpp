#pragma once
/// @file
/// All entries of all warning lists, arranged for looking up. Inside the room.

#include <re2/re2.h>
#include <re2/set.h>

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indicators/warninglist.hpp"
#include "warning_addresses.hpp"
#include "warninglist_text.hpp"

namespace kula::indicators {

class Warninglists::Index {
public:
    void fault(std::string file, std::string reason) { faults_.push_back({std::move(file), std::move(reason)}); }
    void add(std::string const& file, std::string_view json);
    /// Once, after the last `add`.
    void build();

    [[nodiscard]] std::vector<WarningHit> matches(Value const& value) const;
    [[nodiscard]] bool warns(Value const& value) const;
    [[nodiscard]] std::vector<Warninglist> const& lists() const { return lists_; }
    [[nodiscard]] std::vector<WarninglistFault> const& faults() const { return faults_; }

private:
    /// Nearly always one place a key.
    struct PlaceList {
        EntryPlace first;
        std::unique_ptr<std::vector<EntryPlace>> more{};
    };
    /// Keys are views into the entries, or into `folded_` where an entry is written otherwise than it is compared.
    using Places = std::unordered_map<std::string_view, PlaceList>;
    struct Pattern {
        std::unique_ptr<re2::RE2> expression;
        EntryPlace place;
    };
    struct Loaded {
        std::string file;
        WarninglistText text;
    };

    /// One entry into the index; why not, if it cannot be used.
    base::Result<void> take(EntryPlace place);
    base::Result<void> take_block(EntryPlace place);
    base::Result<void> take_string(EntryPlace place);
    base::Result<void> take_hostname(EntryPlace place);
    base::Result<void> take_pattern(EntryPlace place);
    void take_list(std::uint32_t number);
    void put(Places& places, EntryPlace place, std::string const& key);
    void build_patterns();
    [[nodiscard]] std::string const& entry(EntryPlace place) const {
        return loaded_[place.list].text.entries[place.entry];
    }

    /// Calls `visitor(place)` for entries that hold the value until it says `Visit::enough`; a list may come more than
    /// once.
    enum class Visit : std::uint8_t { more, enough };
    template <class Visitor>
    void visit(Value const& value, Visitor&& visitor) const;
    template <class Visitor>
    static Visit visit_places(Places const& places, std::string_view key, Visitor&& visitor);
    template <class Visitor>
    Visit visit_hostname(Value const& value, Visitor&& visitor) const;
    template <class Visitor>
    Visit visit_patterns(Value const& value, Visitor&& visitor) const;
    [[nodiscard]] bool speaks_of(EntryPlace place, Kind kind) const {
        return loaded_[place.list].text.kinds.test(static_cast<std::size_t>(kind));
    }

    std::vector<Loaded> loaded_;
    std::vector<Warninglist> lists_;
    std::vector<WarninglistFault> faults_;
    WarningAddresses blocks_;
    std::deque<std::string> folded_;
    Places strings_;
    bool strings_hold_addresses_ = false;
    Places hostnames_;
    std::vector<Pattern> patterns_;
    std::int64_t programs_ = 0;
    std::unique_ptr<re2::RE2::Set> pattern_set_;
    Kinds pattern_kinds_;
};

}  // namespace kula::indicators
