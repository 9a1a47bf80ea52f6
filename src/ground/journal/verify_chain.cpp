#include "verify_chain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "entry_table.hpp"

namespace kula::journal {
namespace {

constexpr std::size_t page_size = 128;
constexpr std::size_t most_breaks = 100;
/// Places that are tried in one verification to say where entries stood before they were moved: about a second.
constexpr std::int64_t most_tries = 1'000'000;

/// One walk, entry by entry in their order.
class Walk {
public:
    Walk(storage::Session const& session, std::optional<Checkpoint> const& checkpoint)
        : session_(session), checkpoint_(checkpoint), head_(read_head(session, Lock::none)) {}

    void visit(StoredEntry const& stored);
    Verification finish();

private:
    void report(std::int64_t sequence, std::string reason);
    /// The same of one entry, or of several in a row.
    void report_all(std::int64_t first, std::int64_t last, std::string_view one, std::string_view several);
    bool check_content(StoredEntry const& stored);
    void check_payload(StoredEntry const& stored);
    void check_head();
    void check_end();
    std::optional<std::int64_t> place_of(StoredEntry const& stored);

    storage::Session const& session_;
    std::optional<Checkpoint> const& checkpoint_;
    std::optional<Head> head_;
    Verification found_{};
    bool is_last_sound_ = true;  ///< Whether the entry before is there and is what was written.
    std::int64_t tries_ = 0;
};

void Walk::report(std::int64_t sequence, std::string reason) {
    if (found_.breaks.size() < most_breaks) found_.breaks.push_back({sequence, std::move(reason)});
}

void Walk::report_all(std::int64_t first, std::int64_t last, std::string_view one, std::string_view several) {
    report(first,
           first == last ? fmt::format(fmt::runtime(one), first) : fmt::format(fmt::runtime(several), first, last));
}

void Walk::visit(StoredEntry const& stored) {
    auto const sequence = stored.link.sequence;
    auto const last = found_.head.sequence;
    ++found_.entries;
    if (sequence < 1) return report(sequence, fmt::format("entry {} stands before the first", sequence));
    if (sequence > last + 1) {
        report_all(last + 1, sequence - 1, "entry {} is missing", "entries {} to {} are missing");
        is_last_sound_ = false;
    }
    bool const is_sound = check_content(stored);
    if (is_sound && is_last_sound_ && stored.link.previous != found_.head.hash) {
        if (last > 0) {
            report(last, fmt::format("entry {} was not written behind this entry {}: one of them was written anew",
                                     sequence, last));
        } else {
            report(sequence, fmt::format("entry {} was not written as the first", sequence));
        }
    }
    bool const is_seen = checkpoint_ && checkpoint_->head.sequence == sequence;
    if (is_seen && checkpoint_->head.hash != stored.hash)
        report(sequence, fmt::format("entry {} is not the one that the checkpoint saw", sequence));
    found_.head = {sequence, stored.hash};
    is_last_sound_ = is_sound;
}

/// The entry by itself. One sentence says it, however much of it was altered.
bool Walk::check_content(StoredEntry const& stored) {
    auto const& link = stored.link;
    if (hash_of(link) != stored.hash) {
        auto const place = place_of(stored);
        if (place) {
            report(link.sequence, fmt::format("entry {} stands in the place of another: it was written as entry {}",
                                              link.sequence, *place));
        } else {
            report(link.sequence, fmt::format("entry {} was altered", link.sequence));
        }
        found_.erased += stored.payload ? 0 : 1;
        return false;
    }
    if (first_part(link.deed, '.') != stored.deed_noun || first_part(link.subject, ':') != stored.subject_kind)
        report(link.sequence, fmt::format("entry {} was altered: it is filed under another kind", link.sequence));
    check_payload(stored);
    return true;
}

void Walk::check_payload(StoredEntry const& stored) {
    auto const sequence = stored.link.sequence;
    if (stored.payload) {
        if (digest_of(*stored.payload) != stored.link.payload_digest)
            report(sequence, fmt::format("the payload of entry {} was altered", sequence));
        return;
    }
    ++found_.erased;
    auto const told = session_.value<std::int64_t>(
        "select count(*) from journal_entry where subject = ? and deed = 'journal.erased' and sequence > ?",
        erasure_subject(sequence), sequence);
    if (told == 0) report(sequence, fmt::format("the payload of entry {} was removed and no entry says so", sequence));
}

/// Where an entry stood that does not belong where it stands: nearest places first.
std::optional<std::int64_t> Walk::place_of(StoredEntry const& stored) {
    auto link = stored.link;
    auto const here = link.sequence;
    auto const end = head_ ? head_->sequence : here;
    for (std::int64_t distance = 1; distance < here || here + distance <= end; ++distance) {
        for (auto const place : {here - distance, here + distance}) {
            if (place < 1 || place > end) continue;
            if (++tries_ > most_tries) return std::nullopt;
            link.sequence = place;
            if (hash_of(link) == stored.hash) return place;
        }
    }
    return std::nullopt;
}

void Walk::check_head() {
    auto const last = found_.head.sequence;
    if (!head_) return report(last, "the head of the chain is missing");
    if (head_->sequence > last) {
        return report_all(last + 1, head_->sequence, "entry {} is missing at the end",
                          "entries {} to {} are missing at the end");
    }
    if (head_->sequence < last) {
        return report_all(head_->sequence + 1, last, "entry {} stands behind the head",
                          "entries {} to {} stand behind the head");
    }
    if (is_last_sound_ && head_->hash != found_.head.hash)
        report(last, fmt::format("the head of the chain names another entry {}", last));
}

void Walk::check_end() {
    if (!checkpoint_ || checkpoint_->head.sequence <= found_.head.sequence) return;
    auto const seen = checkpoint_->head.sequence;
    report(seen, fmt::format("the checkpoint saw entry {} and the chain ends with entry {}: its end was cut off", seen,
                             found_.head.sequence));
}

Verification Walk::finish() {
    check_head();
    check_end();
    return std::move(found_);
}

}  // namespace

Verification verify_chain(storage::Session const& session, std::optional<Checkpoint> const& checkpoint) {
    Walk walk(session, checkpoint);
    auto after = std::numeric_limits<std::int64_t>::min();
    for (;;) {
        auto const page = entries_after(session, after, page_size);
        for (auto const& stored : page) walk.visit(stored);
        if (page.size() < page_size) return walk.finish();
        after = page.back().link.sequence;
    }
}

}  // namespace kula::journal
