#include "journal/receipts.hpp"

#include "seals/digest.hpp"
#include "seals/secret_box.hpp"

namespace kula::journal {
namespace {

using storage::Priority;
using storage::Session;

std::string id_of(std::string const& secret, RequestKey const& key) {
    return seals::hex(seals::hmac_sha256(secret, "kula-receipt-id-1\n" + key.caller + '\n' + key.key));
}

std::string digest_of(RequestKey const& key) { return seals::hex(seals::sha256(key.request)); }

seals::SecretBox box_of(std::string const& secret, RequestKey const& key) {
    return seals::SecretBox(seals::hmac_sha256(secret, "kula-receipt-answer-1\n" + key.caller + '\n' + key.key));
}

constexpr std::string_view purpose = "receipt";

void remove_what_is_over(Session& session, base::Instant now) {
    session.execute("delete from receipt where made_at <= ?", now - receipt_life);
    session.execute("update receipt set answer = null where answer is not null and answer_until <= ?", now);
}

/// How many rows came of it: none where there is one already.
std::int64_t insert(Session& session, RequestKey const& key, std::string const& id, base::Instant now) {
    return session.execute(
        "insert into receipt (id, caller, request, answer, answer_until, made_at) values (?, ?, ?, null, ?, ?)"
        " on conflict (id) do nothing",
        id, key.caller, digest_of(key), now, now);
}

/// The oldest answers go until the rest fits.
void make_room(Session& session, std::string const& caller) {
    auto const total = session.value<std::int64_t>(
        "select cast(coalesce(sum(length(answer)), 0) as bigint) from receipt where caller = ?", caller);
    auto over = total - most_answer_bytes;
    if (over <= 0) return;
    auto const kept = session.rows<std::string, std::int64_t>(
        "select id, cast(length(answer) as bigint) from receipt where caller = ? and answer is not null order by made_at, id",
        caller);
    for (auto const& [id, bytes] : kept) {
        if (over <= 0) break;
        session.execute("update receipt set answer = null where id = ?", id);
        over -= bytes;
    }
}

}  // namespace

base::Result<std::optional<Receipt>> Receipts::find(RequestKey const& key) const {
    auto const now = clock_->now();
    return database_->read([&](Session const& session) -> base::Result<std::optional<Receipt>> {
        auto const row = session.row<std::string, std::optional<std::string>, base::Instant>(
            "select request, answer, answer_until from receipt where id = ? and made_at > ?", id_of(secret_, key),
            now - receipt_life);
        if (!row) return std::optional<Receipt>();
        auto const& [request, sealed, until] = *row;
        Receipt receipt;
        receipt.is_of_this_request = request == digest_of(key);
        if (receipt.is_of_this_request && sealed && until > now) {
            auto opened = box_of(secret_, key).open(*sealed, purpose);
            if (opened) receipt.answer = std::move(*opened);
        }
        return std::optional(std::move(receipt));
    });
}

base::Result<void> Receipts::admit(std::string const& caller) const {
    auto const made = database_->read([&](Session const& session) {
        return session.value<std::int64_t>("select count(*) from receipt where caller = ? and made_at > ?", caller,
                                           clock_->now() - receipt_life);
    });
    if (!made) return made.error();
    if (*made >= most_receipts) return base::refused("more than 10,000 keys within 24 hours");
    return {};
}

base::Result<void> Receipts::write(Session& session, RequestKey const& key) const {
    auto const id = id_of(secret_, key);
    auto const now = clock_->now();
    session.execute("delete from receipt where id = ? and made_at <= ?", id, now - receipt_life);
    if (insert(session, key, id, now) == 0) return base::conflict("a request with this key was carried out just now");
    return {};
}

base::Result<void> Receipts::keep(RequestKey const& key, std::string_view answer, std::chrono::seconds life) {
    std::optional<std::string> sealed;
    if (answer.size() <= longest_answer) sealed.emplace(box_of(secret_, key).seal(answer, purpose));
    return database_->write(Priority::interactive, [&](Session& session) {
        auto const now = clock_->now();
        auto const id = id_of(secret_, key);
        remove_what_is_over(session, now);
        insert(session, key, id, now);
        session.execute("update receipt set answer = ?, answer_until = ? where id = ?", sealed, now + life, id);
        make_room(session, key.caller);
    });
}

base::Result<void> Receipts::drop(RequestKey const& key) {
    return database_->write(Priority::interactive, [&](Session& session) {
        session.execute("delete from receipt where id = ?", id_of(secret_, key));
    });
}

base::Result<void> Receipts::tidy() {
    return database_->write(Priority::bulk, [&](Session& session) { remove_what_is_over(session, clock_->now()); });
}

}  // namespace kula::journal
