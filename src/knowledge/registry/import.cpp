#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>

#include "facts.hpp"
#include "import_rows.hpp"
#include "organisation_table.hpp"
#include "parents_first.hpp"
#include "registry/fold.hpp"
#include "registry/registry.hpp"
#include "registry_state.hpp"
#include "seals/digest.hpp"
#include "storage/record.hpp"

namespace kula::registry {
namespace {

using storage::Priority;
using storage::Session;

constexpr std::size_t drafts_in_a_unit = 200;  ///< Short enough that interactive work need not wait long.

struct Plan {
    ImportOutcome outcome = ImportOutcome::skipped;
    std::optional<base::Error> fault{};  ///< Why it is skipped.
    Organisation organisation{};
    Organisation before{};  ///< Where it is updated.
    std::vector<FieldChange> changes{};
};

Plan skipped(base::Error fault) { return {ImportOutcome::skipped, std::move(fault), {}, {}, {}}; }

void overlay(OrganisationContent& to, Draft const& draft) {
    auto const& from = draft.content;
    to.name = from.name;
    if (draft.spoken.short_name) to.short_name = from.short_name;
    if (draft.spoken.sector && to.sector != from.sector) {
        to.sector = from.sector;
        to.subsector.reset();
    }
    if (draft.spoken.subsector) to.subsector = from.subsector;
    if (draft.spoken.size) to.size = from.size;
    if (draft.spoken.entity_class) to.entity_class = from.entity_class;
    if (draft.spoken.entity_class_reason) to.entity_class_reason = from.entity_class_reason;
    if (draft.spoken.languages) to.languages = from.languages;
    if (draft.spoken.country) to.country = from.country;
    if (draft.spoken.website) to.website = from.website;
    if (draft.spoken.notes) to.notes = from.notes;
    if (draft.spoken.networks) to.networks = from.networks;
    if (draft.spoken.contacts) to.contacts = from.contacts;
}

/// One import's way from drafts to rows of the report.
class Import {
public:
    Import(base::Actor const& actor, journal::Journal& journal, base::Clock const& clock, ImportMode mode,
           ImportDrafts& drafts)
        : actor_(actor), journal_(journal), clock_(clock), mode_(mode), drafts_(drafts) {
        for (auto const& draft : drafts.drafts) coming_.insert(draft.key);
    }

    /// What becomes of it; the drafts are to come in the order of `parents_first`.
    Plan take(Session const& session, Draft const& draft) {
        auto out = draft.fault ? skipped(*draft.fault) : plan(session, draft);
        if (out.outcome == ImportOutcome::skipped) coming_.erase(draft.key);
        note(draft, out);
        return out;
    }

    void apply(Session& session, Plan const& plan) const {
        if (plan.outcome == ImportOutcome::created) {
            organisation_table::insert(session, plan.organisation);
            journal_.append(session, actor_, created(plan.organisation));
        }
        if (plan.outcome == ImportOutcome::updated) {
            auto organisation = plan.organisation;
            organisation_table::update(session, organisation);
            journal_.append(session, actor_, changed(plan.before, plan.organisation));
        }
    }

private:
    [[nodiscard]] Plan plan(Session const& session, Draft const& draft) const {
        Plan out;
        auto const id = organisation_table::find_by_key(session, draft.key);
        auto const stored = id ? organisation_table::find(session, *id) : std::nullopt;
        out.organisation = stored.value_or(Organisation{
            OrganisationId::make(clock_.now()), {}, storage::new_record(clock_, actor_.name, {}, lineage_)});
        auto& content = out.organisation.content;
        auto& record = out.organisation.record;
        overlay(content, draft);
        record.marking.tlp = draft.tlp.value_or(record.marking.tlp);
        record.marking.pap = draft.pap.value_or(record.marking.pap);
        if (auto const fault = set_parent(session, draft, out.organisation)) return skipped(*fault);
        auto correct = checked(std::move(content));
        if (correct.has_error()) return skipped(correct.error());
        content = std::move(*correct);
        if (!stored) {
            out.outcome = ImportOutcome::created;
        } else if (stored->content == content && stored->record.marking == record.marking &&
                   !is_parent_to_come(draft, out)) {
            out.outcome = ImportOutcome::unchanged;
        } else {
            out.outcome = ImportOutcome::updated;
            out.before = *stored;
            record.changed_at = clock_.now();
            record.changed_by = actor_.name;
            ++record.version;
        }
        if (out.outcome != ImportOutcome::unchanged) out.changes = changes_of(session, draft, out);
        return out;
    }

    /// Where the parent is made by the same file, and is not there yet.
    static bool is_parent_to_come(Draft const& draft, Plan const& plan) {
        return draft.parent && !plan.organisation.content.parent;
    }

    /// With the parent by its name, also where it is still to be made.
    static std::vector<FieldChange> changes_of(Session const& session, Draft const& draft, Plan const& plan) {
        auto out = changes_between(plan.before.content, plan.organisation.content);
        for (auto& change : changes_between(plan.before.record.marking, plan.organisation.record.marking))
            out.push_back(std::move(change));
        if (plan.outcome == ImportOutcome::created && !out.empty()) out.front().before.reset();
        auto const name = [&session](std::optional<std::string>& id) {
            if (id) id = session.value<std::string>("select name from organisation where id = ?", *id);
        };
        for (auto& change : out) {
            if (change.field != "parent") continue;
            name(change.before);
            name(change.after);
        }
        if (is_parent_to_come(draft, plan)) out.push_back({"parent", {}, {}, draft.parent});
        return out;
    }

    void note(Draft const& draft, Plan const& plan) {
        for (auto const place : draft.rows) {
            auto& row = drafts_.rows[place];
            row.outcome = plan.outcome;
            if (plan.fault) row.tell(*plan.fault);
            if (place == draft.rows.front()) row.changes = plan.changes;
            bool const has_id = plan.outcome == ImportOutcome::updated || plan.outcome == ImportOutcome::unchanged ||
                                (plan.outcome == ImportOutcome::created && mode_ == ImportMode::apply);
            if (has_id) row.id = plan.organisation.id;
        }
    }

    /// The fault, if the parent cannot be.
    [[nodiscard]] std::optional<base::Error> set_parent(Session const& session, Draft const& draft,
                                                        Organisation& to) const {
        if (!draft.spoken.parent) return std::nullopt;
        to.content.parent.reset();
        if (!draft.parent) return std::nullopt;
        auto const key = name_key(*draft.parent);
        auto const parent = organisation_table::find_by_key(session, key);
        if (!parent) {
            bool const will_be_known = mode_ == ImportMode::report_only && key != draft.key && coming_.contains(key);
            return will_be_known ? std::nullopt : std::optional(base::invalid("parent", "is no known organisation"));
        }
        to.content.parent = *parent;
        auto const fits = check_parent(session, to.id, parent);
        return fits.has_error() ? std::optional(fits.error()) : std::nullopt;
    }

    base::Actor const& actor_;
    journal::Journal& journal_;
    base::Clock const& clock_;
    ImportMode mode_;
    ImportDrafts& drafts_;
    std::string lineage_ = "import:" + base::Uuid::v7(clock_.now()).text();
    std::set<std::string, std::less<>> coming_;  ///< Keys of drafts that are not refused so far.
};

/// What the drafts do to which versions of what is stored, as a digest: equal as long as they do the same.
class Foretelling {
public:
    explicit Foretelling(std::string_view text) : told_(seals::hex(seals::sha256(text))) {}
    void add(Draft const& draft, Plan const& plan) {
        told_ += '\n' + draft.key + '\n' + std::string(to_text(plan.outcome)) + ' ';
        bool const is_stored = plan.outcome == ImportOutcome::updated || plan.outcome == ImportOutcome::unchanged;
        if (is_stored) told_ += plan.organisation.id.text() + ' ' + std::to_string(plan.organisation.record.version);
    }
    [[nodiscard]] std::string digest() const { return seals::hex(seals::sha256(told_)); }

private:
    std::string told_;
};

base::Result<ImportDrafts> read(ImportFormat format, std::string_view text) {
    switch (format) {
        case ImportFormat::csv: return read_csv(text);
        case ImportFormat::json: return read_json(text);
        case ImportFormat::json_lines: break;
    }
    return read_json_lines(text);
}

ImportReport report_of(ImportDrafts drafts, Foretelling const& foretelling) {
    ImportReport report;
    auto& rows = drafts.rows;
    report.read = rows.size();
    for (auto const& row : rows) {
        switch (row.outcome) {
            case ImportOutcome::created: ++report.created; break;
            case ImportOutcome::updated: ++report.updated; break;
            case ImportOutcome::unchanged: ++report.unchanged; break;
            case ImportOutcome::skipped: ++report.skipped; break;
        }
    }
    report.rows = std::move(rows);
    report.unknown_columns = std::move(drafts.unknown_columns);
    report.foretold = foretelling.digest();
    return report;
}

}  // namespace

std::string_view to_text(ImportOutcome outcome) {
    switch (outcome) {
        case ImportOutcome::created: return "created";
        case ImportOutcome::updated: return "updated";
        case ImportOutcome::unchanged: return "unchanged";
        case ImportOutcome::skipped: break;
    }
    return "skipped";
}

void ImportedRow::tell(base::Error const& error) {
    constexpr std::size_t most_told = 10;
    problems = error.fields;
    auto const left = problems.size() - std::min(problems.size(), most_told);
    problems.resize(problems.size() - left);
    reason = problems.empty() ? error.detail : std::string();
    for (auto const& [field, message] : problems)
        reason.append(reason.empty() ? "" : "; ").append(field).append(": ").append(message);
    if (left > 0) reason += fmt::format("; and {} more", left);
}

base::Result<ImportReport> Registry::import(ImportFormat format, std::string_view text, base::Actor const& actor,
                                            ImportMode mode) {
    auto drafts = read(format, text);
    if (drafts.has_error()) return drafts.error();
    auto const order = parents_first(drafts->drafts);
    Import work(actor, state_->journal, state_->clock, mode, *drafts);
    Foretelling foretelling(text);
    for (std::size_t begin = 0; begin < order.size(); begin += drafts_in_a_unit) {
        std::span const unit(order.begin() + static_cast<std::ptrdiff_t>(begin),
                             std::min(drafts_in_a_unit, order.size() - begin));
        std::vector<Plan> plans;
        auto const done = mode == ImportMode::apply
                              ? state_->database.write(Priority::bulk,
                                                       [&](Session& session) {
                                                           plans.clear();
                                                           for (auto const at : unit) {
                                                               plans.push_back(work.take(session, drafts->drafts[at]));
                                                               work.apply(session, plans.back());
                                                           }
                                                       })
                              : state_->database.read([&](Session const& session) {
                                    plans.clear();
                                    for (auto const at : unit) plans.push_back(work.take(session, drafts->drafts[at]));
                                });
        if (done.has_error()) {
            if (begin > 0 && mode == ImportMode::apply) state_->changed();
            return done.error();
        }
        for (std::size_t i = 0; i < unit.size(); ++i) foretelling.add(drafts->drafts[unit[i]], plans[i]);
    }
    if (mode == ImportMode::apply && !order.empty()) state_->changed();
    return report_of(std::move(*drafts), foretelling);
}

base::Result<ImportReport> Registry::import_foretold(ImportFormat format, std::string_view text,
                                                     std::string_view foretold, base::Actor const& actor) {
    auto drafts = read(format, text);
    if (drafts.has_error()) return drafts.error();
    auto const order = parents_first(drafts->drafts);
    auto const rows = drafts->rows;
    std::optional<Foretelling> foretelling;
    auto const done = state_->database.write(Priority::bulk, [&](Session& session) -> base::Result<void> {
        drafts->rows = rows;
        foretelling.emplace(text);
        Import work(actor, state_->journal, state_->clock, ImportMode::apply, *drafts);
        for (auto const at : order) {
            auto const plan = work.take(session, drafts->drafts[at]);
            work.apply(session, plan);
            foretelling->add(drafts->drafts[at], plan);
        }
        if (foretelling->digest() != foretold)
            return base::conflict("the registry has been changed since the preview, or the file is another");
        return {};
    });
    if (done.has_error()) return done.error();
    state_->changed();
    return report_of(std::move(*drafts), *foretelling);
}

}  // namespace kula::registry
