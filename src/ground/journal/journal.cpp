#include "journal/journal.hpp"

#include <algorithm>
#include <utility>

#include "base/must.hpp"
#include "entry_list.hpp"
#include "entry_table.hpp"
#include "journal_migrations.hpp"
#include "seals/digest.hpp"
#include "verify_chain.hpp"

namespace kula::journal {
namespace {

constexpr std::size_t salt_size = 16;
constexpr std::size_t longest_actor = 200;
constexpr std::size_t longest_origin = 200;
constexpr std::size_t longest_deed = 64;
constexpr std::size_t longest_subject = 200;
constexpr std::size_t longest_why = 1'000;

/// Text that sorts and compares alike in every database.
bool is_plain(std::string_view text, std::size_t longest) {
    auto const is_visible = [](char letter) { return letter > ' ' && letter <= '~'; };
    return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), is_visible);
}

void check(base::Actor const& actor, Fact const& fact) {
    base::must(!actor.name.empty() && actor.name.size() <= longest_actor, "an actor's name is 1 to 200 bytes");
    base::must(actor.origin.size() <= longest_origin, "an actor's origin is at most 200 bytes");
    base::must(actor.why.size() <= longest_why, "an actor's reason is at most 1,000 bytes");
    base::must(is_plain(fact.deed, longest_deed), "a deed is 1 to 64 bytes of visible ASCII");
    base::must(is_plain(fact.subject, longest_subject), "a subject is 1 to 200 bytes of visible ASCII");
    base::must(fact.before.size() <= longest_state && fact.after.size() <= longest_state,
               "before and after are at most 1 MiB each");
}

}  // namespace

struct Journal::State {
    storage::Database& database;
    base::Clock const& clock;
};

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}
Journal::~Journal() = default;

base::Result<std::unique_ptr<Journal>> Journal::open(storage::Database& database, base::Clock const& clock) {
    if (auto const migrated = database.migrate(journal_migrations()); migrated.has_error()) return migrated.error();
    return std::unique_ptr<Journal>(new Journal(std::make_unique<State>(State{database, clock})));
}

std::int64_t Journal::append(storage::Session& session, base::Actor const& actor, Fact const& fact) {
    check(actor, fact);
    auto head = read_head(session, Lock::until_commit);
    base::must(head.has_value(), "the chain has a head");
    StoredEntry entry;
    entry.payload = {seals::hex(seals::random_bytes(salt_size)), actor.origin, actor.why, fact.before, fact.after};
    entry.link = {head->sequence + 1,   base::to_microseconds(state_->clock.now()),
                  actor.name,           fact.deed,
                  fact.subject,         digest_of(*entry.payload),
                  std::move(head->hash)};
    entry.hash = hash_of(entry.link);
    entry.deed_noun = first_part(fact.deed, '.');
    entry.subject_kind = first_part(fact.subject, ':');
    write_entry(session, entry);
    return entry.link.sequence;
}

base::Result<std::int64_t> Journal::record(base::Actor const& actor, Fact const& fact) {
    return state_->database.write(storage::Priority::interactive,
                                  [&](storage::Session& session) { return append(session, actor, fact); });
}

base::Result<void> Journal::erase(std::int64_t sequence, base::Actor const& actor) {
    return state_->database.write(storage::Priority::interactive, [&](storage::Session& session) -> base::Result<void> {
        auto const found =
            session.value<std::int64_t>("select count(*) from journal_entry where sequence = ?", sequence);
        if (found == 0) return base::not_found("the trail has no such entry");
        if (session.execute("delete from journal_payload where sequence = ?", sequence) == 0) return {};
        append(session, actor, {"journal.erased", erasure_subject(sequence)});
        return {};
    });
}

base::Result<EntryPage> Journal::list(EntryQuery const& query) const {
    return state_->database.read([&](storage::Session const& session) { return list_entries(session, query); });
}

base::Result<Head> Journal::head() const {
    return state_->database.read([](storage::Session const& session) {
        auto head = read_head(session, Lock::none);
        base::must(head.has_value(), "the chain has a head");
        return std::move(*head);
    });
}

base::Result<Verification> Journal::verify(std::optional<Checkpoint> const& checkpoint) const {
    return state_->database.read([&](storage::Session const& session) { return verify_chain(session, checkpoint); });
}

}  // namespace kula::journal
