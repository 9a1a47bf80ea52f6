#include "block_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/csv.hpp"

namespace kula::intake {
namespace {

constexpr std::size_t longest_list = std::size_t{64} << 20;  // Bytes; a million values.

/// As `indicators` reads them.
std::string value_text(std::string const& field, events::Json const& value) {
    if (value.is_number_integer()) return fmt::format("AS{}", value.get<std::int64_t>());
    return value.is_string() && field != "source.asn" ? value.get<std::string>() : value.dump();
}

indicators::ListOptions columns() {
    indicators::ListOptions options{.layout = indicators::Layout::csv};
    options.columns.value = "value";
    options.columns.first_seen = "first_seen";
    options.columns.rsit_class = "class";
    options.columns.rsit_type = "type";
    options.columns.comment = "comment";
    return options;
}

}  // namespace

BlockList::BlockList(ListRules const& rules) : rules_(rules), text_("value,first_seen,class,type,comment\n") {}

void BlockList::add(events::Event const& event) {
    if (text_.size() > longest_list) {
        is_too_long_ = true;
        return;
    }
    for (auto const& field : rules_.fields) {
        auto const* const found = event.find(field);
        if (found == nullptr) continue;
        auto const cell = [&](std::string_view name) {
            return formats::csv_field(event.text(name).value_or(std::string()));
        };
        auto const rest = fmt::format(",{},{},{},{}\n", cell("time.source"), cell("classification.taxonomy"),
                                      cell("classification.type"), cell("malware.name"));
        for (auto const& value : found->is_array() ? *found : events::Json::array({*found}))
            text_ += formats::csv_field(value_text(field, value)) + rest;
        return;
    }
}

base::Result<ListAccount> BlockList::tell(indicators::Store& indicators, std::string const& source) const {
    if (is_too_long_) return base::invalid(fmt::format("list: is longer than {} bytes", longest_list));
    indicators::ListSource const speaker{.name = source, .confidence = rules_.confidence};
    auto const report = indicators.import(speaker, text_, {"system:intake"}, columns());
    if (!report) return report.error();
    return ListAccount{static_cast<std::uint64_t>(report->listed), static_cast<std::uint64_t>(report->fresh),
                       static_cast<std::uint64_t>(report->gone)};
}

bool BlockList::is_known(indicators::Store const& indicators, std::string const& source) {
    auto const sources = indicators.sources(base::Clearance::everything());
    return sources && std::any_of(sources->begin(), sources->end(),
                                  [&](auto const& each) { return each.name == source && each.indicators > 0; });
}

}  // namespace kula::intake
