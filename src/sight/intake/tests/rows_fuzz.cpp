// Readers of rows: whatever comes, the same rows whole or in pieces, and all bytes are used up.

#include <cstdlib>
#include <memory>
#include <vector>

#include "row_readers.hpp"

using namespace kula::intake;
using kula::formats::InputEnd;

namespace {

class Counting : public RowSink {
public:
    void row(Row const& row) override {
        ++rows;
        row.each_name([&](std::string const& name) { cells += row.cell(name).has_value() ? 1u : 0u; },
                      [](std::string const&) { return false; });
    }
    void broken(std::uint64_t, std::string_view, std::string_view) override { ++rows; }
    void refuse(std::string) override { is_refused = true; }
    void cut(std::string_view /*why*/) override { is_cut = true; }
    friend bool operator==(Counting const& a, Counting const& b) {
        return a.rows == b.rows && a.cells == b.cells && a.is_refused == b.is_refused && a.is_cut == b.is_cut;
    }

    std::size_t rows = 0;
    std::size_t cells = 0;
    bool is_refused = false;
    bool is_cut = false;
};

Counting fed(RowReader& reader, std::span<std::byte const> bytes, std::size_t piece) {
    Counting told;
    std::vector<std::byte> held;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        auto const next = bytes.subspan(at, std::min(piece, bytes.size() - at));
        held.insert(held.end(), next.begin(), next.end());
        auto const used = reader.consume(held, InputEnd::not_yet, told);
        held.erase(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(used));
    }
    if (reader.consume(held, InputEnd::reached, told) != held.size()) std::abort();
    return told;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size < 2) return 0;
    std::span const bytes(reinterpret_cast<std::byte const*>(data) + 2, size - 2);
    Reading csv;
    csv.comments = "#";  // With a delimiter that the header tells.
    Reading json;
    json.form = Reading::Form::json;
    if (data[1] % 7 == 1) json.each = "a.b";
    if (data[1] % 7 == 4) json.each = "a.*";
    if (!json.each.empty()) json.beside = {"b"};
    Reading lines;
    lines.form = Reading::Form::lines;
    lines.columns = {"a", "b"};
    lines.pattern = R"((\S+)\s+(.*))";
    auto const make = [&]() -> std::unique_ptr<RowReader> {
        switch (data[1] % 7) {
            case 2: return csv_rows(csv, {{"a"}});
            case 3: return line_rows(lines);
            case 5: return yaml_rows(json);
            case 6: return misp_rows();
            default: return json_rows(json);
        }
    };
    auto const whole = fed(*make(), bytes, bytes.size() + 1);
    auto const pieces = fed(*make(), bytes, data[0] + std::size_t{1});
    if (!(whole == pieces)) std::abort();
    return 0;
}
