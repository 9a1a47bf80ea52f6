#include "output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "formats/csv.hpp"
#include "table.hpp"
#include "text.hpp"

namespace kula::client {
namespace {

/// Only what was chosen of a record, in its order.
Json narrowed(Json const& record, std::vector<Column> const& columns) {
    Json narrow = Json::object();
    for (auto const& column : columns) narrow[column.name] = column.in(record);
    return narrow;
}

class JsonArray final : public RowWriter {
public:
    JsonArray(std::vector<Column> columns, bool chosen, Out out)
        : columns_(std::move(columns)), chosen_(chosen), out_(std::move(out)) {}
    bool row(Json const& record) override {
        auto const begin = std::string_view(is_first_ ? "[\n" : ",\n");
        is_first_ = false;
        return out_(std::string(begin) + written(chosen_ ? narrowed(record, columns_) : record));
    }
    bool end() override { return out_(is_first_ ? "[]\n" : "\n]\n"); }

private:
    std::vector<Column> columns_;
    bool chosen_;
    Out out_;
    bool is_first_ = true;
};

class JsonLines final : public RowWriter {
public:
    JsonLines(std::vector<Column> columns, bool chosen, Out out)
        : columns_(std::move(columns)), chosen_(chosen), out_(std::move(out)) {}
    bool row(Json const& record) override {
        return out_(written(chosen_ ? narrowed(record, columns_) : record) + '\n');
    }
    bool end() override { return true; }

private:
    std::vector<Column> columns_;
    bool chosen_;
    Out out_;
};

class Csv final : public RowWriter {
public:
    Csv(std::vector<Column> columns, Out out) : columns_(std::move(columns)), out_(std::move(out)) {}
    bool row(Json const& record) override {
        return begin() && out_(line([&](Column const& column) { return csv_cell(column.in(record)); }));
    }
    bool end() override { return begin(); }

private:
    bool begin() {
        if (std::exchange(has_begun_, true)) return true;
        return out_(line([](Column const& column) { return csv_cell(column.name); }));
    }
    template <class Cell>
    std::string line(Cell const& cell) const {
        std::string text;
        for (auto const& column : columns_) {
            if (&column != &columns_.front()) text += ',';
            text += cell(column);
        }
        return text + "\r\n";
    }

    std::vector<Column> columns_;
    Out out_;
    bool has_begun_ = false;
};

/// A line for each member, those of objects and lists named by their place: `networks[0].value`.
void flatten(Json const& value, std::string const& name, std::vector<std::pair<std::string, std::string>>& lines) {
    bool const has_parts =
        value.is_object() || (value.is_array() && std::any_of(value.begin(), value.end(), [](Json const& one) {
                                  return one.is_object() || one.is_array();
                              }));
    if (!has_parts || value.empty()) {
        lines.emplace_back(name, value.is_object() || (value.is_array() && value.empty()) ? "-" : for_people(value));
        return;
    }
    std::size_t index = 0;
    for (auto const& [key, inner] : value.items()) {
        auto const place = value.is_array() ? fmt::format("{}[{}]", name, index++)
                           : name.empty()   ? key
                                            : fmt::format("{}.{}", name, key);
        flatten(inner, place, lines);
    }
}

bool write_members(Json const& record, std::optional<unsigned> terminal, Out const& out) {
    std::vector<std::pair<std::string, std::string>> lines;
    flatten(record, {}, lines);
    std::size_t names = 0;
    for (auto const& [name, value] : lines) names = std::max(names, width(printable(name)));
    names = std::min<std::size_t>(names, 48);
    for (auto const& [name, value] : lines) {
        auto text = printable(value);
        if (terminal && *terminal > names + 12) {
            auto const rest = *terminal - names - 2;
            text = wrapped(text, rest, {});
            std::string hung;
            for (std::size_t at = 0; at < text.size(); ++at) {
                hung += text[at];
                if (text[at] == '\n' && at + 1 < text.size()) hung += std::string(names + 2, ' ');
            }
            text = std::move(hung);
            if (!text.ends_with('\n')) text += '\n';
        } else {
            text += '\n';
        }
        if (!out(fitted(printable(name), names) + "  " + text)) return false;
    }
    return true;
}

}  // namespace

std::optional<Format> parse_format(std::string_view text) {
    if (text == "table") return Format::table;
    if (text == "json") return Format::json;
    if (text == "jsonl") return Format::json_lines;
    return text == "csv" ? std::optional(Format::csv) : std::nullopt;
}

std::unique_ptr<RowWriter> row_writer(Format format, std::vector<Column> columns, bool chosen,
                                      std::optional<unsigned> terminal, Out out) {
    switch (format) {
        case Format::json: return std::make_unique<JsonArray>(std::move(columns), chosen, std::move(out));
        case Format::json_lines: return std::make_unique<JsonLines>(std::move(columns), chosen, std::move(out));
        case Format::csv: return std::make_unique<Csv>(std::move(columns), std::move(out));
        case Format::table: break;
    }
    return std::make_unique<Table>(std::move(columns), chosen, terminal, std::move(out));
}

bool write_record(Format format, Json const& record, std::vector<Column> const& columns, bool chosen,
                  std::optional<unsigned> terminal, Out const& out) {
    auto const told = chosen ? narrowed(record, columns) : record;
    switch (format) {
        case Format::json: return out(written(told, 2) + '\n');
        case Format::json_lines: return out(written(told) + '\n');
        case Format::csv: {
            Csv csv(columns, out);
            return csv.row(record) && csv.end();
        }
        case Format::table: break;
    }
    return write_members(told, terminal, out);
}

std::string csv_cell(Json const& value) {
    auto text = for_sheets(value);
    return formats::csv_field(value.is_number() ? text : formats::guarded_from_spreadsheets(std::move(text)));
}

}  // namespace kula::client
