#include <algorithm>
#include <set>

#include "facts.hpp"
#include "fold.hpp"
#include "import_rows.hpp"
#include "organisation_table.hpp"
#include "registry/registry.hpp"
#include "registry_state.hpp"
#include "storage/record.hpp"

namespace kula::registry {
namespace {

using storage::Priority;
using storage::Session;

constexpr std::size_t drafts_in_a_unit = 200;  ///< Short enough that interactive work need not wait long.

struct Plan {
    ImportOutcome outcome = ImportOutcome::skipped;
    std::string reason{};
    Organisation organisation{};
    Organisation before{};  ///< Where it is updated.
};

void overlay(OrganisationContent& to, Draft const& draft) {
    auto const& from = draft.content;
    to.name = from.name;
    if (draft.spoken.short_name) to.short_name = from.short_name;
    if (draft.spoken.sector) to.sector = from.sector;
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
        for (auto const& draft : drafts.drafts) keys_.insert(draft.key);
    }

    [[nodiscard]] Plan plan(Session const& session, Draft const& draft) const {
        Plan out;
        auto const id = organisation_table::find_by_key(session, draft.key);
        auto const stored = id ? organisation_table::find(session, *id) : std::nullopt;
        out.organisation = stored.value_or(Organisation{
            OrganisationId::make(clock_.now()), {}, storage::new_record(clock_, actor_.name, {}, lineage_)});
        auto& [organisation_id, content, record] = out.organisation;
        overlay(content, draft);
        record.marking.tlp = draft.tlp.value_or(record.marking.tlp);
        record.marking.pap = draft.pap.value_or(record.marking.pap);
        if (auto const fault = set_parent(session, draft, out.organisation))
            return {ImportOutcome::skipped, *fault, {}};
        auto correct = checked(std::move(content));
        if (correct.has_error()) return {ImportOutcome::skipped, correct.error().detail, {}};
        content = std::move(*correct);
        if (!stored) {
            out.outcome = ImportOutcome::created;
        } else if (stored->content == content && stored->record.marking == record.marking) {
            out.outcome = ImportOutcome::unchanged;
        } else {
            out.outcome = ImportOutcome::updated;
            out.before = *stored;
            record.changed_at = clock_.now();
            record.changed_by = actor_.name;
            ++record.version;
        }
        return out;
    }

    void apply(Session& session, Plan const& plan) const {
        if (plan.outcome == ImportOutcome::created) {
            organisation_table::insert(session, plan.organisation);
            journal_.append(session, actor_, created(plan.organisation));
        }
        if (plan.outcome == ImportOutcome::updated) {
            organisation_table::update(session, plan.organisation);
            journal_.append(session, actor_, changed(plan.before, plan.organisation));
        }
    }

    void note(Draft const& draft, Plan const& plan) {
        for (auto const place : draft.rows) {
            auto& row = drafts_.rows[place];
            row.outcome = plan.outcome;
            row.reason = plan.reason;
            bool const has_id = plan.outcome == ImportOutcome::updated || plan.outcome == ImportOutcome::unchanged ||
                                (plan.outcome == ImportOutcome::created && mode_ == ImportMode::apply);
            if (has_id) row.id = plan.organisation.id;
            if (mode_ == ImportMode::apply) continue;
            if (plan.outcome == ImportOutcome::updated) row.before = told(plan.before);
            if (plan.outcome == ImportOutcome::updated || plan.outcome == ImportOutcome::created)
                row.after = told(plan.organisation);
        }
    }

private:
    /// The fault, if the parent cannot be.
    [[nodiscard]] std::optional<std::string> set_parent(Session const& session, Draft const& draft,
                                                        Organisation& to) const {
        if (!draft.spoken.parent) return std::nullopt;
        to.content.parent.reset();
        if (!draft.parent) return std::nullopt;
        auto const key = name_key(*draft.parent);
        auto const parent = organisation_table::find_by_key(session, key);
        if (!parent) {
            bool const will_be_known = mode_ == ImportMode::report_only && key != draft.key && keys_.count(key) > 0;
            return will_be_known ? std::nullopt : std::optional<std::string>("parent: is no known organisation");
        }
        to.content.parent = *parent;
        auto const fits = check_parent(session, to.id, parent);
        return fits.has_error() ? std::optional(fits.error().detail) : std::nullopt;
    }

    base::Actor const& actor_;
    journal::Journal& journal_;
    base::Clock const& clock_;
    ImportMode mode_;
    ImportDrafts& drafts_;
    std::string lineage_ = "import:" + base::Uuid::v7(clock_.now()).text();
    std::set<std::string> keys_;
};

ImportReport report_of(std::vector<ImportedRow> rows) {
    ImportReport report;
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

base::Result<ImportReport> Registry::import(ImportFormat format, std::string_view text, base::Actor const& actor,
                                            ImportMode mode) {
    auto drafts = format == ImportFormat::csv ? read_csv(text) : read_json(text);
    if (drafts.has_error()) return drafts.error();
    // Parents before those who name them, as far as one step goes.
    std::stable_partition(drafts->drafts.begin(), drafts->drafts.end(),
                          [](Draft const& draft) { return !draft.parent; });
    Import work(actor, state_->journal, state_->clock, mode, *drafts);
    auto const& all = drafts->drafts;
    for (std::size_t begin = 0; begin < all.size(); begin += drafts_in_a_unit) {
        auto const end = std::min(begin + drafts_in_a_unit, all.size());
        std::vector<Plan> plans;
        auto const done = mode == ImportMode::apply
                              ? state_->database.write(Priority::bulk,
                                                       [&](Session& session) {
                                                           plans.clear();
                                                           for (auto i = begin; i < end; ++i) {
                                                               plans.push_back(work.plan(session, all[i]));
                                                               work.apply(session, plans.back());
                                                           }
                                                       })
                              : state_->database.read([&](Session const& session) {
                                    plans.clear();
                                    for (auto i = begin; i < end; ++i) plans.push_back(work.plan(session, all[i]));
                                });
        if (done.has_error()) {
            if (begin > 0 && mode == ImportMode::apply) state_->changed();
            return done.error();
        }
        for (auto i = begin; i < end; ++i) work.note(all[i], plans[i - begin]);
    }
    if (mode == ImportMode::apply && !all.empty()) state_->changed();
    auto report = report_of(std::move(drafts->rows));
    report.unknown_columns = std::move(drafts->unknown_columns);
    return report;
}

}  // namespace kula::registry
