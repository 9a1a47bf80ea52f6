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
    /// Outlives it.
    explicit Exporter(journal::Journal& journal) : journal_(journal) {}

    /// The whole list, in memory for a page. `page` answers one page of it, through the gate again: who may no more,
    /// gets no more. `first` is the same for the first one, whose caller is known already. The trail is told
    /// (`list.exported`) before anything goes out.
    [[nodiscard]] net::Response answer(net::Request const& request, Caller const& caller, OperationRule const& rule,
                                       ExportForm form, net::Handler const& first, net::Handler page) const;

private:
    journal::Journal& journal_;
};

}  // namespace kula::api
