#include "intake/trial.hpp"

#include "base/ascii.hpp"
#include "row_readers.hpp"
#include "shown.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

constexpr std::size_t longest_shown = 500;

/// Notes what would become of each row.
class Trying : public RowSink {
public:
    explicit Trying(Mapping const& mapping) : mapping_(mapping) {}

    void row(Row const& told) override {
        if (number_ == 0) trial_.new_columns = mapping_.unknown_columns(told);
        if (!goes_on()) return;
        if (mapping_.skips(told)) {
            ++trial_.skipped;
            return;
        }
        auto events = mapping_.events_of(told);
        if (!events) return broken(told.line, told.raw, events.error().detail);
        trial_.events += events->size();
        begin(told.line, told.raw).events = std::move(*events);
    }
    void broken(std::uint64_t line, std::string_view raw, std::string_view reason) override {
        if (!goes_on()) return;
        begin(line, raw).reason = std::string(reason);
        ++trial_.quarantined;
    }
    void refuse(std::string reason) override { trial_.refused = std::move(reason); }
    void cut(std::string_view /*why*/) override { trial_.breaks_off = true; }

    [[nodiscard]] bool is_over() const { return trial_.refused || !trial_.is_whole; }
    Trial finish() { return std::move(trial_); }

private:
    bool goes_on() {
        ++number_;
        if (trial_.rows.size() < most_tried_rows && trial_.events < most_tried_events) return !trial_.refused;
        trial_.is_whole = false;
        return false;
    }
    TriedRow& begin(std::uint64_t line, std::string_view raw) {
        auto& row = trial_.rows.emplace_back();
        row.row = trial_.rows.size();
        row.line = line;
        row.raw = shown(base::beginning(trimmed(raw), longest_shown));
        return row;
    }

    Mapping const& mapping_;
    Trial trial_{};
    std::uint64_t number_ = 0;
};

}  // namespace

Trial try_mapping(Mapping const& mapping, std::string_view sample, SampleEnd end) {
    bool const is_longer = sample.size() > longest_sample;
    sample = sample.substr(0, longest_sample);
    bool const ends = end == SampleEnd::reached && !is_longer;
    Trying trying(mapping);
    auto const rows = reader_for(mapping);
    auto const bytes = std::as_bytes(std::span(sample));
    auto const used = rows->consume(bytes, formats::InputEnd::not_yet, trying);
    if (ends && !trying.is_over()) rows->consume(bytes.subspan(used), formats::InputEnd::reached, trying);
    auto trial = trying.finish();
    if (!ends) trial.is_whole = false;
    return trial;
}

}  // namespace kula::intake
