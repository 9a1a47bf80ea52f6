#include "entry_list.hpp"

#include <charconv>
#include <utility>

#include "chain.hpp"
#include "entry_table.hpp"
#include "seals/digest.hpp"
#include "storage/where.hpp"

namespace kula::journal {
namespace {

constexpr std::size_t longest_filter = 200;
constexpr std::size_t longest_page = 1'000;

/// What a cursor carries of its query, so that it continues no other one.
std::string fingerprint(EntryQuery const& query) {
    std::string text;
    auto const add = [&text](std::optional<std::string> const& part) {
        text += part ? std::to_string(part->size()) + ':' + *part : "-";
        text += ';';
    };
    auto const moment = [](std::optional<base::Instant> const& instant) {
        return instant ? std::optional(std::to_string(base::to_microseconds(*instant))) : std::nullopt;
    };
    for (auto const* const part : {&query.subject, &query.actor, &query.deed}) add(*part);
    add(moment(query.from));
    add(moment(query.to));
    if (query.order == EntryOrder::oldest_first) text += "oldest first";
    return seals::hex(seals::sha256(text)).substr(0, 16);
}

std::optional<std::int64_t> parse_cursor(EntryQuery const& query) {
    auto const start = fingerprint(query) + '.';
    if (!query.cursor.starts_with(start)) return std::nullopt;
    auto const digits = std::string_view(query.cursor).substr(start.size());
    std::int64_t sequence = 0;
    auto const [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), sequence);
    bool const is_number = fault == std::errc{} && end == digits.data() + digits.size();
    return is_number && sequence > 0 ? std::optional(sequence) : std::nullopt;
}

/// Whether the filter is a kind or a noun with its separator and nothing behind it.
bool is_first_part(std::string_view filter, char separator) {
    return !filter.empty() && filter.find(separator) == filter.size() - 1;
}

void add_filters(storage::Where& where, EntryQuery const& query) {
    if (query.subject && is_first_part(*query.subject, ':')) {
        where.add("e.subject_kind = ?", first_part(*query.subject, ':'));
    } else if (query.subject) {
        where.add("e.subject = ?", *query.subject);
    }
    if (query.deed) where.add("e.deed_noun = ?", first_part(*query.deed, '.'));  // There is an index by noun only.
    if (query.deed && !is_first_part(*query.deed, '.')) where.add("e.deed = ?", *query.deed);
    if (query.actor) where.add("e.actor = ?", *query.actor);
    if (query.from) where.add("e.at >= ?", *query.from);
    if (query.to) where.add("e.at < ?", *query.to);
}

std::optional<base::Error> objection(EntryQuery const& query) {
    for (auto const& [name, filter] :
         {std::pair("subject", &query.subject), std::pair("actor", &query.actor), std::pair("deed", &query.deed)}) {
        if (*filter && (*filter)->size() > longest_filter)
            return base::invalid(std::string(name) + ": is longer than 200 bytes");
    }
    if (query.limit == 0 || query.limit > longest_page) return base::invalid("limit: is not from 1 to 1,000");
    return std::nullopt;
}

}  // namespace

base::Result<EntryPage> list_entries(storage::Session const& session, EntryQuery const& query) {
    if (auto error = objection(query)) return std::move(*error);
    storage::Where where;
    add_filters(where, query);
    if (!query.cursor.empty()) {
        auto const place = parse_cursor(query);
        if (!place) return base::invalid("cursor: does not belong to this list");
        where.add(query.order == EntryOrder::newest_first ? "e.sequence < ?" : "e.sequence > ?", *place);
    }
    auto found = entries_where(session, where.sql(), where.arguments(), query.order, query.limit + 1);
    EntryPage page;
    bool const is_last = found.size() <= query.limit;
    if (!is_last) found.pop_back();
    page.items.reserve(found.size());
    for (auto& entry : found) page.items.push_back(to_entry(std::move(entry)));
    if (!is_last) page.next = fingerprint(query) + '.' + std::to_string(page.items.back().sequence);
    return page;
}

}  // namespace kula::journal
