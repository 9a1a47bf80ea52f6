#include "intake/intake.hpp"

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "block_list.hpp"
#include "content.hpp"
#include "conversions.hpp"
#include "delivery_table.hpp"
#include "formats/base64.hpp"
#include "intake_migrations.hpp"
#include "row_readers.hpp"
#include "storage/record.hpp"
#include "texts.hpp"
#include "vulnerability_rows.hpp"

namespace kula::intake {
namespace {

using delivery_table::State;
using formats::InputEnd;
using storage::Priority;
using storage::Session;

constexpr std::size_t rows_at_once = 2000;
constexpr std::size_t bytes_at_once = 16 << 20;
/// Where none of so many first rows is understood, none will be.
constexpr std::uint64_t most_bad_first = 1000;
constexpr std::int64_t quarantined_at_once = 8;  // Of up to 11 MiB each.
constexpr std::size_t longest_reason = 500;

/// Whether a delivery is the present word of its source, not a log.
bool is_state(Mapping const& mapping) { return mapping.list() || mapping.vulnerabilities(); }

/// Collects rows into batches and commits them.
class Reader : public RowSink {
public:
    Reader(storage::Database& database, events::EventStore const& events, registry::Registry const& registry,
           origins::TablesSource const& tables, base::Clock const& clock, Incoming const& incoming,
           delivery_table::Stored stored)
        : database_(database),
          events_(events),
          registry_(registry),
          tables_(tables),
          clock_(clock),
          incoming_(incoming),
          account_(std::move(stored.account)),
          behind_(account_.rows),
          origin_{incoming.source, account_.id, stored.received_at, {}, incoming.mapping.folding()} {
        if (auto const& rules = incoming.mapping.list()) list_.emplace(*rules);
        if (auto const list = incoming.mapping.vulnerabilities()) vulnerabilities_.emplace(*list);
    }

    void row(Row const& told) override {
        if (number_ == 0) account_.new_columns = incoming_.mapping.unknown_columns(told);
        if (incoming_.mapping.skips(told)) return void(++account_.left_out);
        bool const is_accounted_for = !begins();
        if (is_accounted_for && !is_state(incoming_.mapping)) return;
        auto events = incoming_.mapping.events_of(told);
        if (vulnerabilities_) return know(told, events, is_accounted_for);
        if (events && list_) std::for_each(events->begin(), events->end(), [&](auto const& each) { list_->add(each); });
        if (is_accounted_for) return;
        if (!events) return set_aside(told.line, told.raw, events.error().detail);
        std::uint32_t part = 0;
        for (auto& event : *events) batch_.push_back({std::move(event), number_, part++});
        bytes_ += told.raw.size() * std::max<std::size_t>(events->size(), 1);
        ends();
    }
    void broken(std::uint64_t line, std::string_view raw, std::string_view reason) override {
        if (vulnerabilities_) vulnerabilities_->add_unread();
        if (begins()) set_aside(line, raw, std::string(reason));
    }
    void refuse(std::string reason) override {
        account_.reason = std::move(reason);
        account_.was_refused = true;
        if (number_ > 0) account_.is_complete = false;  // What came before it is all that was read.
    }
    /// Nothing is kept that was not committed; the same call goes on there.
    void stop() { stored_ = stopped(); }
    void remark(std::string what) override { remark_ = std::move(what); }
    void cut(std::string_view why) override {
        account_.is_complete = false;
        if (!account_.reason) account_.reason = std::string(why);
    }

    /// The first failure to store ends the reading.
    [[nodiscard]] base::Result<void> const& stored() const { return stored_; }
    [[nodiscard]] bool is_refused() const { return account_.was_refused; }
    /// Where it is a block list, or says what is known of vulnerabilities. What is refused is no failure: what is known
    /// stays what it was.
    base::Result<void> tell_state(indicators::Store& indicators, vulnerabilities::Catalogue& catalogue) {
        if (!is_state(incoming_.mapping) || is_refused() || !account_.is_complete || !stored_ || has_only_bad())
            return {};
        auto const listed = list_ ? list_->tell(indicators, incoming_.source) : vulnerabilities_->tell(catalogue);
        if (!listed && listed.error().fault == base::Fault::unavailable) return listed.error();
        account_.reason.reset();
        if (listed) account_.list = *listed;
        if (listed) return {};
        account_.reason = (list_ ? "the indicators stay what they were: " : "what is known stays what it was: ") +
                          listed.error().detail;
        // Else it is not all of it; what is older is.
        account_.is_complete =
            list_ ? !BlockList::is_known(indicators, incoming_.source) : listed.error().fault == base::Fault::conflict;
        return {};
    }
    base::Result<DeliveryAccount> finish() {
        if (!account_.reason && first_fault_ && are_all_bad())
            account_.reason = "no row could be understood; the first: " + *first_fault_;
        if (!account_.reason) account_.reason = remark_ ? remark_ : incoming_.remark;
        if (stored_) commit(is_refused() ? State::refused : State::read);
        if (!stored_) return stored_.error();
        return account_;
    }

private:
    /// What a row says of a vulnerability makes no event.
    void know(Row const& told, base::Result<std::vector<events::Event>> const& events, bool is_accounted_for) {
        if (!events) vulnerabilities_->add_unread();
        auto const taken = events ? vulnerabilities_->add(*events) : events.error();
        if (is_accounted_for) return;
        if (!taken) return set_aside(told.line, told.raw, taken.error().detail);
        ++(*taken == VulnerabilityRows::Taken::first ? known_.accepted : known_.duplicates);
        bytes_ += told.raw.size();
        ends();
    }
    /// False for a row that is accounted for already.
    bool begins() { return !is_refused() && ++number_ > behind_ && stored_.has_value(); }
    [[nodiscard]] bool are_all_bad() const {
        return account_.quarantined + quarantined_.size() == account_.rows + rows_;
    }
    [[nodiscard]] bool has_only_bad() const { return account_.rows + rows_ > 0 && are_all_bad(); }
    void ends() {
        ++rows_;
        if (rows_ >= rows_at_once || bytes_ >= bytes_at_once) commit(State::stored);
    }
    void set_aside(std::uint64_t line, std::string_view raw, std::string reason) {
        reason.resize(base::beginning(reason, longest_reason).size());
        if (!first_fault_) first_fault_ = reason;
        bytes_ += raw.size();
        quarantined_.push_back({number_, line, std::move(reason), formats::to_base64(raw.substr(0, longest_value))});
        ends();
        if (number_ == most_bad_first && are_all_bad())
            refuse(fmt::format("none of its first {} rows could be understood; the first: {}", most_bad_first,
                               *first_fault_));
    }
    void commit(State state) {
        auto const attribution = registry_.attribution();
        auto const tables = tables_ ? tables_() : origins::TablesNow();
        DeliveryAccount after;
        stored_ = database_.write(Priority::bulk, [&](Session& session) {
            after = account_;
            add(after, events_.add(session, origin_, batch_, *attribution, tables));
            after.accepted += known_.accepted;
            after.duplicates += known_.duplicates;
            delivery_table::add_quarantined(session, account_.id, quarantined_);
            after.quarantined += quarantined_.size();
            after.rows += rows_;
            delivery_table::store(session, after, state, storage::new_record(clock_, "source:" + incoming_.source));
        });
        if (!stored_) return;
        account_ = std::move(after);
        known_ = {};
        batch_.clear();
        quarantined_.clear();
        rows_ = 0;
        bytes_ = 0;
    }
    void add(DeliveryAccount& account, std::vector<events::Brought> const& brought) const {
        for (std::size_t at = 0; at < batch_.size();) {
            auto const row = batch_[at].row;
            bool is_new = false;  // Or told once more.
            for (; at < batch_.size() && batch_[at].row == row; ++at) {
                if (brought[at] == events::Brought::event) ++account.events;
                is_new = is_new || brought[at] != events::Brought::nothing;
            }
            ++(is_new ? account.accepted : account.duplicates);
        }
    }

    storage::Database& database_;
    events::EventStore const& events_;
    registry::Registry const& registry_;
    origins::TablesSource const& tables_;
    base::Clock const& clock_;
    Incoming const& incoming_;
    DeliveryAccount account_;
    std::uint64_t const behind_;
    events::EventOrigin const origin_;
    std::uint64_t number_ = 0;  ///< Of the row that was told last.
    std::size_t rows_ = 0;      ///< In the batch.
    std::size_t bytes_ = 0;     ///< Of its rows, as they stood there.
    std::optional<std::string> first_fault_{};
    std::optional<BlockList> list_{};
    std::optional<VulnerabilityRows> vulnerabilities_{};
    struct {
        std::uint64_t accepted = 0, duplicates = 0;
    } known_{};  ///< Rows of the batch that are of vulnerabilities.
    std::optional<std::string> remark_{};
    std::vector<events::ToldEvent> batch_{};
    std::vector<delivery_table::Quarantined> quarantined_{};
    base::Result<void> stored_{};
};

/// Gives the content to the rows' reader, piece by piece.
base::Result<void> feed(Content& content, RowReader& rows, Reader& sink, std::stop_token const& stop) {
    std::vector<std::byte> rest;
    for (bool is_first = true;; is_first = false) {
        if (stop.stop_requested()) {
            sink.stop();
            return {};
        }
        auto const piece = content.next();
        if (!piece && piece.error().fault == base::Fault::unavailable) return piece.error();
        if (!piece) {
            sink.cut(piece.error().detail);
            sink.refuse(piece.error().detail);
            return {};
        }
        if (is_first && is_web_page(as_text(*piece))) {
            sink.refuse("it is a web page, not a report");
            return {};
        }
        if (piece->empty()) break;
        rest.insert(rest.end(), piece->begin(), piece->end());
        auto const used = rows.consume(rest, InputEnd::not_yet, sink);
        rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(used));
        if (sink.is_refused() || !sink.stored()) return {};
    }
    if (!content.is_whole()) sink.cut(breaks_off);
    rows.consume(rest, InputEnd::reached, sink);
    return {};
}

}  // namespace

DeliveryAccount DeliveryAccount::as_answer() const {
    auto out = *this;
    if (!came_before) return out;
    out.accepted = 0;
    out.duplicates = rows - quarantined;
    out.events = 0;
    return out;
}

base::Result<std::unique_ptr<Intake>> Intake::open(storage::Database& database, journal::Journal& journal,
                                                   events::EventStore const& events, registry::Registry const& registry,
                                                   indicators::Store& indicators,
                                                   vulnerabilities::Catalogue& vulnerabilities,
                                                   base::Clock const& clock, origins::TablesSource tables) {
    if (auto const migrated = database.migrate(intake_migrations()); !migrated) return migrated.error();
    auto blobs = storage::Blobs::open(database.folder());
    if (!blobs) return blobs.error();
    return std::unique_ptr<Intake>(new Intake(database, journal, events, registry, indicators, vulnerabilities, clock,
                                              std::move(tables), std::move(*blobs)));
}

/// One thread's right to read a delivery.
class Intake::Claim {
public:
    Claim(Intake const& intake, std::pair<std::string, std::string> delivery, std::stop_token const& stop)
        : intake_(intake), delivery_(std::move(delivery)) {
        std::unique_lock lock(intake_.mutex_);
        is_held_ = intake_.is_free_.wait(lock, stop, [&] { return intake_.busy_.insert(delivery_).second; });
    }
    ~Claim() {
        if (!is_held_) return;
        {
            std::lock_guard const lock(intake_.mutex_);
            intake_.busy_.erase(delivery_);
        }
        intake_.is_free_.notify_all();
    }
    Claim(Claim const&) = delete;
    Claim& operator=(Claim const&) = delete;

    /// False where it was stopped before.
    [[nodiscard]] bool is_held() const { return is_held_; }

private:
    bool is_held_ = false;
    Intake const& intake_;
    std::pair<std::string, std::string> const delivery_;
};

bool Intake::is_being_read(std::pair<std::string, std::string> const& delivery) const {
    std::lock_guard const lock(mutex_);
    return busy_.contains(delivery);
}

base::Result<DeliveryAccount> Intake::read(Incoming const& incoming, storage::Blob const& blob,
                                           std::stop_token const& stop) const {
    Claim const claim(*this, {incoming.source, blob.sha256}, stop);
    if (!claim.is_held()) return stopped();
    auto stored = database_.write(Priority::bulk, [&](Session& session) {
        return delivery_table::find_or_add(session, delivery_table::coming(incoming), blob,
                                           storage::new_record(clock_, "source:" + incoming.source));
    });
    if (!stored) return stored.error();
    bool const is_known = stored->state == State::read;
    if (is_known && !is_state(incoming.mapping)) {
        auto& account = stored->account;
        account.came_before = true;
        if (account.format != incoming.mapping.name() && !account.reason)
            account.reason = fmt::format("it came before and was read by `{}`; it is not read again", account.format);
        return std::move(account);
    }
    Reader reader(database_, events_, registry_, tables_, clock_, incoming, std::move(*stored));
    auto content = Content::open(blobs_.path_of(blob.sha256));
    if (!content && content.error().fault == base::Fault::unavailable) return content.error();
    if (!content) {
        reader.refuse(content.error().detail);
        return reader.finish();
    }
    auto const rows = reader_for(incoming.mapping);
    if (auto const fed = feed(*content, *rows, reader, stop); !fed) return fed.error();
    if (auto const told = reader.tell_state(indicators_, vulnerabilities_); !told) return told.error();
    auto account = reader.finish();
    if (account) account->came_before = is_known;
    return account;
}

base::Result<void> Intake::each_quarantined(std::function<bool(QuarantinedRow const&)> const& visit) const {
    std::string delivery;
    std::uint64_t row = 0;
    for (auto count = quarantined_at_once; count == quarantined_at_once;) {
        auto const page = database_.read([&](Session const& session) {
            return delivery_table::quarantined_behind(session, delivery, row, quarantined_at_once);
        });
        if (!page) return page.error();
        for (auto const& each : *page) {
            if (!visit(each)) return {};
            delivery = each.delivery;
            row = each.row;
        }
        count = static_cast<std::int64_t>(page->size());
    }
    return {};
}

}  // namespace kula::intake
