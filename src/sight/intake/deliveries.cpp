// Deliveries as they are looked at, and read again.

#include "content.hpp"
#include "delivery_list.hpp"
#include "delivery_table.hpp"
#include "intake/intake.hpp"
#include "mapping_rules.hpp"
#include "shown.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

using delivery_table::Coming;
using storage::Priority;
using storage::Session;

constexpr std::size_t previewed_lines = 20;
constexpr std::size_t previewed_bytes = 64 << 10;
constexpr std::size_t longest_previewed_line = 2000;

base::Error no_such_delivery() { return base::not_found("no such delivery"); }

bool is_shipped(std::string const& format) {
    return format.starts_with("shadowserver/") || Mappings::shipped().find(format).has_value();
}

bool is_untold(Delivery const& delivery) { return delivery.account.format == delivery_table::untold_format; }

/// How it would be read if it came now; a mapping that is not shipped is the one that read it.
base::Result<Coming> coming_now(Delivery const& delivery, std::optional<std::string> const& rules) {
    FileTold told{.name = delivery.name, .source = delivery.source};
    auto const& format = delivery.account.format;
    if (is_shipped(format)) {
        told.format = format;
    } else if (rules && !is_untold(delivery)) {
        told.mapping = *rules;
    } else {
        return base::conflict("its mapping is not kept; send a mapping");
    }
    auto const incoming = incoming_of(told);
    if (!incoming) return incoming.error();
    return delivery_table::coming(*incoming);
}

base::Result<Coming> coming_again(Session const& session, Delivery const& delivery,
                                  std::optional<Mapping> const& mapping) {
    if (mapping) return delivery_table::coming({delivery.name, delivery.source, *mapping});
    auto rules = delivery_table::rules_of(session, delivery.account.id);
    if (!delivery.is_archive()) return coming_now(delivery, rules);
    if (!rules) return base::conflict("its mapping is not kept; send a mapping");
    auto const fingerprint = fingerprint_of(*rules);
    return Coming{delivery.name, delivery.source, delivery.account.format, fingerprint, std::move(*rules)};
}

/// For the trail.
std::string told_of(DeliveryAccount const& account, DeliveryState state) {
    Json out{{"state", to_text(state)},      {"format", account.format},         {"rows", account.rows},
             {"accepted", account.accepted}, {"duplicates", account.duplicates}, {"quarantined", account.quarantined}};
    return out.dump();
}

}  // namespace

base::Result<Delivery> Intake::read_again(DeliveryId id, std::optional<Mapping> const& mapping,
                                          base::Actor const& actor) {
    if (!actor.clearance.sees_everything()) return no_such_delivery();
    auto begun = database_.write(Priority::interactive, [&](Session& session) -> base::Result<Delivery> {
        auto const delivery = delivery_list::find(session, id);
        if (!delivery) return no_such_delivery();
        if (delivery->state == DeliveryState::stored) return base::conflict("it is being read");
        if (delivery->state == DeliveryState::read && delivery->account.quarantined == 0)
            return base::conflict("no row of it is set aside");
        if (mapping && delivery->is_archive())
            return base::invalid("mapping", "is for a file; those of an archive are read again by themselves");
        auto const coming = coming_again(session, *delivery, mapping);
        if (!coming) return coming.error();
        delivery_table::begin_anew(session, delivery->account.id, *coming);
        Json const after{{"state", to_text(DeliveryState::stored)}, {"format", coming->format}};
        journal_.append(session, actor,
                        {"delivery.read_again", "delivery:" + id.text(), told_of(delivery->account, delivery->state),
                         after.dump()});
        return *delivery_list::find(session, id);
    });
    if (!begun) return begun.error();
    {
        std::lock_guard const lock(mutex_);
        has_begun_ = true;
    }
    is_free_.notify_all();
    return begun;
}

bool Intake::wait_for_begun(std::stop_token const& stop, std::chrono::seconds longest) const {
    std::unique_lock lock(mutex_);
    is_free_.wait_for(lock, stop, longest, [this] { return std::exchange(has_begun_, false); });
    return !stop.stop_requested();
}

base::Result<DeliveryPage> Intake::list(DeliveryQuery const& query) const {
    if (!query.clearance.sees_everything()) return DeliveryPage{};
    return database_.read([&](Session const& session) { return delivery_list::page(session, query); });
}

base::Result<DeliveryTotals> Intake::totals(base::Clearance const& clearance) const {
    if (!clearance.sees_everything()) return DeliveryTotals{};
    return database_.read([](Session const& session) { return delivery_list::totals(session); });
}

base::Result<std::vector<std::string>> Intake::sources(base::Clearance const& clearance) const {
    if (!clearance.sees_everything()) return std::vector<std::string>{};
    return database_.read([](Session const& session) { return delivery_list::sources(session); });
}

base::Result<Delivery> Intake::find(DeliveryId id, base::Clearance const& clearance) const {
    if (!clearance.sees_everything()) return no_such_delivery();
    auto found = database_.read([&](Session const& session) { return delivery_list::find(session, id); });
    if (!found) return found.error();
    if (!*found) return no_such_delivery();
    return std::move(**found);
}

base::Result<std::optional<std::string>> Intake::mapping_of(DeliveryId id, base::Clearance const& clearance) const {
    auto const delivery = find(id, clearance);
    if (!delivery) return delivery.error();
    if (delivery->is_archive() || is_untold(*delivery)) return std::optional<std::string>();
    return database_.read(
        [&](Session const& session) { return delivery_table::rules_of(session, delivery->account.id); });
}

base::Result<std::vector<ShownRow>> Intake::quarantined(DeliveryId id, std::uint64_t behind, std::size_t limit,
                                                        base::Clearance const& clearance) const {
    if (auto const delivery = find(id, clearance); !delivery) return delivery.error();
    return database_.read(
        [&](Session const& session) { return delivery_list::quarantined(session, id, behind, limit); });
}

base::Result<std::filesystem::path> Intake::raw(DeliveryId id, base::Clearance const& clearance) const {
    auto const delivery = find(id, clearance);
    if (!delivery) return delivery.error();
    return blobs_.path_of(delivery->account.sha256);
}

base::Result<std::string> Intake::beginning_of(Delivery const& delivery, std::size_t bytes, bool& is_whole) const {
    std::string out;
    is_whole = false;
    auto content = Content::open(blobs_.path_of(delivery.account.sha256));
    if (!content) return content.error();
    while (out.size() <= bytes) {
        auto const piece = content->next();
        if (!piece) return piece.error();
        if (piece->empty()) {
            is_whole = true;
            return out;
        }
        out += as_text(*piece);
    }
    out.resize(bytes);
    return out;
}

base::Result<Preview> Intake::preview(DeliveryId id, base::Clearance const& clearance) const {
    auto const delivery = find(id, clearance);
    if (!delivery) return delivery.error();
    Preview out;
    if (delivery->is_archive()) return out;
    bool is_whole = false;
    auto const text = beginning_of(*delivery, previewed_bytes, is_whole);
    if (!text && text.error().fault == base::Fault::unavailable) return text.error();
    if (!text) return out;  // Why it cannot be unpacked is the delivery's reason.
    std::string_view rest = *text;
    while (!rest.empty() && out.lines.size() < previewed_lines) {
        auto const line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        out.is_cut = out.is_cut || line.size() > longest_previewed_line;
        auto const ending = line.ends_with('\r') ? 1U : 0U;
        out.lines.push_back(shown(base::beginning(line.substr(0, line.size() - ending), longest_previewed_line)));
    }
    out.is_cut = out.is_cut || !rest.empty() || !is_whole;
    return out;
}

base::Result<Trial> Intake::try_on(DeliveryId id, Mapping const& mapping, base::Clearance const& clearance) const {
    auto const delivery = find(id, clearance);
    if (!delivery) return delivery.error();
    if (delivery->is_archive()) return base::invalid("delivery", "is an archive; each of its files is a delivery");
    bool is_whole = false;
    auto const text = beginning_of(*delivery, longest_sample, is_whole);
    if (!text) return text.error();
    return try_mapping(mapping, *text, is_whole ? SampleEnd::reached : SampleEnd::cut);
}

}  // namespace kula::intake
