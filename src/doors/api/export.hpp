#pragma once
/// @file
/// Lists as files: `Accept: text/csv` or `Accept: application/jsonl` on a list yields all of it, page by page behind
/// the same gate, with the same filters. The same way for every list whose contract offers it.
///
/// CSV is RFC 4180 in UTF-8 with a byte order mark: a header, then a line for each item. Lists of values are parted by
/// blanks, what is deeper is JSON. A text that a spreadsheet would take for a formula begins with `'`.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "contract.hpp"
#include "gate.hpp"
#include "indicators/store.hpp"
#include "journal/journal.hpp"
#include "json.hpp"

namespace kula::api {

enum class ExportForm : std::uint8_t { csv, jsonl };

/// What this request wants instead of a page, if anything.
std::optional<ExportForm> export_form(net::Request const& request, OperationRule const& rule);
/// One line with its end. `columns` in their order.
std::string export_line(ExportForm form, std::vector<std::string> const& columns, Json const& item);

/// Safe from any thread.
class Exporter {
public:
    /// Both outlive it.
    Exporter(journal::Journal& journal, indicators::Store const& indicators)
        : journal_(journal), indicators_(indicators) {}

    /// The whole list, in memory for a page. `page` answers one page of it, through the gate again: who may no more,
    /// gets no more. `first` is the same for the first one, whose caller is known already. The trail is told
    /// (`list.exported`) before anything goes out; a source or an indicator that is TLP:RED is not named in it.
    [[nodiscard]] net::Response answer(net::Request const& request, Caller const& caller, OperationRule const& rule,
                                       ExportForm form, net::Handler const& first, net::Handler page) const;

private:
    [[nodiscard]] journal::Fact fact_of(net::Request const& request, base::Clearance const& clearance, ExportForm form,
                                        std::vector<std::string> const& columns) const;
    /// Whether the value of this filter is a source or an indicator under TLP:RED, for whoever may know of it: to
    /// others what they typed tells nothing.
    [[nodiscard]] bool is_red(std::string_view filter, std::string const& value,
                              base::Clearance const& clearance) const;

    journal::Journal& journal_;
    indicators::Store const& indicators_;
};

}  // namespace kula::api
